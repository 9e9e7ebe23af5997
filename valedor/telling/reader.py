"""For whom a case is told. The facts are the same; the words are not."""

from enum import Enum


class Reader(Enum):
    """A seat from which a case is read.

    What a reader may see is decided when it is fetched; here it is only said in their words.
    """

    COMPLAINANT = "complainant"
    """The person whose case it is, or who speaks for them: "you", and no word of the trade."""
    STAFF = "staff"
    """Whoever handles it: everybody by name, every act by its own sentence. An area is no reader:
    it sees what it was asked and what came of it, and no line of the case."""
