"""An act that is on no case of its author's choosing: on many at once, on a question to an area, on
one's own days, on people known twice.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from valedor.acts.act import Text
from valedor.casefile.actors import By, staff
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.people.models import Account
from valedor.people.permissions import Permission

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


@dataclass
class Desk:
    """A member of the staff at work. ``thing`` names what it is done to, where the address does."""

    viewer: Viewer
    at: datetime
    thing: str = ""
    files: "Sequence[UploadedFile[bytes]]" = ()
    said: list[str] = field(default_factory=list)
    """What else is to be told once it is done: cases that were refused, files not taken."""
    reference: str = ""
    """A case that came of it."""
    code: str = ""
    """Its access code: told once, and kept nowhere."""
    made: str = ""
    """What came of it, as a program asks for it: ``incidents/7``."""

    @property
    def account(self) -> Account:
        """Whoever does it."""
        assert self.viewer.account is not None  # noqa: S101 -- acts are done by staff
        return self.viewer.account

    @property
    def by(self) -> By:
        """The author of whatever is done."""
        return staff(self.account)


class DeskForm(forms.Form):
    """What such an act asks."""

    use_required_attribute = False
    grows: ClassVar[str] = ""

    def __init__(self, situation: Desk, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.situation = situation
        self.prepare()

    def prepare(self) -> None:
        """Fill in what can be chosen."""


class NothingAsked(DeskForm):
    """An act that asks nothing but whether."""


@dataclass(frozen=True, kw_only=True)
class DeskAct:
    """One of them. ``noun`` is its address; ``page`` the page of the desk on which it is done."""

    noun: str
    page: str
    title: Text
    words: Text = ""
    permissions: tuple[Permission, ...] = ()
    """One of which its author has; whoever has a role, where it names none."""
    form: Any = NothingAsked
    """A ``DeskForm``, or a form of a channel that takes the same."""
    do: Callable[[Desk, Mapping[str, Any]], str]
    things: Callable[[Desk], Sequence[tuple[str, str]]] | None = None
    """What it can be done to, each with its name; none where the address names nothing."""
    why_not: Callable[[Desk], Refusal | None] | None = None
    """Raises ``Http404`` for a thing that is not there, or not for its author."""
    with_files: bool = False

    @property
    def with_item(self) -> bool:
        """Whether the address names a thing."""
        return self.things is not None
