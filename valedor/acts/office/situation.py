"""One file of the office as somebody of the office stands before it."""

from copy import copy
from dataclasses import dataclass
from functools import cached_property

from valedor.acts.act import Situation
from valedor.acts.office import reading
from valedor.review.office.models import Statement
from valedor.review.office.queries import FileState, file_state


@dataclass
class OfficeSituation(Situation):
    """The same as ``Situation``, with what the rules of the office ask about."""

    @cached_property
    def fs(self) -> FileState:
        """The file with everything in it."""
        return file_state(self.case, at=self.at)

    def with_rights_here(self) -> "OfficeSituation":
        """With the rights that its author holds at the entity of the file."""
        _known = self.fs
        narrowed = copy(self)
        narrowed.viewer = self.viewer.within(self.case.entity_id)
        return narrowed

    @cached_property
    def statement(self) -> Statement:
        """The statement that the address names. Raises ``Http404``."""
        return reading.statement_of(self.fs, self.item or 0)


def at_file(situation: Situation) -> OfficeSituation:
    """A situation that stands before a file: the acts of the office have no other."""
    assert isinstance(situation, OfficeSituation)  # noqa: S101 -- what the office's pages make
    return situation
