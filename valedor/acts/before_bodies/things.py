"""What acts before other bodies are done to, and how a form names a body."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy

from valedor.acts.act import Situation
from valedor.disputes.models import HearingDate, Proposal, Referral
from valedor.disputes.referral.bodies import Forum, forum_of
from valedor.disputes.referral.queries import (
    ReferralState,
    around,
    hearing_date_of,
    proposal_of,
    referral_of,
    referrals_of,
)
from valedor.foundation.moments import local_day

YES_OR_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
Side = Referral.Side


def referrals(situation: Situation) -> list[int]:
    """The bodies before which the case is and that are not over."""
    return [one.pk for one in referrals_of(situation.case) if one.goes_on]


def hearing_dates(situation: Situation) -> list[int]:
    """Hearing dates that are set."""
    heard = [one for one in referrals_of(situation.case) if one.is_heard]
    return [
        hearing.pk
        for dates in around(heard).hearing_dates.values()
        for hearing in dates
        if hearing.state == HearingDate.State.SET
    ]


def proposals(situation: Situation) -> list[int]:
    """The proposals on which a side has not said its word."""
    heard = [one for one in referrals_of(situation.case) if one.is_heard]
    return [
        proposal.pk
        for made in around(heard).proposals.values()
        for proposal in made
        if not proposal.is_answered
    ]


def standing(situation: Situation) -> ReferralState:
    found = referral_of(situation.case, situation.item or 0)
    if found is None:
        raise Http404
    return ReferralState(
        referral=found,
        state=situation.state,
        proposals=tuple(around([found]).proposals.get(found.pk, ())),
    )


def hearing_of(situation: Situation) -> HearingDate:
    found = hearing_date_of(situation.case, situation.item or 0)
    if found is None:
        raise Http404
    return found


def proposal_of_case(situation: Situation) -> Proposal:
    found = proposal_of(situation.case, situation.item or 0)
    if found is None:
        raise Http404
    return found


def before(referral: Referral, situation: Situation) -> ReferralState:
    return ReferralState(referral=referral, state=situation.state)


def heading(words: Any) -> Callable[[Situation], str]:
    """A title that names the body."""

    def told(situation: Situation) -> str:
        return str(words) % {"body": standing(situation).referral.name}

    return told


def today(situation: Situation) -> Any:
    return local_day(situation.at, situation.case.entity.timezone)


def forum_named(situation: Situation, key: str) -> Forum | None:
    house, language = situation.state.house, situation.case.language
    return forum_of(house, key, language=language, on=today(situation))
