"""What can happen while a case is handled. Free text (notes, questions, reasons) is the body of the
entry.

What is internal (notes, findings, approvals, recusals, questions to areas) has the seat of the
company
alone; what the person is told has the seats of both sides.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valedor.casefile.facts import Fact
from valedor.casefile.seats import BOTH_SIDES, Seat
from valedor.foundation.multilingual import MultilingualText

COMPANY = Seat.COMPANY


# ------------------------------------------------------------------ intake and assessment
@dataclass(frozen=True, kw_only=True)
class Acknowledged(Fact, kind="case.acknowledged"):
    """The person was told that the contact arrived, with its reference and its dates."""

    sentence = _("The receipt reached the person.")
    icon = "check"

    channel: str
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class CureRequested(Fact, kind="case.cure_requested"):
    """The person was asked to complete what the regime asks for. What is missing is the body."""

    sentence = _("Missing details were asked for, to be sent by %(cure_by)s.")
    icon = "question"

    cure_by: str


@dataclass(frozen=True, kw_only=True)
class Cured(Fact, kind="case.cured"):
    """What was missing has been sent."""

    sentence = _("The missing details arrived.")
    icon = "check"

    in_time: bool


@dataclass(frozen=True, kw_only=True)
class CureLapsed(Fact, kind="case.cure_lapsed"):
    """The time to complete is over. The case stays open until a person decides."""

    sentence = _("The time to send the missing details is over.")
    icon = "warning"

    cure_by: str
    deadlines: tuple[dict[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class Assessed(Fact, kind="case.assessed", seats=COMPANY):
    """The initial assessment (ISO 10002): how serious, how hard, who is affected."""

    sentence = _(
        "Assessed: severity %(severity)s of 3, %(difficulty)s, %(people_affected)s affected."
    )
    icon = "assess"

    assessment: int
    severity: int
    difficulty: str
    touches_safety: bool
    is_vulnerable: bool
    people_affected: int
    is_admissible: bool
    inadmission_ground: str


@dataclass(frozen=True, kw_only=True)
class Assigned(Fact, kind="case.assigned", seats=COMPANY):
    """The case went to a responsible person, or to a team until somebody takes it."""

    sentence = _("Assigned to %(holder_name)s (%(team)s).")
    icon = "person"

    assignment: int
    instance: int
    holder: int | None
    holder_name: str
    team: str | MultilingualText
    basis: str


@dataclass(frozen=True, kw_only=True)
class NobodyEligible(Fact, kind="case.nobody_eligible", seats=COMPANY):
    """Nobody of the team may or can take the case; somebody must decide what to do."""

    sentence = _("Nobody of %(team)s can take this case: %(grounds)s.")
    icon = "warning"

    team: str | MultilingualText
    grounds: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Recused(Fact, kind="case.recused", seats=COMPANY):
    """Somebody may not handle the case. The reason is the body."""

    sentence = _("%(account_name)s takes no part in this case.")
    icon = "wall"

    account: int
    account_name: str


@dataclass(frozen=True, kw_only=True)
class RecusalLifted(Fact, kind="case.recusal_lifted", seats=COMPANY):
    """A recusal was a mistake, or its reason is gone."""

    sentence = _("%(account_name)s may take part in this case again.")
    icon = "wall"

    account: int
    account_name: str


@dataclass(frozen=True, kw_only=True)
class PartGiven(Fact, kind="case.part_given", seats=COMPANY):
    """A member of the team got a part of a complex case. What to do is the body."""

    sentence = _("A part of this case was given to %(member_name)s.")
    icon = "person"

    part: int
    member: int
    member_name: str


@dataclass(frozen=True, kw_only=True)
class PartFinished(Fact, kind="case.part_finished", seats=COMPANY):
    """A part is done. Its outcome is the body."""

    sentence = _("%(member_name)s finished their part.")
    icon = "check"

    part: int
    member: int
    member_name: str


@dataclass(frozen=True, kw_only=True)
class MarkCleared(Fact, kind="case.mark_cleared", seats=COMPANY):
    """Somebody looked at a case that was marked as possible abuse, and it is none."""

    sentence = _("The mark of possible abuse was taken away.")
    icon = "check"


# ------------------------------------------------------------------ words, questions, documents
@dataclass(frozen=True, kw_only=True)
class NoteWritten(Fact, kind="case.note_written", seats=COMPANY):
    """An internal note; it never leaves the house."""

    sentence = _("Internal note.")
    icon = "note"


@dataclass(frozen=True, kw_only=True)
class MessageSent(Fact, kind="message.sent"):
    """The house wrote to the person. The message is the body."""

    sentence = _("Message to the person.")
    icon = "out"

    channel: str
    letter: int | None


@dataclass(frozen=True, kw_only=True)
class MessageReceived(Fact, kind="message.received"):
    """The person wrote or said something. The message is the body."""

    sentence = _("Message from the person.")
    icon = "in"

    channel: str
    raw: int | None


@dataclass(frozen=True, kw_only=True)
class Asked(Fact, kind="case.asked"):
    """The person was asked something. The question is the body."""

    sentence = _("The person was asked for information.")
    icon = "question"

    inquiry: int
    answer_by: str
    pauses: bool


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(Fact, kind="case.question_answered"):
    """What was asked of the person has been answered."""

    sentence = _("The person answered what was asked.")
    icon = "in"

    inquiry: int


@dataclass(frozen=True, kw_only=True)
class QuestionWithdrawn(Fact, kind="case.question_withdrawn", seats=COMPANY):
    """A question needs no answer any more."""

    sentence = _("A question was withdrawn.")
    icon = "question"

    inquiry: int


@dataclass(frozen=True, kw_only=True)
class AreaAsked(Fact, kind="case.area_asked", seats=COMPANY):
    """An area of the house was asked something. The question is the body."""

    sentence = _("Information was asked of %(area)s.")
    icon = "question"

    inquiry: int
    area: str | MultilingualText
    answer_by: str


@dataclass(frozen=True, kw_only=True)
class AreaAnswered(Fact, kind="case.area_answered", seats=COMPANY):
    """An area answered. The answer is the body."""

    sentence = _("%(area)s answered.")
    icon = "in"

    inquiry: int
    area: str | MultilingualText


# ------------------------------------------------------------------ findings, decisions, redress
@dataclass(frozen=True, kw_only=True)
class Found(Fact, kind="case.found", seats=COMPANY):
    """A fact held to be so, and what shows it. The finding is the body."""

    sentence = _("Finding from %(side)s, with %(evidence)s pieces of evidence.")
    icon = "search"

    finding: int
    grievance: int | None
    side: str
    evidence: int
    is_disputed: bool


@dataclass(frozen=True, kw_only=True)
class FindingWithdrawn(Fact, kind="case.finding_withdrawn", seats=COMPANY):
    """A finding does not hold. The reason is the body."""

    sentence = _("A finding was withdrawn.")
    icon = "search"

    finding: int


@dataclass(frozen=True, kw_only=True)
class Decided(Fact, kind="case.decided", seats=COMPANY, personal=("grounds",)):
    """A grievance was decided. The person learns it with the answer. The reasons are the body."""

    sentence = _("Point %(ordinal)s decided: %(outcome)s.")
    icon = "decision"

    decision: int
    grievance: int
    ordinal: int
    outcome: str
    replaces: int | None
    grounds: str


@dataclass(frozen=True, kw_only=True)
class RedressProposed(Fact, kind="redress.proposed", seats=COMPANY):
    """Something is to be offered to put things right. Its words are the body."""

    sentence = _("To be offered: %(what)s %(amount)s.")
    icon = "redress"

    redress: int
    what: str
    amount: str
    needs_approval: bool


@dataclass(frozen=True, kw_only=True)
class RedressApproved(Fact, kind="redress.approved", seats=COMPANY):
    """An approver said yes to redress above the handler's authority."""

    sentence = _("Approved: %(what)s %(amount)s.")
    icon = "check"

    redress: int
    what: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class RedressRejected(Fact, kind="redress.rejected", seats=COMPANY):
    """An approver said no. The reason is the body."""

    sentence = _("Not approved: %(what)s %(amount)s.")
    icon = "warning"

    redress: int
    what: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class RedressWithdrawn(Fact, kind="redress.withdrawn", seats=COMPANY):
    """What was to be offered is not. The reason is the body."""

    sentence = _("Not offered any more: %(what)s %(amount)s.")
    icon = "redress"

    redress: int
    what: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class RedressOffered(Fact, kind="redress.offered"):
    """The person was offered something with the answer. Its words are the body."""

    sentence = _("Offered: %(what)s %(amount)s.")
    icon = "redress"

    redress: int
    what: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class RedressAccepted(Fact, kind="redress.accepted"):
    """The person takes what was offered."""

    sentence = _("Accepted: %(what)s %(amount)s.")
    icon = "check"

    redress: int
    what: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class RedressDeclined(Fact, kind="redress.declined"):
    """The person does not take what was offered."""

    sentence = _("Declined: %(what)s %(amount)s.")
    icon = "redress"

    redress: int
    what: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class RedressCarriedOut(Fact, kind="redress.carried_out"):
    """What was promised has been done. How that is proved is the body."""

    sentence = _("Done: %(what)s %(amount)s.")
    icon = "check"

    redress: int
    what: str
    amount: str
    proof: int | None


