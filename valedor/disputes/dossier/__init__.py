"""The dossier: the file of a case as one PDF/A-3 with its originals, for whoever decides outside.

``contents`` fetches what its maker may hand over, ``told`` puts it in words, ``dossier.typ`` sets
it, ``enclosed`` lists the originals.
"""
