"""The bodies before which a case is, in the person's room."""

from django.urls import reverse
from django.utils.translation import gettext as _

from valedor.casefile.models import Instance
from valedor.disputes.models import HearingDate, Proposal
from valedor.disputes.referral.queries import around, referrals_of
from valedor.disputes.referral.told import Room, ToldDisputes, told
from valedor.portal.inside import Inside
from valedor.portal.queries import CaseFile


class _Portal(Room):
    def __init__(self, place: Inside) -> None:
        self._place = place

    def hearing_url(self, hearing: HearingDate) -> tuple[str, str]:
        if hearing.calendar_id is None:
            return "", ""
        address = reverse("portal:document", args=[*self._place.links, hearing.calendar_id])
        return address, _("Put it into my calendar")

    def proposal_url(self, _proposal: Proposal) -> tuple[str, str]:
        """Whoever says yes or no to a proposal says it to the body."""
        return "", ""


def disputes_told(place: Inside, file: CaseFile) -> ToldDisputes | None:
    """Nothing, and no question, for a case that no other body has."""
    if not any(one.kind in Instance.OUTSIDE for one in file.state.instances):
        return None
    referrals = referrals_of(place.case)
    return told(referrals, around(referrals), place.house, _Portal(place), at=place.at)