# ------------------------------------------------------------------ the answer
@dataclass(frozen=True, kw_only=True)
class ResponseWritten(Fact, kind="case.response_written", seats=COMPANY):
    """The answer is written and on its way.

    Its duty is not done until the letter was taken over.
    """

    sentence = _("The answer is written and waits to be sent.")
    icon = "letter"

    response: int
    letter: int | None
    template: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Answered(Fact, kind="case.answered"):
    """The answer went out.

    The mail server took it over, or it was handed over or posted with proof.
    """

    sentence = _("The answer was sent.")
    icon = "letter"

    response: int
    letter: int | None
    channel: str
    contest_by: str  # Empty where no rule sets a day for taking the answer further.


@dataclass(frozen=True, kw_only=True)
class ResponseFailed(Fact, kind="case.response_failed", seats=COMPANY):
    """The answer could not be delivered: the step is open again."""

    sentence = _("The answer could not be delivered; it must be sent in another way.")
    icon = "warning"

    response: int
    letter: int


@dataclass(frozen=True, kw_only=True)
class LetterFailed(Fact, kind="case.letter_failed", seats=COMPANY):
    """A letter could not be delivered and needs somebody."""

    sentence = _("A letter could not be delivered; somebody must see to it.")
    icon = "warning"

    letter: int
    letter_kind: str


