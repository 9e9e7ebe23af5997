"""What can happen while a message becomes a registered case."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.seats import Seat


@dataclass(frozen=True, kw_only=True)
class Received(Fact, kind="case.received", personal=("subject", "remedy_sought")):
    """A contact reached the house. Its narrative is the body of this entry."""

    sentence = _("Received by %(channel)s.")
    icon = "in"

    kind_of_contact: str
    channel: str
    grievances: int
    privacy_notice: int | None
    raw: int | None
    team: int | None
    deadlines: tuple[dict[str, Any], ...]
    subject: str
    remedy_sought: str


@dataclass(frozen=True, kw_only=True)
class BookNumberGiven(Fact, kind="case.book_number_given", seats=Seat.COMPANY):
    """The case got its place in the entity's book of the year."""

    sentence = _("Entered in the book of %(year)s under number %(number)s.")
    icon = "dot"

    year: int
    number: int


@dataclass(frozen=True, kw_only=True)
class ImportedAnswer(Fact, kind="import.answered"):
    """The file that a case was imported from says that it was answered. The answer is the body.

    ``dated_by`` is the column that gave the date, ``precision`` how exact it is.
    """

    sentence = _("Answered, according to %(source)s.")
    icon = "out"

    source: str
    dated_by: str
    precision: str
    deadlines: tuple[dict[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class ImportedClosure(Fact, kind="import.closed", personal=("rating",)):
    """The file that a case was imported from says that it was closed, how, and how the person
    marked it.
    """

    sentence = _("Closed, according to %(source)s.")
    icon = "check"

    source: str
    dated_by: str
    precision: str
    outcome: str
    deadlines: tuple[dict[str, Any], ...]
    rating: str


@dataclass(frozen=True, kw_only=True)
class RowCorrected(Fact, kind="import.row_corrected", seats=Seat.COMPANY):
    """The row that this case comes from was rejected as it came, and corrected by a person.

    ``reject`` is the row as it came.
    """

    sentence = _("Line %(line)s of %(file)s was corrected by hand and became this case.")
    icon = "pen"

    file: str
    line: int
    reject: int


@dataclass(frozen=True, kw_only=True)
class Completed(Fact, kind="case.completed"):
    """What was missing at registration was added. The texts are the body."""

    sentence = _("Details were added: %(what)s.")
    icon = "check"

    what: tuple[str, ...]
