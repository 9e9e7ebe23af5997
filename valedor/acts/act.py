"""An act on a case: what it is called, what it asks, why not, and what it calls."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils.functional import Promise

from valedor.bookings.models import Booking
from valedor.bookings.queries import booking_of
from valedor.casefile.actors import By, staff
from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer
from valedor.channels.models import CallBack
from valedor.channels.telephone.asking import promised_of
from valedor.foundation.refusals import Refusal
from valedor.handling import rules
from valedor.handling.queries import CaseState, case_state
from valedor.orders.models import Order
from valedor.orders.queries import order_of

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

Text = str | Promise


@dataclass
class Situation:
    """One case as one member of the staff stands before it."""

    case: Case
    viewer: Viewer
    at: datetime
    item: int | None = None
    files: "Sequence[UploadedFile[bytes]]" = ()
    said: list[str] = field(default_factory=list)
    """What else is to be told once it is done: files that were not taken."""
    is_bad_news: bool = False
    """Whether what the act says in the end is no success: a code that was wrong."""
    keeps_what_was_typed: bool = False
    """Whether it stays as a draft: the act can be taken back."""
    next_noun: str = ""
    """The act that comes next, instead of the page of the case."""
    code: str = ""
    """An access code that was drawn: shown on the next page, this once, and kept nowhere."""

    @property
    def by(self) -> By:
        """The author of whatever is done."""
        assert self.viewer.account is not None  # noqa: S101 -- pages are for staff
        return staff(self.viewer.account)

    @cached_property
    def state(self) -> CaseState:
        """Everything that the rules ask about."""
        return case_state(self.case)

    @cached_property
    def booking(self) -> Booking | None:
        """What was booked with the case."""
        return booking_of(self.case)

    @cached_property
    def order(self) -> Order | None:
        """What was ordered with the case."""
        return order_of(self.case)

    @cached_property
    def promised_call(self) -> CallBack | None:
        """The call that is promised about it and not settled yet."""
        return promised_of(self.case.pk)

    def with_rights_here(self) -> "Situation":
        """The same with the rights that its author holds at the entity of the case, as the action
        will ask; what they may elsewhere opens no button here.
        """
        _known = self.state  # Looked up once for both.
        narrowed = copy(self)
        narrowed.viewer = self.viewer.within(self.case.entity_id)
        return narrowed

    @property
    def zone(self) -> ZoneInfo:
        """The entity's own clocks."""
        return ZoneInfo(self.case.entity.timezone)

    @cached_property
    def refusals(self) -> dict[str, Refusal | None]:
        """By the name of each action what stands against it."""
        return rules.why_not_all(self.state, self.viewer, at=self.at)


class ActForm(forms.Form):
    """A form of the desk. What is wrong is said by us, beside the field, and nothing is lost."""

    use_required_attribute = False
    grows: ClassVar[str] = ""
    """How the names of those fields begin that only some cases ask for."""

    def __init__(self, situation: Situation, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "id_%s")
        super().__init__(*args, **kwargs)
        self.situation = situation
        self.prepare()

    def prepare(self) -> None:
        """Fill in what can be chosen."""


class NothingToAsk(ActForm):
    """An act that asks nothing but whether."""


Done = Callable[[Situation, Mapping[str, Any]], str]


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act. ``noun`` is its address below the case; ``rule`` its name among the rules."""

    noun: str
    rule: str = ""
    title: Text
    button: Text
    words: Text = ""
    form: type[ActForm] = NothingToAsk
    do: Done
    group: str = ""
    icon: str = ""
    items: Callable[[Situation], list[int]] | None = None
    """The things of a case that it can be done to, by the number in the address; none where it is
    done to the case itself."""
    with_files: bool = False
    keeps_draft: bool = False
    heeds_changes: bool = False
    is_danger: bool = False
    why_not: Callable[[Situation], Refusal | None] | None = None
    concerns: Callable[[Situation], bool] | None = None
    """Whether it has anything to do with a case at all; else no button stands there."""
    heading: Callable[[Situation], str] | None = None
    more: Callable[[Situation, ActForm], Mapping[str, Any]] | None = None
    initial: Callable[[Situation], Mapping[str, Any]] | None = None

    @property
    def with_item(self) -> bool:
        """Whether the address names one thing of the case."""
        return self.items is not None

    def refusal(self, situation: Situation) -> Refusal | None:
        """Why not: the same sentence as on the greyed button."""
        if self.why_not is not None:
            return self.why_not(situation.with_rights_here())
        return situation.refusals.get(self.rule)

    def title_for(self, situation: Situation) -> str:
        """What the page is called."""
        return self.heading(situation) if self.heading else str(self.title)

    def draft_name(self, item: int | None) -> str:
        """Under which name what is typed is kept."""
        return self.noun if item is None else f"{self.noun}-{item}"
