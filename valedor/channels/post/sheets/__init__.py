"""The pages of scans: counted, shown, cut apart and put together, by a program of its own.

What people send is parsed in a process that may use little and is ended when it takes long: a PDF
that breaks its reader breaks nothing else.
"""

from .leafing import LIMITS, Look, SheetTrouble, cut, join, look, picture, words

__all__ = ["LIMITS", "Look", "SheetTrouble", "cut", "join", "look", "picture", "words"]
