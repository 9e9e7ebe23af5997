"""Cases that belong together: related, gone on in one another, split off."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.seats import Seat


@dataclass(frozen=True, kw_only=True)
class Related(Fact, kind="case.related", seats=Seat.COMPANY):
    """Two cases have to do with each other. Why, if it was said, is the body."""

    sentence = _("Related to %(reference)s.")
    icon = "link"

    relation: int
    reference: str


@dataclass(frozen=True, kw_only=True)
class RelationEnded(Fact, kind="case.relation_ended", seats=Seat.COMPANY):
    """Two cases have nothing to do with each other after all."""

    sentence = _("No longer related to %(reference)s.")
    icon = "link"

    relation: int
    reference: str


@dataclass(frozen=True, kw_only=True)
class GoesOnIn(Fact, kind="case.merged"):
    """The case goes on in another one, which came no later and keeps its limits."""

    sentence = _("This case goes on in %(reference)s.")
    icon = "link"

    merge: int
    reference: str


@dataclass(frozen=True, kw_only=True)
class TookIn(Fact, kind="case.took_in"):
    """Another case goes on in this one. How that is known is an internal note of its own."""

    sentence = _("%(reference)s goes on in this case.")
    icon = "link"

    merge: int
    reference: str
    points: int


@dataclass(frozen=True, kw_only=True)
class MergeExplained(Fact, kind="case.merge_explained", seats=Seat.COMPANY):
    """How it is known that two cases are one matter, or why they are two after all: the body."""

    sentence = _("Why: two cases and one matter, or not.")
    icon = "note"

    merge: int
    between_people: bool


@dataclass(frozen=True, kw_only=True)
class GoesOnAgain(Fact, kind="case.merge_undone"):
    """The merge was taken back: the case goes on by itself, its limits counted as before."""

    sentence = _("This case goes on by itself again, apart from %(reference)s.")
    icon = "open"

    merge: int
    reference: str


@dataclass(frozen=True, kw_only=True)
class LetGo(Fact, kind="case.let_go"):
    """A case that had gone on in this one goes on by itself again."""

    sentence = _("%(reference)s goes on by itself again.")
    icon = "open"

    merge: int
    reference: str


@dataclass(frozen=True, kw_only=True)
class SplitOff(Fact, kind="case.split_off"):
    """A part of this case became a case of its own, received when the part was."""

    sentence = _("A part of this case is now %(reference)s.")
    icon = "link"

    relation: int
    reference: str
    points: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class CameFrom(Fact, kind="case.came_from"):
    """The case was a part of another one. Why it was taken out is the body."""

    sentence = _("Taken out of %(reference)s.")
    icon = "link"

    relation: int
    reference: str