@dataclass(frozen=True, kw_only=True)
class Extended(Fact, kind="case.extended"):
    """The person was told, with reasons, that the answer comes later, as the regime allows."""

    sentence = _("The time to answer was extended to %(due_on)s.")
    icon = "clock"

    length: int
    unit: str
    due_on: str


@dataclass(frozen=True, kw_only=True)
class DelayTold(Fact, kind="case.delay_told"):
    """The person was told why it takes longer. No legal limit moves by it."""

    sentence = _("The person was told that the answer takes longer.")
    icon = "clock"

    expected_on: str


@dataclass(frozen=True, kw_only=True)
class AnswerAccepted(Fact, kind="case.answer_accepted"):
    """The person agrees with the answer."""

    sentence = _("The person accepted the answer.")
    icon = "check"

    response: int
    channel: str


# ------------------------------------------------------------------ the end
@dataclass(frozen=True, kw_only=True)
class Withdrawn(Fact, kind="case.withdrawn"):
    """The person does not go on with the case. The reason, if they gave one, is the body."""

    sentence = _("The person withdrew the case.")
    icon = "closed"

    channel: str


@dataclass(frozen=True, kw_only=True)
class Closed(Fact, kind="case.closed"):
    """The case is closed; what comes next, if anything, was said in the answer."""

    sentence = _("The case was closed: %(reason)s.")
    icon = "closed"

    closure: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class AreaTold(Fact, kind="case.area_told", seats=COMPANY):
    """An area concerned was told what was complained of and what was done.

    That text is the body.
    """

    sentence = _("%(area)s was told what was complained of and what was done.")
    icon = "out"

    notice: int
    area: str | MultilingualText


@dataclass(frozen=True, kw_only=True)
class MeasureTold(Fact, kind="case.measure_told"):
    """The person was told of a measure taken after the case was closed. The measure is the body."""

    sentence = _("The person was told of a measure taken since.")
    icon = "out"

    letter: int | None


@dataclass(frozen=True, kw_only=True)
class Reopened(Fact, kind="case.reopened"):
    """A closed case goes on. The reason is the body."""

    sentence = _("The case was reopened.")
    icon = "open"

    reopening: int


@dataclass(frozen=True, kw_only=True)
class Corrected(Fact, kind="case.corrected", personal=("before", "after")):
    """Something recorded was wrong. Both versions stay visible; the reason is the body."""

    sentence = _("Corrected: %(field)s was “%(before)s” and is “%(after)s”.")
    icon = "correct"

    correction: int
    field: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class LetterCorrected(Fact, kind="case.letter_corrected"):
    """A letter was wrong and another one takes its place. The reason is the body."""

    sentence = _("A letter was corrected; another one takes its place.")
    icon = "correct"

    letter: int
    replaced: int
    had_gone: bool


@dataclass(frozen=True, kw_only=True)
class AccessCodeIssued(Fact, kind="case.access_code_issued"):
    """The person got a new access code; the one before opens nothing any more."""

    sentence = _("A new access code was given; the one before no longer works.")
    icon = "key"

    way: str


@dataclass(frozen=True, kw_only=True)
class LinksRevoked(Fact, kind="case.links_revoked"):
    """Links mailed before now open nothing any more."""

    sentence = _("The links mailed before no longer work.")
    icon = "key"


# ------------------------------------------------------------------ what the clock brings
@dataclass(frozen=True, kw_only=True)
class LimitNear(Fact, kind="limits.near", seats=COMPANY):
    """A limit comes near; somebody who can act was told."""

    sentence = pgettext_lazy("a time limit", "A time limit comes near: %(duty)s, %(due_at)s.")
    icon = "clock"

    deadline: int
    duty: str
    due_at: str


@dataclass(frozen=True, kw_only=True)
class LimitPassed(Fact, kind="limits.passed"):
    """A limit passed without its duty done. The case stays open, for silence closes nothing."""

    sentence = pgettext_lazy("a time limit", "A time limit passed: %(duty)s, %(due_at)s.")
    icon = "warning"

    deadline: int
    duty: str
    due_at: str


@dataclass(frozen=True, kw_only=True)
class NextStepOpened(Fact, kind="case.next_step_opened", seats=BOTH_SIDES):
    """No answer came inside the legal limit: the person may turn to the next instance now."""

    sentence = _(
        "No answer came in time. The next instance is open to the person; the case stays open here."
    )
    icon = "open"

    deadline: int
