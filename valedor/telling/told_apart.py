"""What tells the limits of one case apart, where two of them would read alike."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from django.utils.translation import gettext as _

from valedor.casefile.models import Deadline, Instance
from valedor.handling.queries import CaseState
from valedor.handling.redress_words import name_and_amount
from valedor.procedures.applicable import pack_of_version
from valedor.procedures.explanation import length_in_words
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.vocabulary_tables import vocabulary, word
from valedor.telling import spoken
from valedor.telling.limits import label_of, law_of
from valedor.telling.reader import Reader

Says = Callable[[Deadline], str]
# So many of the things that can be said say what a limit is; then comes since when it runs.
_SAYS_WHAT = 4


def labels_of(
    deadlines: Sequence[Deadline],
    reader: Reader,
    house: HouseRules,
    state: CaseState | None = None,
) -> dict[int, str]:
    """Each limit of a case by its name: which duty and whose rule, and whatever else it takes to
    know it from the others: the instance, the law, what it is about, since when it runs.

    Without a ``state`` the case has just come in: it stands before its first instance.
    """
    named: dict[str, list[Deadline]] = defaultdict(list)
    for one in deadlines:
        named[label_of(one, reader)].append(one)
    says = _says(reader, house, state)
    return {
        key: _("%(limit)s: %(apart)s") % {"limit": label, "apart": apart} if apart else label
        for label, alike in named.items()
        for key, apart in _apart(alike, says).items()
    }


def _apart(alike: Sequence[Deadline], says: Sequence[Says]) -> dict[int, str]:
    """What each of several limits adds to its name: as few words as tell it from all the others."""
    if len(alike) == 1:
        return {alike[0].pk: ""}
    said = {one.pk: tuple(say(one) for say in says) for one in alike}
    found: dict[int, str] = {}
    for number, (key, values) in enumerate(said.items(), start=1):
        others = [theirs for other, theirs in said.items() if other != key]
        for places in _few_first(len(says)):
            words = ", ".join(values[place] for place in places if values[place])
            is_alone = all(any(one[at] != values[at] for at in places) for one in others)
            if is_alone and words not in found.values():
                found[key] = words
                break
        else:  # The same in every way: promised at once, of the same kind, for the same day.
            found[key] = _("%(number)s of %(all)s") % {"number": number, "all": len(alike)}
    return found


def _few_first(count: int) -> Iterator[tuple[int, ...]]:
    """Which of the things said to put together: as few as will do, and what it is before when."""
    for among in (_SAYS_WHAT, _SAYS_WHAT + 1, count):
        for size in range(1, among + 1):
            yield from combinations(range(among), size)


def _says(reader: Reader, house: HouseRules, state: CaseState | None) -> tuple[Says, ...]:
    """What can be said of a limit: what it is first, then how long and when it runs."""
    zone = house.entity.timezone
    instances = {one.pk: one.kind for one in state.instances} if state else {}
    agreed = _agreed(state, house)
    return (
        lambda one: _before(instances.get(one.instance_id, Instance.Kind.COMPANY)),
        lambda one: _law(one, reader),
        lambda one: agreed.get(one.pk, ""),
        lambda one: word("clocks", one.clock) if one.clock in vocabulary("clocks") else "",
        lambda one: _("since %(day)s") % {"day": spoken.day(spoken.local_day(one.starts_at, zone))},
        lambda one: length_in_words(one.length, one.unit),
        lambda one: _("until %(day)s") % {"day": spoken.due(one.due_on, one.due_at, zone)},
    )


def _before(instance: str) -> str:
    if instance == Instance.Kind.COMPANY:
        return ""
    return _("second look") if instance == Instance.Kind.REVIEW else word("instances", instance)


def _law(deadline: Deadline, reader: Reader) -> str:
    """The law by the name that people have for it; to the person the label cites it already."""
    if deadline.procedure_version_id is None:
        return ""
    if reader is Reader.COMPLAINANT and deadline.role == Deadline.Role.LAW and deadline.binds:
        return law_of(deadline)
    return pack_of_version(deadline.procedure_version_id).title


def _agreed(state: CaseState | None, house: HouseRules) -> Mapping[int, str]:
    """What was promised by the limit within which it is carried out."""
    promised: dict[int, list[str]] = defaultdict(list)
    for one in state.redress if state else ():
        if one.deadline_id is not None:
            promised[one.deadline_id].append(name_and_amount(one, house, spoken.language()))
    return {key: "; ".join(names) for key, names in promised.items()}
