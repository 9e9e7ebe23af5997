"""What can happen to a case before a body outside the house."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact


@dataclass(frozen=True, kw_only=True)
class TurnedTo(Fact, kind="dispute.turned_to", personal=("body",)):
    """Somebody turned to a body outside the house."""

    sentence = _("Turned to: %(body)s.")
    icon = "out"

    referral: int
    body: str
    side: str
    filed_on: str


@dataclass(frozen=True, kw_only=True)
class NoticeTaken(Fact, kind="dispute.notified", personal=("body", "body_reference")):
    """The body's notice reached the company. What it asks is the body."""

    sentence = _("%(body)s told us that it has this case.")
    icon = "in"

    referral: int
    body: str
    body_reference: str
    notified_at: str
    answer_by: str


@dataclass(frozen=True, kw_only=True)
class TookPart(Fact, kind="dispute.took_part", personal=("body",)):
    """The company takes part, because it joined the body beforehand or of its own will."""

    sentence = _("The company takes part before %(body)s.")
    icon = "check"

    referral: int
    body: str
    part: str


@dataclass(frozen=True, kw_only=True)
class DidNotTakePart(Fact, kind="dispute.declined", personal=("body",)):
    """The company does not take part. Why is the body."""

    sentence = _("The company does not take part before %(body)s.")
    icon = "closed"

    referral: int
    body: str


@dataclass(frozen=True, kw_only=True)
class PositionGiven(Fact, kind="dispute.position_given", personal=("body",)):
    """One side told the body what it holds, or the body told the sides something."""

    sentence = _("Position before %(body)s: %(side)s.")
    icon = "document"

    referral: int
    position: int
    body: str
    side: str


@dataclass(frozen=True, kw_only=True)
class HearingSet(Fact, kind="dispute.hearing_set", personal=("body", "place")):
    """A hearing date was set, or moved to another moment."""

    sentence = _("Hearing before %(body)s on %(starts_at)s: %(place)s.")
    icon = "clock"

    referral: int
    hearing: int
    body: str
    starts_at: str
    place: str


@dataclass(frozen=True, kw_only=True)
class HearingCancelled(Fact, kind="dispute.hearing_cancelled", personal=("body",)):
    """A hearing date does not hold any more."""

    sentence = _("The hearing before %(body)s does not take place.")
    icon = "closed"

    referral: int
    hearing: int
    body: str


@dataclass(frozen=True, kw_only=True)
class HearingHeld(Fact, kind="dispute.hearing_held", personal=("body",)):
    """The sides were heard. What came of it is the body."""

    sentence = _("Both sides were heard before %(body)s.")
    icon = "check"

    referral: int
    hearing: int
    body: str


@dataclass(frozen=True, kw_only=True)
class ProposalMade(Fact, kind="dispute.proposal_made", personal=("body",)):
    """A mediator proposes how to agree. What is proposed is the body."""

    sentence = _("%(body)s proposes how to agree.")
    icon = "question"

    referral: int
    proposal: int
    body: str
    answer_by: str


@dataclass(frozen=True, kw_only=True)
class ProposalAccepted(Fact, kind="dispute.proposal_accepted", personal=("body",)):
    """One side said yes to a proposal."""

    sentence = _("Yes to the proposal of %(body)s: %(side)s.")
    icon = "check"

    referral: int
    proposal: int
    body: str
    side: str


@dataclass(frozen=True, kw_only=True)
class ProposalDeclined(Fact, kind="dispute.proposal_declined", personal=("body",)):
    """One side said no to a proposal. Reasons are the body."""

    sentence = _("No to the proposal of %(body)s: %(side)s.")
    icon = "closed"

    referral: int
    proposal: int
    body: str
    side: str


@dataclass(frozen=True, kw_only=True)
class Concluded(Fact, kind="dispute.concluded", personal=("body",)):
    """The body has ended: agreement, recommendation, award, judgment, or none. Its words are the
    body.
    """

    sentence = _("%(body)s has ended: %(result)s.")
    icon = "decision"

    referral: int
    body: str
    result: str
    concluded_on: str
    binds: bool
    appeal_by: str


@dataclass(frozen=True, kw_only=True)
class ResultFollowed(Fact, kind="dispute.followed", personal=("body",)):
    """The company does what a result that does not bind it asks of it."""

    sentence = _("The company does what %(body)s asks of it.")
    icon = "check"

    referral: int
    body: str


@dataclass(frozen=True, kw_only=True)
class ResultNotFollowed(Fact, kind="dispute.not_followed", personal=("body",)):
    """The company does not do what a result asks that does not bind it. Why is the body."""

    sentence = _("The company does not do what %(body)s asks of it.")
    icon = "closed"

    referral: int
    body: str


@dataclass(frozen=True, kw_only=True)
class ReferralOver(Fact, kind="dispute.over", personal=("body",)):
    """Nothing is left to do of it."""

    sentence = _("It is over before %(body)s.")
    icon = "check"

    referral: int
    body: str
    result: str
