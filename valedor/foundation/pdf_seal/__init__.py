"""Seals on PDFs: the organisation's electronic seal (eIDAS, art. 3(25)) as PAdES, embedded files
with a manifest of their digests, and how anybody checks both.

Nothing here but ``house`` needs settings or a database: whoever gets a sealed file can check it
with these modules alone (``valedor verify FILE``).
"""
