"""How much of a message is read. What lies beyond stays as an attachment, or a defect names it.

Real mail stays far below. Every step of the reading is linear in what these limits let through.
"""

MOST_BYTES = 100 * 2**20
MOST_PARTS = 10_000
DEEPEST_PART = 24
DEEPEST_MESSAGE = 3
"""A message within a message within a message is read; what it holds is an attachment."""

MOST_TEXTS = 100
"""Parts that are shown as text; mail has two or three. Further ones are attachments."""

MOST_WRAPPINGS = 20
"""TNEF and S/MIME, which are unpacked."""

MOST_HEADER_BYTES = 512 * 2**10
MOST_HEADERS = 2_000
LONGEST_HEADER = 64 * 2**10
MOST_ADDRESSES = 1_000
MOST_REFERENCES = 1_000
LONGEST_IDENTIFIER = 998
"""A line of RFC 5322; no Message-ID that threads anything is longer."""

LONGEST_TEXT = 1_000_000
LONGEST_HTML = 1_000_000
LONGEST_REASON = 1_000
MOST_DEFECTS = 100
