"""Who can take a case: competence, language, load, absence, and no conflict of interest.

ISO 10002 asks that complaints be given to people who are competent and have no stake in them. An
empty list of
languages or competences says that nobody restricted them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Count, Exists, Max, OuterRef
from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Case
from valedor.foundation.refusals import Refusal
from valedor.handling.queries import CaseState
from valedor.people.models import Absence, Account, Role, Team
from valedor.people.working_hours import next_at_work

# A reason given by whoever assigns outweighs these; recusal, absence and a first hand in it
# never yield.
YIELD_TO_A_REASON = frozenset(
    {"other_language", "other_competence", "too_much_work", "not_before_limit"}
)


PRESSING = timedelta(hours=48)
"""So near a limit, who is at work first matters more than who has most room."""
_LONG_AGO, _NEVER = datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Candidate:
    """A member of a team, with how many cases they hold and what stands against giving them this
    one.
    """

    account: Account
    open_cases: int
    against: tuple[Refusal, ...]
    at_work: datetime | None = None
    """When they are at work next, which may be now."""
    last_got: datetime | None = None
    """When the newest case that they hold came: whose is older gets the next one."""

    @property
    def is_eligible(self) -> bool:
        return not self.against

    @property
    def load(self) -> float:
        """The part of their capacity that is taken."""
        return self.open_cases / max(self.account.most_open_cases, 1)


def candidates(state: CaseState, team: Team, *, at: datetime) -> list[Candidate]:
    """Everybody of a team: those whom nothing speaks against, then the least loaded first; among
    equals in turn. Where a limit is near, whoever is at work first comes before the least loaded.
    """
    roles = [Role.HANDLER, Role.LEAD]
    if state.is_served_with_a_word:
        roles.append(Role.AGENT)
    members = Account.objects.filter(
        grants__team=team, grants__role__in=roles, grants__ended_at=None
    ).distinct()
    found = _candidates(state, members, at=at)
    due = state.case.next_due_at
    is_pressing = due is not None and due <= at + PRESSING

    def place(one: Candidate) -> tuple[bool, datetime, float, datetime, int]:
        soonest = one.at_work or _NEVER
        return (
            bool(one.against),
            soonest if is_pressing else at,
            one.load,
            one.last_got or _LONG_AGO,
            one.account.pk,
        )

    return sorted(found, key=place)


def candidate(state: CaseState, account: Account, *, at: datetime) -> Candidate:
    """One member of the staff, as a candidate for a case."""
    return _candidates(state, Account.objects.filter(pk=account.pk), at=at)[0]


def _candidates(
    state: CaseState, members: models.QuerySet[Account], *, at: datetime
) -> list[Candidate]:
    today = at.astimezone(ZoneInfo(state.house.entity.timezone)).date()
    away = Absence.objects.covering(today).filter(account=OuterRef("pk"))
    accounts = list(members.annotate(is_away=Exists(away)))
    loads = {
        holder: (number, newest)
        for holder, number, newest in Case.objects.filter(
            closed_at=None, holder__in=[one.pk for one in accounts]
        )
        .exclude(pk=state.case.pk)
        .values_list("holder")
        .annotate(number=Count("pk"), newest=Max("registered_at"))
        .values_list("holder", "number", "newest")
    }
    absences = _absences_of(accounts, since=today)
    found = []
    for one in accounts:
        number, newest = loads.get(one.pk, (0, None))
        at_work = next_at_work(
            one.hours, at, state.house.entity.timezone, away=absences.get(one.pk, ())
        )
        against = tuple(_against(state, one, number, at_work, at=at))
        found.append(Candidate(one, number, against, at_work, newest))
    return found


def _absences_of(accounts: Sequence[Account], *, since: date) -> dict[int, list[tuple[date, date]]]:
    """The days on which they are away from a day on."""
    found: dict[int, list[tuple[date, date]]] = {}
    for account, first, last in Absence.objects.filter(
        account__in=accounts, to_on__gte=since, withdrawn_at=None
    ).values_list("account", "from_on", "to_on"):
        found.setdefault(account, []).append((first, last))
    return found


def _against(
    state: CaseState, account: Account, open_cases: int, at_work: datetime | None, *, at: datetime
) -> Sequence[Refusal]:
    case, against = state.case, []
    if not account.is_active:
        against.append(Refusal("not_active", _("no longer works here")))
    if account.pk in case.recused:
        against.append(Refusal("recused", _("recused from this case")))
    if account.pk in state.handled_by:
        against.append(Refusal("handled_before", _("handled this case before")))
    if account.is_away:  # type: ignore[attr-defined]
        against.append(Refusal("absent", _("away today")))
    if account.languages and case.language not in account.languages:
        against.append(Refusal("other_language", _("does not write the person's language")))
    if not _is_competent(state, account):
        against.append(Refusal("other_competence", _("not competent in this matter")))
    if open_cases >= account.most_open_cases:
        against.append(Refusal("too_much_work", _("holds as many cases as they can")))
    due = case.next_due_at
    is_to_come = due is not None and due > at and case.urgency != Case.Urgency.OVERDUE
    if due is not None and is_to_come and (at_work is None or at_work >= due):
        against.append(Refusal("not_before_limit", _("not at work before the limit ends")))
    return against


def _is_competent(state: CaseState, account: Account) -> bool:
    """Fit for the subject, by the key of its category or one above it, and for the difficulty."""
    difficulties = [str(word) for word in Case.Difficulty]
    fit_for = set(account.competences)
    hardest = [difficulties.index(word) for word in fit_for.intersection(difficulties)]
    difficulty = state.case.difficulty
    if hardest and difficulty and difficulties.index(difficulty) > max(hardest):
        return False
    subjects = fit_for.difference(difficulties)
    if not subjects or state.case.category_id is None:
        return True
    category = state.house.categories.get(state.case.category_id)
    while category is not None:
        if category.key in subjects:
            return True
        category = state.house.categories.get(category.parent_id or 0)
    return False
