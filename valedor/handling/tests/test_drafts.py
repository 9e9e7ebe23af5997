"""Two windows of one person, and two people: no draft overwrites another, and none is lost."""

import pytest

from tests.cast import Cast, a_case, acting, hours, refusing
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Stage
from valedor.handling.actions.save_draft import drop_draft, save_draft
from valedor.handling.draft_place import DraftPlace, new_place, read_place
from valedor.handling.models import Draft
from valedor.people.models import Account

FORM = "message"


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_case(cast, stage=Stage.ASSESSED)


def _save(case: Case, who: Account, text: str, place: DraftPlace | None, at: float = 1) -> bool:
    return save_draft(
        case, form=FORM, fields={"text": text}, by=staff(who), at=hours(at), place=place
    )


def _kept(cast: Cast, case: Case, who: Account) -> list[str]:
    with acting(cast):
        found = Draft.objects.filter(case=case, account=who, form=FORM).order_by("saved_at", "pk")
        return [one.content["text"] for one in found]


def _place_now(cast: Cast, case: Case) -> DraftPlace:
    """As a window that is opened now reads it."""
    with acting(cast):
        newest = Draft.objects.filter(case=case, account=cast.bruno).order_by("-saved_at").first()
    return new_place(newest.pk, newest.version) if newest else new_place()


def test_one_window_saves_over_what_it_saved(cast: Cast, case: Case) -> None:
    place = new_place()
    assert not _save(case, cast.bruno, "Bue", place)
    assert not _save(case, cast.bruno, "Buenos días", place, 2)
    assert _kept(cast, case, cast.bruno) == ["Buenos días"]


def test_a_reloaded_window_goes_on_where_it_was(cast: Cast, case: Case) -> None:
    _save(case, cast.bruno, "Buenos días", new_place())
    later = _place_now(cast, case)
    assert not _save(case, cast.bruno, "Buenos días, Ana", later, 2)
    assert _kept(cast, case, cast.bruno) == ["Buenos días, Ana"]


def test_two_windows_opened_on_nothing_keep_both_texts(cast: Cast, case: Case) -> None:
    one, other = new_place(), new_place()
    assert not _save(case, cast.bruno, "First", one, 1)
    assert _save(case, cast.bruno, "Second", other, 2)
    assert _save(case, cast.bruno, "First, longer", one, 3)
    assert _kept(cast, case, cast.bruno) == ["Second", "First, longer"]


def test_an_older_version_comes_back_beside_the_newer_one(cast: Cast, case: Case) -> None:
    _save(case, cast.bruno, "Both read this", new_place())
    one, other = _place_now(cast, case), _place_now(cast, case)
    assert not _save(case, cast.bruno, "Newer", one, 2)
    assert _save(case, cast.bruno, "From the older", other, 3)
    assert _kept(cast, case, cast.bruno) == ["Newer", "From the older"]


def test_two_people_write_apart(cast: Cast, case: Case) -> None:
    place = new_place()
    _save(case, cast.bruno, "Bruno's", place)
    assert not _save(case, cast.carla, "Carla's", place)
    assert _kept(cast, case, cast.bruno) == ["Bruno's"]
    assert _kept(cast, case, cast.carla) == ["Carla's"]


def test_sending_drops_what_was_sent_and_nothing_else(cast: Cast, case: Case) -> None:
    one, other = new_place(), new_place()
    _save(case, cast.bruno, "Sent", one)
    _save(case, cast.bruno, "Not sent", other, 2)
    drop_draft(case, form=FORM, by=staff(cast.bruno), place=one)
    assert _kept(cast, case, cast.bruno) == ["Not sent"]
    read = _place_now(cast, case)
    drop_draft(case, form=FORM, by=staff(cast.bruno), place=read)
    assert _kept(cast, case, cast.bruno) == []


def test_without_a_window_it_goes_on_in_the_newest(cast: Cast, case: Case) -> None:
    _save(case, cast.bruno, "Older", new_place(), 1)
    _save(case, cast.bruno, "Newer", new_place(), 2)
    _save(case, cast.bruno, "Newer, and an article", None, 3)
    assert _kept(cast, case, cast.bruno) == ["Older", "Newer, and an article"]
    drop_draft(case, form=FORM, by=staff(cast.bruno))
    assert _kept(cast, case, cast.bruno) == []


def test_nobody_drafts_in_a_case_that_is_not_theirs(cast: Cast, case: Case) -> None:
    with refusing(case, "not_permitted"):
        _save(case, cast.dario, "No.", new_place())


@pytest.mark.parametrize("written", ["", "a b", "x.1", "x.1.2.3", "x" * 25, "x.1.-2", "ñ"])
def test_what_no_form_carries_is_no_place(written: str) -> None:
    assert read_place(written) is None


def test_a_place_reads_as_it_was_written() -> None:
    for place in (new_place(), new_place(17, 3)):
        assert read_place(str(place)) == place
