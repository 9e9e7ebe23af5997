import pytest

from tests.cast import FRIDAY, Cast, days, the_cast
from valedor.foundation.refusals import Refused
from valedor.people.actions.merge_persons import merge_persons, same_person, unmerge_persons
from valedor.people.models import AdministrationEntry, Person, PersonMerge


@pytest.fixture
def cast(db: None) -> Cast:
    return the_cast()


def somebody(name: str) -> Person:
    return Person.objects.create(name=name, language="es", created_at=FRIDAY)


def test_two_records_count_as_one_and_can_be_parted(cast: Cast) -> None:
    ana, anna = somebody("Ana Puig"), somebody("Anna Puig")
    merge = merge_persons(ana, absorbed=anna, reason="The same DNI.", by=cast.bruno, at=days(1))
    assert same_person(anna) == same_person(ana) == {ana.pk, anna.pk}
    line = AdministrationEntry.objects.latest("sequence")
    assert (line.act, line.by) == ("persons.merged", cast.bruno)
    assert line.after == {"kept": ana.pk, "absorbed": anna.pk}
    assert "DNI" not in line.reason
    unmerge_persons(merge, by=cast.bruno, at=days(2))
    assert AdministrationEntry.objects.latest("sequence").act == "persons.parted"
    assert same_person(anna) == {anna.pk}
    with pytest.raises(Refused) as caught:
        unmerge_persons(merge, by=cast.bruno, at=days(3))
    assert caught.value.code == "already_undone"


def test_refuses_what_makes_no_sense_and_strangers(cast: Cast) -> None:
    ana, anna, third = somebody("Ana"), somebody("Anna"), somebody("Anita")
    merge_persons(ana, absorbed=anna, reason="The same DNI.", by=cast.bruno, at=days(1))
    attempts = [
        ((ana, ana, "-", cast.bruno), "same_record"),
        ((third, anna, "-", cast.bruno), "already_merged"),
        ((anna, third, "-", cast.bruno), "keeper_merged"),
        ((ana, third, " ", cast.bruno), "reason_missing"),
        ((ana, third, "-", cast.gia), "not_permitted"),
        ((ana, third, "-", cast.ines), "not_permitted"),
    ]
    for (kept, absorbed, reason, by), code in attempts:
        with pytest.raises(Refused) as caught:
            merge_persons(kept, absorbed=absorbed, reason=reason, by=by, at=days(2))
        assert caught.value.code == code
    assert PersonMerge.objects.count() == 1
