"""The bodies before which a case is, with what the house can do there."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from valedor.acts import Situation
from valedor.casefile.models import Case, Instance
from valedor.casefile.viewing import Viewer
from valedor.desk.case_page.addresses import url_of
from valedor.disputes.models import HearingDate, Proposal, Referral
from valedor.disputes.referral import rules
from valedor.disputes.referral.queries import Around, ReferralState, around, referrals_of
from valedor.disputes.referral.told import Room, ToldDisputes, told
from valedor.foundation.refusals import Refusal
from valedor.telling.reader import Reader


class _Desk(Room):
    reader = Reader.STAFF

    def __init__(self, case: Case) -> None:
        self._case = case

    def hearing_url(self, hearing: HearingDate) -> tuple[str, str]:
        return url_of(self._case, "hearing-change", hearing.pk), _("What became of it…")

    def proposal_url(self, proposal: Proposal) -> tuple[str, str]:
        return url_of(self._case, "proposal-answer", proposal.pk), _("What a side says…")


def disputes_of(situation: Situation) -> ToldDisputes | None:
    """Nothing, and no question, for a case that no other body has."""
    case, state = situation.case, situation.state
    if not any(one.kind in Instance.OUTSIDE for one in state.instances):
        return None
    referrals = referrals_of(case)
    known = around(referrals)
    drawn = told(referrals, known, state.house, _Desk(case), at=situation.at)
    for one, referral in zip(drawn.referrals, referrals, strict=True):
        one.links = _links(situation, referral, known)
    return drawn


def _links(situation: Situation, referral: Referral, known: Around) -> list[tuple[str, str]]:
    """What is not its turn has no link: the card says whose turn it is."""
    rs = ReferralState(
        referral=referral,
        state=situation.state,
        proposals=tuple(known.proposals.get(referral.pk, ())),
    )
    viewer = situation.viewer.within(situation.case.entity_id)
    acts: list[tuple[str, str, Callable[[ReferralState, Viewer], Refusal | None]]] = [
        ("body-part", _("Take part or not…"), rules.why_not_take_part),
        ("body-position", _("Position…"), rules.why_not_give_position),
        ("body-hearing", _("Hearing date…"), rules.why_not_set_hearing),
        ("body-proposal", _("Proposal…"), rules.why_not_propose),
        ("body-result", _("Result…"), rules.why_not_conclude),
        ("body-following", _("Do what it asks, or not…"), rules.why_not_follow),
        ("body-end", _("It is over…"), rules.why_not_end),
    ]
    return [
        (label, url_of(situation.case, noun, referral.pk))
        for noun, label, why_not in acts
        if why_not(rs, viewer) is None
    ]
