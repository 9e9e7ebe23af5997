"""Who hears a dispute outside the house: bodies as dated data, and the ones an entity has joined.

The words that packs are written in say what kind of body comes next ("the consumer office of your
town"); this package knows the very one: its name, address and form, for which places, trades and
amounts, since when and until when. A body that moves gets a new dated version; one that closes
leaves new letters by its last day. Letters and pages ask for a day and get who was there on it.
"""
