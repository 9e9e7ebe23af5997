"""What can happen in a file of the ombudsman's office, and what the company hears of it.

Lines of a file have the seats of the person and the office, or of the office alone; lines of the
company's case about it have those of the company and the office. What is said is the body.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.casefile.seats import OFFICE_FILE, Seat

INSIDE = Seat.OMBUDSMAN
TO_THE_COMPANY = Seat.COMPANY | Seat.OMBUDSMAN


# ------------------------------------------------------------------ how a file begins
@dataclass(frozen=True, kw_only=True)
class Brought(Fact, kind="office.brought", seats=OFFICE_FILE):
    """Somebody turned to the ombudsman, or criticised or suggested something first-hand."""

    sentence = _("Brought to the ombudsman.")
    icon = "in"

    ground: str
    about: str  # Reference of the company's case; empty where there is none.
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class MissingAskedFor(Fact, kind="office.missing_asked_for", seats=OFFICE_FILE):
    """Something is missing before the matter can be admitted."""

    sentence = _("The ombudsman asked for what is missing.")
    icon = "question"

    send_by: str
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class Completed(Fact, kind="office.completed", seats=OFFICE_FILE):
    """What was missing came."""

    sentence = _("What was missing came.")
    icon = "in"


@dataclass(frozen=True, kw_only=True)
class PassedOn(Fact, kind="office.passed_on", seats=OFFICE_FILE):
    """The company answers first; the matter comes back to the office by itself."""

    sentence = _("Passed on to the company, which answers first: %(reference)s.")
    icon = "link"

    reference: str
    back_on: str
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class CameBack(Fact, kind="office.came_back", seats=OFFICE_FILE):
    """The company had its time to answer: the office deals with the matter now."""

    sentence = _("The company had its time to answer; the office deals with it now.")
    icon = "in"


@dataclass(frozen=True, kw_only=True)
class NotAdmitted(Fact, kind="office.not_admitted", seats=OFFICE_FILE):
    """The office does not deal with the matter; the reasons are the body."""

    sentence = _("Not admitted.")
    icon = "closed"

    ground: str
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class GaveWay(Fact, kind="office.gave_way", seats=OFFICE_FILE):
    """A court or another body took up what the office was dealing with, which ends its own file.
    The reasons are the body.
    """

    sentence = _("A court or another body has the matter: the ombudsman stops here.")
    icon = "closed"

    letter: int | None


@dataclass(frozen=True, kw_only=True)
class Admitted(Fact, kind="office.admitted", seats=OFFICE_FILE):
    """The office deals with the matter: both sides are heard."""

    sentence = _("Admitted: both sides are heard now.")
    icon = "check"

    letter: int | None


@dataclass(frozen=True, kw_only=True)
class TakenUp(Fact, kind="office.taken_up", seats=INSIDE):
    """Somebody of the office deals with the file from here on."""

    sentence = _("The file is with %(name)s now.")
    icon = "person"

    account: int
    name: str


@dataclass(frozen=True, kw_only=True)
class OfficeRecused(Fact, kind="office.recused", seats=INSIDE):
    """Somebody of the office takes no part in a file: a tie or a doubt. The reasons are the
    body.
    """

    sentence = _("%(name)s takes no part in this file.")
    icon = "person"

    account: int
    name: str


@dataclass(frozen=True, kw_only=True)
class Deliberated(Fact, kind="office.deliberated", seats=INSIDE):
    """A note of the office for itself."""

    sentence = _("A note of the office.")
    icon = "note"


# ------------------------------------------------------------------ hearing both sides
@dataclass(frozen=True, kw_only=True)
class StatementAsked(Fact, kind="office.statement_asked", seats=OFFICE_FILE):
    """One side is asked to say something. What is asked is the body."""

    sentence = _("A statement was asked for.")
    icon = "question"

    statement: int
    side: str
    answer_by: str
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class StatementGiven(Fact, kind="office.statement_given", seats=INSIDE):
    """One side said what it has to say. Its words are the body; the other side reads them when the
    office shows them.
    """

    sentence = _("A statement came.")
    icon = "in"

    statement: int
    side: str


@dataclass(frozen=True, kw_only=True)
class PersonSaid(Fact, kind="office.person_said", seats=OFFICE_FILE):
    """The person wrote to the office, asked or not."""

    sentence = _("The person wrote to the ombudsman.")
    icon = "in"

    statement: int | None


@dataclass(frozen=True, kw_only=True)
class StatementShown(Fact, kind="office.statement_shown", seats=OFFICE_FILE):
    """What one side said is shown to the other, which may answer it. The words shown, with what is
    protected left out, are the body.
    """

    sentence = _("What one side said was shown to the other.")
    icon = "out"

    statement: int
    side: str
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class WrittenToPerson(Fact, kind="office.wrote", seats=OFFICE_FILE):
    """The office wrote to the person."""

    sentence = _("The ombudsman wrote.")
    icon = "out"

    letter: int | None


@dataclass(frozen=True, kw_only=True)
class OfficeExtended(Fact, kind="office.extended", seats=OFFICE_FILE):
    """The office takes longer for its opinion, as its rules allow. The new day and the reasons are
    the body.
    """

    sentence = _("The time for the opinion was extended.")
    icon = "clock"

    length: int
    unit: str
    due_on: str
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class HeardBoth(Fact, kind="office.heard", seats=OFFICE_FILE):
    """Both sides have had their say: the office weighs what it heard."""

    sentence = _("Both sides have had their say; the opinion is being written.")
    icon = "check"


# ------------------------------------------------------------------ settling
@dataclass(frozen=True, kw_only=True)
class OfferMade(Fact, kind="office.offer_made", seats=OFFICE_FILE):
    """One side proposes to settle. What it adds is the body."""

    sentence = _("A proposal to settle: %(option)s %(amount)s")
    icon = "out"

    offer: int
    side: str
    option: str
    amount: str
    currency: str
    answer_by: str
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class OfferAnswered(Fact, kind="office.offer_answered", seats=OFFICE_FILE):
    """The other side said yes or no to a proposal."""

    sentence = _("The proposal to settle: %(answer)s")
    icon = "check"

    offer: int
    side: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class OfferLapsed(Fact, kind="office.offer_lapsed", seats=OFFICE_FILE):
    """Nobody said yes or no to a proposal while it stood."""

    sentence = _("The proposal to settle was not answered in time.")
    icon = "clock"

    offer: int
    side: str


@dataclass(frozen=True, kw_only=True)
class Settled(Fact, kind="office.settled", seats=OFFICE_FILE):
    """Both sides agreed: the matter ends here, and the company carries out what was agreed."""

    sentence = _("Settled by agreement of both sides.")
    icon = "check"

    offer: int
    letter: int | None


# ------------------------------------------------------------------ the opinion
@dataclass(frozen=True, kw_only=True)
class OpinionGiven(Fact, kind="office.opinion_given", seats=OFFICE_FILE):
    """The reasoned opinion, signed and sent to both sides; its text is the body."""

    sentence = _("The ombudsman gave the opinion.")
    icon = "check"

    opinion: int
    upheld: int
    partly: int
    not_upheld: int
    binds: bool
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class OpinionAnswered(Fact, kind="office.opinion_answered", seats=OFFICE_FILE):
    """The company said whether it follows the opinion. Its reasons are the body."""

    sentence = _("The company said whether it follows the opinion.")
    icon = "in"

    opinion: int
    answer: str
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class OpinionCarriedOut(Fact, kind="office.carried_out", seats=OFFICE_FILE):
    """The company says that it did what the opinion asks. What it did is the body."""

    sentence = _("The company says that it carried out what was to be done.")
    icon = "in"

    opinion: int
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class OpinionVerified(Fact, kind="office.verified", seats=OFFICE_FILE):
    """The office asked the person whether it was done, and wrote down the answer."""

    sentence = _("The office verified whether it was carried out.")
    icon = "check"

    opinion: int
    verified: str


@dataclass(frozen=True, kw_only=True)
class FileWithdrawn(Fact, kind="office.withdrawn", seats=OFFICE_FILE):
    """The person does not go on before the ombudsman. It takes no right away."""

    sentence = _("The person does not go on before the ombudsman.")
    icon = "closed"


@dataclass(frozen=True, kw_only=True)
class FileClosed(Fact, kind="office.closed", seats=OFFICE_FILE):
    """The file of the office ends."""

    sentence = _("The ombudsman closed the file.")
    icon = "closed"

    state: str


# ------------------------------------------------------------------ what the company hears
@dataclass(frozen=True, kw_only=True)
class OfficeAddressed(Fact, kind="office.addressed", seats=TO_THE_COMPANY):
    """The ombudsman addresses something to the company. Its words are the body."""

    sentence = _("The ombudsman's office wrote: %(file)s.")
    icon = "in"

    hearing: int
    file: str
    what: str
    answer_by: str


@dataclass(frozen=True, kw_only=True)
class OfficeAnswered(Fact, kind="office.answered", seats=TO_THE_COMPANY):
    """The company gave the office its word. It is the body."""

    sentence = _("The company answered the ombudsman's office: %(file)s.")
    icon = "out"

    hearing: int
    file: str
    what: str
