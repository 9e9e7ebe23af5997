"""Why not: each step of a case before a body outside the house. Pure."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Entry, Instance
from valedor.casefile.viewing import Viewer
from valedor.disputes.models import HearingDate, Proposal, Referral
from valedor.disputes.referral.queries import ReferralState
from valedor.foundation.refusals import Refusal
from valedor.foundation.spoken_dates import day_in_words
from valedor.handling.models import Redress
from valedor.handling.queries import CaseState
from valedor.handling.rules import may_handle, why_not_for_person, why_not_here

Side, State, Part, Result = Referral.Side, Referral.State, Referral.Part, Referral.Result
_OF_THE_COMPANY = frozenset({Part.BOUND, Part.ACCEPTED})


# ------------------------------------------------------------------ how it begins
def why_not_refer(state: CaseState, viewer: Viewer) -> Refusal | None:
    """Staff write down that a case is before another body: a closed case, too."""
    if refusal := why_not_here(state, viewer):
        return refusal
    if viewer.account is not None and not may_handle(state, viewer):
        return Refusal("not_permitted", _("Your role does not let you handle this case."))
    return _why_not_this_kind(state)


def why_not_tell(state: CaseState, viewer: Viewer) -> Refusal | None:
    """The person, or whoever speaks for them, tells the company where they turned to."""
    return why_not_for_person(state, viewer, actor=Entry.Actor.COMPLAINANT) or _why_not_this_kind(
        state
    )


def _why_not_this_kind(state: CaseState) -> Refusal | None:
    if state.is_served_with_a_word:
        return Refusal(
            "no_complaint", _("Other bodies hear complaints. Say first that this is one.")
        )
    return None


def why_not_turned_to(
    others: Collection[Referral],
    *,
    kind: str | None,
    name: str,
    filed_on: date | None,
    today: date,
) -> Refusal | None:
    """Whether it can be written down that somebody turned to a body on a day. ``others`` are the
    referrals of the case.
    """
    if kind is None or not name.strip():
        return Refusal("body_unknown", _("Choose the body from the list."))
    if filed_on is not None and filed_on > today:
        return Refusal("in_the_future", _("This day has not come yet."))
    if any(one.goes_on and (one.kind, one.name) == (kind, name) for one in others):
        return Refusal("is_there", _("This body has the case already."))
    return None


def why_not_take_notice(
    known: Referral | None,
    *,
    text: str,
    notified_at: datetime,
    has_day: bool,
    at: datetime,
) -> Refusal | None:
    """Whether a body's notice can be written down. ``known`` is the referral to it that goes on;
    ``has_day`` says that the law or the notice sets a day for the answer.
    """
    if known is not None and known.state != State.ANNOUNCED:
        return Refusal(
            "is_there",
            _("This body has the case already. Write down under it what it says now."),
        )
    if not text.strip():
        return Refusal("text_missing", _("Say what the body asks."))
    if notified_at > at:
        return Refusal("in_the_future", _("This moment has not come yet."))
    if not has_day:
        return Refusal(
            "answer_by_missing",
            _("No rule sets the day for this body: write the day that its notice names."),
        )
    return None


# ------------------------------------------------------------------ while it is heard
def why_not_work(rs: ReferralState, viewer: Viewer) -> Refusal | None:
    """Whether anything can be done with it at all."""
    if refusal := why_not_here(rs.state, viewer):
        return refusal
    if viewer.account is not None and not may_handle(rs.state, viewer):
        return Refusal("not_permitted", _("Your role does not let you handle this case."))
    if not rs.referral.goes_on:
        return Refusal("over", _("It is over before this body."))
    return None


def _why_not_heard(rs: ReferralState, viewer: Viewer) -> Refusal | None:
    if refusal := why_not_work(rs, viewer):
        return refusal
    if not rs.referral.is_heard:
        return Refusal("concluded", _("The body has ended: its result stands in the file."))
    return None


def why_not_take_part(
    rs: ReferralState,
    viewer: Viewer,
    *,
    takes_part: bool | None = None,
    reasons: str = "",
) -> Refusal | None:
    """The company says whether it takes part. Whoever joined the body beforehand has said so."""
    if refusal := _why_not_heard(rs, viewer):
        return refusal
    if rs.referral.part == Part.BOUND:
        return Refusal(
            "bound", _("The company has joined this body, and takes part: it has said so before.")
        )
    if rs.referral.part:
        return Refusal("said_already", _("The company has said whether it takes part."))
    if rs.referral.instance.kind == Instance.Kind.COURT:
        return Refusal("no_consent", _("Nobody's consent is asked before a court."))
    if takes_part is False and not reasons.strip():
        return Refusal("reasons_missing", _("Say why: the person reads it."))
    return None


def why_not_give_position(
    rs: ReferralState, viewer: Viewer, *, side: str | None = None, text: str | None = None
) -> Refusal | None:
    """One side's position, or what the body says to both."""
    if refusal := _why_not_heard(rs, viewer):
        return refusal
    if side == Side.COMPANY and rs.referral.part == Part.DECLINED:
        return Refusal("does_not_take_part", _("The company does not take part before this body."))
    return _empty(text)


def why_not_set_hearing(
    rs: ReferralState, viewer: Viewer, *, place: str | None = None
) -> Refusal | None:
    """A hearing date. A past one is written down, too."""
    if refusal := _why_not_heard(rs, viewer):
        return refusal
    if place is not None and not place.strip():
        return Refusal("place_missing", _("Say where the sides are heard, or how."))
    return None


