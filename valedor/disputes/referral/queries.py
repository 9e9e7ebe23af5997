"""What is known of a case before other bodies, and the lists of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import Case
from valedor.casefile.queues import Key
from valedor.casefile.viewing import Viewer
from valedor.disputes.models import HearingDate, Position, Proposal, Referral
from valedor.handling.queries import CaseState, case_state


@dataclass(frozen=True, kw_only=True)
class ReferralState:
    """A case before one body, with everything that the rules ask about."""

    referral: Referral
    state: CaseState
    hearing_dates: tuple[HearingDate, ...] = ()
    proposals: tuple[Proposal, ...] = ()

    @property
    def open_proposal(self) -> Proposal | None:
        """The proposal on which a side has not said its word yet."""
        return next((one for one in self.proposals if not one.is_answered), None)


def referral_state(referral: Referral) -> ReferralState:
    """Read it, with the state of its case."""
    return ReferralState(
        referral=referral,
        state=case_state(referral.case),
        hearing_dates=tuple(referral.hearing_dates.order_by("starts_at", "pk")),
        proposals=tuple(referral.proposals.order_by("made_at", "pk")),
    )


def referrals_of(case: Case) -> list[Referral]:
    """Every body before which a case is or was, the oldest first."""
    found = Referral.objects.filter(case=case).select_related("deadline", "redress", "instance")
    return list(found.order_by("opened_at", "pk"))


def referral_of(case: Case, pk: int) -> Referral | None:
    """One of them."""
    found = Referral.objects.filter(case=case, pk=pk)
    return found.select_related("case__entity", "deadline", "redress", "instance").first()


def hearing_date_of(case: Case, pk: int) -> HearingDate | None:
    """A hearing date of a case."""
    found = HearingDate.objects.filter(case=case, pk=pk)
    return found.select_related("referral__instance", "case__entity").first()


def proposal_of(case: Case, pk: int) -> Proposal | None:
    """A proposal of a case."""
    found = Proposal.objects.filter(case=case, pk=pk)
    return found.select_related("referral__instance", "referral__case").first()


@dataclass(frozen=True, kw_only=True)
class Around:
    """What belongs to the referrals of a case, by the referral."""

    positions: dict[int, list[Position]]
    hearing_dates: dict[int, list[HearingDate]]
    proposals: dict[int, list[Proposal]]


def around(referrals: Sequence[Referral]) -> Around:
    """Positions, hearing dates and proposals of several referrals: three questions."""
    keys = [one.pk for one in referrals]
    found = Around(positions={}, hearing_dates={}, proposals={})
    if not keys:
        return found
    for position in Position.objects.filter(referral__in=keys).order_by("given_at", "pk"):
        found.positions.setdefault(position.referral_id, []).append(position)
    for hearing in HearingDate.objects.filter(referral__in=keys).order_by("starts_at", "pk"):
        found.hearing_dates.setdefault(hearing.referral_id, []).append(hearing)
    for proposal in Proposal.objects.filter(referral__in=keys).order_by("made_at", "pk"):
        found.proposals.setdefault(proposal.referral_id, []).append(proposal)
    return found


# ------------------------------------------------------------------ lists
def before_bodies(
    viewer: Viewer,
    *,
    goes_on: bool,
    kind: str = "",
    before: Key | None = None,
    most: int = 50,
) -> list[Referral]:
    """Those of the cases that a viewer sees, the newest first; a page from a place on."""
    found = Referral.objects.filter(
        case__in=cases_visible_to(viewer), entity__in=list(viewer.entities)
    )
    found = found.filter(over_at=None) if goes_on else found.exclude(over_at=None)
    if kind:
        found = found.filter(kind=kind)
    if before is not None and before.moment is not None:
        later = Q(opened_at=before.moment, pk__lt=before.id)
        found = found.filter(Q(opened_at__lt=before.moment) | later)
    found = found.select_related("case__entity", "case__complainant", "deadline")
    return list(found.order_by("-opened_at", "-pk")[:most])


def results_by_kind(viewer: Viewer, *, year: int) -> list[tuple[str, str, int]]:
    """How many cases came to which result before which kind of body, of those that ended in a year:
    kind, result, number.
    """
    found = Referral.objects.filter(
        case__in=cases_visible_to(viewer), entity__in=list(viewer.entities), over_at__year=year
    )
    counted = found.values_list("kind", "result").annotate(number=Count("pk"))
    return [(kind, result, number) for kind, result, number in counted.order_by("kind", "result")]
