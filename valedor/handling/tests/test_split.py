import pytest

from tests.cast import Cast, a_case, again, by_elena, days, decide_all, hours, kinds_of, refusing
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Entry, Grievance, Kind, Letter, Stage
from valedor.casefile.verification import verify
from valedor.handling.actions.merge import merge
from valedor.handling.actions.protect import protect
from valedor.handling.actions.receive_message import receive_message
from valedor.handling.actions.recuse import recuse
from valedor.handling.actions.split import split
from valedor.handling.models import CaseRelation
from valedor.people.models import Mandate


def _points(case: Case) -> list[Grievance]:
    return list(Grievance.objects.filter(case=case, withdrawn_at=None).order_by("ordinal"))


def test_a_point_becomes_a_case_that_came_when_the_first_did(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    taken = _points(case)[1]
    made = split(
        case, points=[taken], subject="Nobody answers", reason="Another matter.",
        by=staff(cast.bruno), at=days(3),
    ).case  # fmt: skip
    new = again(made)
    assert (new.received_at, new.registered_at) == (case.received_at, days(3))
    assert new.complainant_id == case.complainant_id
    assert [one.text for one in _points(new)] == [taken.text]
    assert taken.pk not in {one.pk for one in _points(case)}
    # Its answer is owed by the same day as the first one's: the clocks did not begin anew.
    due, earlier = new.next_due_at, again(case).next_due_at
    assert due is not None
    assert earlier is not None
    assert due <= earlier
    assert kinds_of(case)[-1] == "case.split_off"
    assert kinds_of(new)[-1] == "case.came_from"
    assert CaseRelation.objects.get().kind == CaseRelation.Kind.SPLIT_OFF
    assert Letter.objects.filter(case=new, kind="receipt").exists()
    assert verify([case.reference, new.reference]).broken == []


def test_a_message_becomes_a_case_that_came_when_it_did(cast: Cast) -> None:
    case = a_case(cast)
    receive_message(
        case, text="Y la fuga de agua.", channel=Case.Channel.EMAIL, by=COMPLAINANT, at=hours(30)
    )
    line = Entry.objects.filter(case=case, kind="message.received").select_related("content")
    made = split(
        case, messages=list(line), subject="A leak", kind=Kind.INCIDENT, reason="Another matter.",
        by=staff(cast.bruno), at=days(3),
    ).case  # fmt: skip
    assert (again(made).received_at, made.kind) == (hours(30), Kind.INCIDENT)
    first = Entry.objects.get(case=made, sequence=1)
    assert first.content.body == "Y la fuga de agua."
    assert len(_points(case)) == 2


def test_it_can_be_put_together_again(cast: Cast) -> None:
    case = a_case(cast)
    taken = _points(case)[1]
    by = staff(cast.bruno)
    made = split(case, points=[taken], subject="X", reason="Another.", by=by, at=days(1)).case
    merge(again(made), into=case, reason="The same after all.", by=by, at=days(2))
    assert [one.text for one in _points(case)][-1] == taken.text


def test_who_is_kept_out_of_one_is_kept_out_of_the_other(cast: Cast) -> None:
    case = a_case(cast, submission=by_elena(cast))
    assert case.mandate_id is not None
    Mandate.objects.filter(pk=case.mandate_id).update(scope=Mandate.Scope.FILE)
    ivan, by = cast.join("ivan"), staff(cast.bruno)
    recuse(case, account=ivan, reason="A cousin.", by=staff(cast.carla), at=hours(1))
    protect(case, reason="Violence.", by=by, at=hours(2))
    made = again(
        split(
            again(case), points=_points(case)[:1], subject="X", reason="Y", by=by, at=days(1)
        ).case
    )
    assert (made.recused, made.is_protected) == ([ivan.pk], True)
    assert made.mandate is not None
    assert made.mandate.scope == Mandate.Scope.FILE


@pytest.mark.parametrize("case_of", ["all", "none"])
def test_something_goes_and_something_stays(cast: Cast, case_of: str) -> None:
    case = a_case(cast)
    points = _points(case) if case_of == "all" else []
    code = "nothing_left" if points else "nothing_taken"
    with refusing(case, code):
        split(case, points=points, subject="X", reason="Y", by=staff(cast.bruno), at=days(1))


def test_what_was_decided_stays(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION)
    decide_all(case, staff(cast.bruno), hours(5))
    with refusing(case, "decided"):
        split(
            case,
            points=_points(case)[:1],
            subject="X",
            reason="Y",
            by=staff(cast.bruno),
            at=days(1),
        )


def test_only_whoever_handles_splits(cast: Cast) -> None:
    case = a_case(cast)
    for stranger in (cast.dario, cast.gia, cast.ines):
        with refusing(case, "not_permitted"):
            split(
                case, points=_points(case)[:1], subject="X", reason="Y", by=staff(stranger),
                at=days(1),
            )  # fmt: skip
