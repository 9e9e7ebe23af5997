import pytest

from tests.cast import (
    Cast,
    a_case,
    a_submission,
    acting,
    again,
    by_elena,
    days,
    hours,
    kinds_of,
    refusing,
)
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Deadline, Grievance, Instance, Kind, Stage
from valedor.casefile.verification import verify
from valedor.handling.actions.merge import merge, unmerge
from valedor.handling.actions.receive_message import receive_message
from valedor.handling.actions.relate import end_relation, relate
from valedor.handling.models import Alarm, CaseMerge, CaseRelation
from valedor.intake.submission import PersonGiven
from valedor.people.actions.merge_persons import same_person
from valedor.people.models import PersonMerge


@pytest.fixture
def first(cast: Cast) -> Case:
    return a_case(cast, stage=Stage.ASSESSED)


@pytest.fixture
def second(cast: Cast, first: Case) -> Case:
    """The same person a day later, with a point more."""
    assert first.complainant_id is not None
    known = PersonGiven(name="Ana Puig", person_id=first.complainant_id)
    return a_case(
        cast,
        person=known,
        received_at=days(1),
        grievances=("me cobran DOS veces", "Ahora me amenazan con un corte."),
    )


def _merge(case: Case, kept: Case, cast: Cast, **more: bool) -> CaseMerge:
    return merge(
        case, into=kept, reason="One bill.", by=staff(cast.bruno), at=days(2), **more
    )  # fmt: skip


def test_goes_on_in_the_one_that_came_first(cast: Cast, first: Case, second: Case) -> None:
    due = again(first).next_due_at
    made = _merge(second, first, cast)
    merged, kept = again(second), again(first)
    assert (merged.stage, merged.merged_into_id) == (Stage.CLOSED, first.pk)
    assert (merged.next_due_at, merged.closed_at) == (None, days(2))
    assert kept.next_due_at == due
    assert not Deadline.objects.filter(case=second, state=Deadline.State.RUNNING).exists()
    points = list(Grievance.objects.filter(case=first).order_by("ordinal"))
    assert [one.text for one in points][-1] == "Ahora me amenazan con un corte."
    assert made.points == [points[-1].pk]  # The other one was a point of the first case already.
    assert "case.merged" in kinds_of(second)
    assert kinds_of(first)[-2:] == ["case.took_in", "case.merge_explained"]
    for case in (first, second):
        assert verify([case.reference]).broken == []


def test_what_is_said_to_it_reaches_the_one_that_goes_on(
    cast: Cast, first: Case, second: Case
) -> None:
    _merge(second, first, cast)
    message = receive_message(
        second, text="¿Y bien?", channel=Case.Channel.EMAIL, by=COMPLAINANT, at=days(3)
    )
    assert message.case_id == first.pk
    assert Alarm.objects.filter(case=first, cause=Alarm.Cause.PERSON_WROTE).exists()
    assert not Alarm.objects.filter(case=second, settled_at=None).exists()


def test_taken_back_its_limits_run_as_if_nothing_had_been(
    cast: Cast, first: Case, second: Case
) -> None:
    before = list(
        Deadline.objects.filter(case=second).order_by("pk").values("state", "due_at", "due_on")
    )
    stage, due = again(second).stage, again(second).next_due_at
    lines = kinds_of(second)
    made = _merge(second, first, cast)
    unmerge(second, merge=made, reason="Two bills.", by=staff(cast.bruno), at=days(3))
    parted = again(second)
    assert (parted.stage, parted.next_due_at) == (stage, due)
    assert (parted.merged_into_id, parted.closed_at) == (None, None)
    assert Instance.objects.get(case=second).closed_at is None
    after = list(
        Deadline.objects.filter(case=second).order_by("pk").values("state", "due_at", "due_on")
    )
    assert after == before
    assert kinds_of(second)[: len(lines)] == lines  # Nothing that was written is written anew.
    assert Grievance.objects.filter(case=first, withdrawn_at=None).count() == 2
    for case in (first, second):
        assert verify([case.reference]).broken == []
    with refusing(second, "already_ended"):
        unmerge(second, merge=made, by=staff(cast.bruno), at=days(4))


def test_a_merged_case_is_dealt_with_where_it_goes_on(
    cast: Cast, first: Case, second: Case
) -> None:
    from valedor.handling.actions.reopen import reopen
    from valedor.handling.actions.send_message import send_message

    _merge(second, first, cast)
    with refusing(second, "merged"):
        reopen(second, reason="Again.", by=staff(cast.bruno), at=days(3))
    with refusing(second, "merged"):
        send_message(second, text="Hola.", by=staff(cast.bruno), at=days(3))