def why_not_change_hearing(
    rs: ReferralState,
    viewer: Viewer,
    hearing: HearingDate,
    *,
    held: bool = False,
    outcome: str | None = None,
    at: datetime,
) -> Refusal | None:
    """Move it, cancel it, or say what came of it."""
    if refusal := _why_not_heard(rs, viewer):
        return refusal
    if hearing.state != HearingDate.State.SET:
        return Refusal("hearing_over", _("This hearing was held or cancelled."))
    if held and hearing.starts_at > at:
        return Refusal("not_yet", _("This hearing has not begun yet."))
    return _empty(outcome) if held else None


def why_not_propose(
    rs: ReferralState,
    viewer: Viewer,
    *,
    text: str | None = None,
    answer_by: date | None = None,
    thinks_until: date | None = None,
) -> Refusal | None:
    """A mediator's proposal. Nobody is pressed: whoever thinks it over has the law's time to."""
    if refusal := _why_not_heard(rs, viewer):
        return refusal
    if rs.open_proposal is not None:
        return Refusal("proposal_open", _("A proposal waits for a word: one at a time."))
    if answer_by is not None and thinks_until is not None and answer_by < thinks_until:
        return Refusal(
            "too_short",
            _("Both sides have until %(day)s to think it over (Ley 7/2017, art. 14.2)."),
            {"day": day_in_words(thinks_until, get_language() or "en")},
        )
    return _empty(text)


def why_not_answer_proposal(
    rs: ReferralState, viewer: Viewer, proposal: Proposal, *, side: str | None = None
) -> Refusal | None:
    """One side's yes or no."""
    if refusal := _why_not_heard(rs, viewer):
        return refusal
    if Proposal.Answer.DECLINED in {proposal.company, proposal.complainant}:
        return Refusal("declined", _("One side has said no: this proposal is over."))
    if proposal.company and proposal.complainant:
        return Refusal("answered", _("Both sides have said their word."))
    said = {Side.COMPANY: proposal.company, Side.COMPLAINANT: proposal.complainant}
    if side is not None and said.get(Side(side)):
        return Refusal("said_already", _("This side has said its word."))
    return None


# ------------------------------------------------------------------ its result
def why_not_conclude(
    rs: ReferralState,
    viewer: Viewer,
    *,
    result: str | None = None,
    text: str | None = None,
    concluded_on: date | None = None,
    appeal_by: date | None = None,
    today: date | None = None,
) -> Refusal | None:
    """What the body came to."""
    if refusal := _why_not_heard(rs, viewer):
        return refusal
    if result is not None and result not in Result.values:
        return Refusal("result_unknown", _("Choose what it came to."))
    if concluded_on is not None and today is not None and concluded_on > today:
        return Refusal("in_the_future", _("This day has not come yet."))
    if concluded_on is not None and appeal_by is not None and appeal_by < concluded_on:
        return Refusal(
            "appeal_before_result", _("The time to appeal cannot end before the result was given.")
        )
    return _empty(text)


def why_not_follow(
    rs: ReferralState, viewer: Viewer, *, follows: bool | None = None, reasons: str = ""
) -> Refusal | None:
    """Whether the company does what a result asks that does not bind it (ISO 10003, 7.5.4)."""
    if refusal := why_not_work(rs, viewer):
        return refusal
    referral = rs.referral
    if referral.state != State.CONCLUDED:
        return Refusal("not_concluded", _("The body has not ended yet."))
    if referral.binds:
        return Refusal("bound", _("The result binds the company: it is carried out."))
    if referral.follows:
        return Refusal("said_already", _("The company has said what it does."))
    if follows is False and not reasons.strip():
        return Refusal("reasons_missing", _("Say why: the person reads it."))
    return None


def why_not_end(rs: ReferralState, viewer: Viewer) -> Refusal | None:
    """Nothing is left to do: what binds is carried out, what does not has its word."""
    if refusal := why_not_work(rs, viewer):
        return refusal
    referral = rs.referral
    if referral.state != State.CONCLUDED:
        return Refusal("not_concluded", _("The body has not ended yet."))
    if not referral.binds and not referral.follows:
        return Refusal("no_word", _("Say first whether the company does what the result asks."))
    redress = referral.redress
    if redress is not None and redress.state not in {
        Redress.State.CARRIED_OUT,
        Redress.State.WITHDRAWN,
    }:
        return Refusal("redress_pending", _("What the result asks is not carried out yet."))
    return None


def _empty(text: str | None) -> Refusal | None:
    if text is not None and not text.strip():
        return Refusal("text_missing", _("Write something first."))
    return None


# ------------------------------------------------------------------ several bodies
_FINDS = {
    Result.UPHELD: True,
    Result.PARTLY_UPHELD: True,
    Result.SETTLED: True,
    Result.NOT_UPHELD: False,
}


def at_once(referrals: Sequence[Referral]) -> list[Referral]:
    """Those that hear the case now, where it is more than one: each should know of the other."""
    heard = [one for one in referrals if one.is_heard]
    return heard if len(heard) > 1 else []


def what_holds(referrals: Sequence[Referral]) -> Referral | None:
    """Where bodies have found different things, the result that holds: a court's before an award,
    an award before an agreement or a recommendation, and among equals the later one. None where
    they do not differ.
    """
    found = [one for one in referrals if one.result in _FINDS]
    if len({_FINDS[Result(one.result)] for one in found}) < 2:
        return None
    return max(found, key=_weight)


def _weight(one: Referral) -> tuple[int, bool, date]:
    rank = {Instance.Kind.COURT: 2, Instance.Kind.ARBITRATION: 1}
    day = one.concluded_on or one.opened_at.date()
    return rank.get(Instance.Kind(one.instance.kind), 0), one.binds, day
