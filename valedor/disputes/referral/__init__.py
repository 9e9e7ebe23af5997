"""A case before a body outside the house, from its notice to what comes of its result.

Whether a body helps to agree, advises or decides (ISO 10003, 7.5), the way is one: it is turned to,
its notice comes, the company says whether it takes part and gives its position, there are hearing
dates and proposals, a result, what the company does of it, an end.
"""