def test_the_later_one_never_stays(cast: Cast, first: Case, second: Case) -> None:
    with refusing(first, "later"):
        _merge(first, second, cast)


def test_never_across_people_by_accident(cast: Cast, first: Case) -> None:
    neighbour = PersonGiven(name="Pere Mas", email="pere@example.org")
    other = a_case(cast, person=neighbour, received_at=days(1))
    with refusing(other, "other_person"):
        _merge(other, first, cast)
    made = _merge(other, first, cast, between_people=True)
    assert made.between_people
    unmerge(other, merge=made, by=staff(cast.bruno), at=days(3))
    # Who came in by the other case's code or link is shut out of this one.
    assert again(first).links_valid_from == days(3)


def test_two_records_of_one_person_become_one_with_the_reason(cast: Cast, first: Case) -> None:
    twice = a_case(cast, received_at=days(1))
    with refusing(twice, "other_person"):
        _merge(twice, first, cast)
    _merge(twice, first, cast, is_one_person=True)
    assert first.complainant is not None
    assert twice.complainant_id in same_person(first.complainant)
    assert PersonMerge.objects.get().reason == "One bill."


def test_who_speaks_for_somebody_makes_it_two_people(cast: Cast, first: Case) -> None:
    theirs = a_case(cast, submission=by_elena(cast, received_at=days(1)))
    with refusing(theirs, "other_person"):
        _merge(theirs, first, cast, is_one_person=True)


@pytest.mark.parametrize("kind", [Kind.CLAIM, Kind.ENQUIRY])
def test_two_kinds_have_two_limits(cast: Cast, first: Case, kind: Kind) -> None:
    other = a_case(cast, received_at=days(1), kind=kind)
    with refusing(other, "other_kind"):
        _merge(other, first, cast, is_one_person=True)


def test_no_limit_of_the_person_gets_later(cast: Cast, first: Case, second: Case) -> None:
    limits = list(Deadline.objects.filter(case=first, duty="respond"))
    Deadline.objects.filter(case=first, duty="respond").update(due_at=days(90))
    with refusing(second, "limit_sooner"):
        _merge(second, first, cast)
    Deadline.objects.bulk_update(limits, ["due_at"])


def test_not_across_the_ombudsmans_wall(cast: Cast, first: Case, second: Case) -> None:
    Instance.objects.create(
        case=first,
        entity_id=first.entity_id,
        ordinal=2,
        kind=Instance.Kind.OMBUDSMAN,
        opened_at=days(1),
    )
    with refusing(second, "beyond_the_wall"):
        _merge(second, first, cast)


def test_what_was_answered_is_related_instead(cast: Cast, first: Case) -> None:
    answered = a_case(cast, stage=Stage.ANSWERED, received_at=days(1))
    with refusing(answered, "answered"):
        _merge(answered, first, cast, is_one_person=True)


def test_whoever_may_not_handle_may_not_merge(cast: Cast, first: Case, second: Case) -> None:
    agent = cast.join("nuria", role="agent")  # type: ignore[arg-type]
    for stranger in (agent, cast.dario, cast.gia):
        with refusing(second, "not_permitted"):
            merge(second, into=first, reason="One bill.", by=staff(stranger), at=days(2))


def test_a_pointer_moves_nothing_and_stands_on_both(cast: Cast, first: Case, second: Case) -> None:
    bruno = staff(cast.bruno)
    made = relate(first, other=second, note="Same meter.", by=bruno, at=days(2))
    assert relate(second, other=first, by=bruno, at=days(2)) == made
    assert kinds_of(first)[-1] == kinds_of(second)[-1] == "case.related"
    assert again(second).closed_at is None
    end_relation(second, relation=made, by=bruno, at=days(3))
    assert CaseRelation.objects.get().ended_at == days(3)
    assert kinds_of(first)[-1] == "case.relation_ended"
    with refusing(first, "same_case"):
        relate(first, other=first, by=bruno, at=days(3))


def test_no_pointer_to_another_entity(cast: Cast, first: Case) -> None:
    elsewhere = a_submission(
        cast, entity_id=cast.ipe.pk, category_id=None, language="pt-br", kind=Kind.ENQUIRY
    )
    from valedor.intake.actions.receive import receive

    other = receive(elsewhere, at=hours(1)).case
    with refusing(first, "other_entity"):
        relate(first, other=other, by=staff(cast.bruno), at=days(1))
    with acting(cast):
        assert not CaseRelation.objects.exists()
