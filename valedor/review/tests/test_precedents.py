"""What the office finds again of what it signed and heard, and who finds nothing of it."""

import pytest

from tests.cast import Cast, a_case, acting, again, days, letters_leave
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Stage
from valedor.casefile.search import search
from valedor.casefile.viewing import viewer_of, viewing
from valedor.handling.models import Decision
from valedor.people.models import Account
from valedor.privacy.actions.erase import erase
from valedor.procedures.models import Category
from valedor.review.office.actions.bring import bring
from valedor.review.office.actions.hear import say
from valedor.review.office.actions.opine import close
from valedor.review.office.actions.take import note, recuse
from valedor.review.office.precedents.models import Precedent
from valedor.review.office.precedents.queries import (
    Narrowing,
    choices_for,
    find_files,
    likely_for,
    precedents,
    subject_of,
)
from valedor.review.tests.office_cast import Office, a_file_being_heard, an_opinion, the_office

Outcome = Decision.Outcome


@pytest.fixture
def office(cast: Cast) -> Office:
    return the_office(cast)


def an_answered_case(cast: Cast, about: Category | None = None) -> Case:
    """Answered, about a double charge unless something else is said."""
    case = a_case(cast, stage=Stage.ANSWERED)
    Case.objects.filter(pk=case.pk).update(category=about or cast.double_charge)
    return again(case)


def found_by(
    account: Account, typed: str, narrowing: Narrowing | None = None, *, size: int = 20
) -> list[str]:
    """The references of the files whose opinions somebody finds."""
    with viewing(viewer_of(account)) as viewer:
        page = precedents(viewer, typed, narrowing or Narrowing(), size=size)
        return [one.precedent.case.reference for one in page.found]


def files_by(account: Account, typed: str) -> list[str]:
    """The references of the files that somebody finds."""
    with viewing(viewer_of(account)) as viewer:
        page = find_files(viewer, typed)
        found = [one.proceeding.case.reference for one in page.found]
        return [page.straight] if page.straight else found


def test_a_signed_opinion_is_found_by_its_words_with_or_without_accents(
    cast: Cast, office: Office
) -> None:
    file, _opinion = an_opinion(cast, office, an_answered_case(cast))
    for typed in ("reparacion", "reparación", "nadie paga", "extracto", "COMPAÑÍA", ""):
        assert found_by(cast.felix, typed) == [file.reference], typed
    assert found_by(cast.felix, "fontanero") == []
    assert found_by(office.nil, "reparación") == [file.reference]
    with viewing(viewer_of(cast.felix)) as viewer:
        excerpt = precedents(viewer, "reparacion", Narrowing()).found[0].excerpt
    assert [part.text for part in excerpt if part.is_marked] == ["reparación"]


def test_a_draft_is_no_precedent(cast: Cast, office: Office) -> None:
    a_file_being_heard(cast, an_answered_case(cast))
    assert not Precedent.objects.exists()


def test_the_list_is_narrowed_and_paged_by_key(cast: Cast, office: Office) -> None:
    upheld, _one = an_opinion(cast, office, an_answered_case(cast))
    against, _two = an_opinion(
        cast, office, an_answered_case(cast, cast.water_cut), outcome=Outcome.NOT_UPHELD,
        at=days(40),
    )  # fmt: skip
    assert found_by(cast.felix, "") == [against.reference, upheld.reference]
    narrowed = {
        Narrowing(category=cast.double_charge.pk): [upheld.reference],
        Narrowing(outcome="not_upheld"): [against.reference],
        Narrowing(year=2026): [upheld.reference],
        Narrowing(year=2027): [against.reference],
        Narrowing(year=99999): [],
    }
    for narrowing, expected in narrowed.items():
        assert found_by(cast.felix, "", narrowing) == expected, narrowing
    with viewing(viewer_of(cast.felix)) as viewer:
        assert choices_for(viewer).years == [2027, 2026]
        subjects = [one.pk for one in choices_for(viewer).categories]
        assert subjects == [cast.double_charge.pk, cast.water_cut.pk]
        first = precedents(viewer, "", Narrowing(), size=1)
        second = precedents(viewer, "", Narrowing(), size=1, cursor=first.next)
        forged = precedents(viewer, "", Narrowing(), cursor="x" * 900)
    assert [one.precedent.case_id for one in second.found] == [upheld.pk]
    assert second.next == ""
    assert forged.trouble
    assert len(forged.found) == 2


def test_beside_a_draft_stand_the_precedents_of_its_subject(cast: Cast, office: Office) -> None:
    before, _opinion = an_opinion(cast, office, an_answered_case(cast))
    an_opinion(cast, office, an_answered_case(cast, cast.water_cut))
    file = a_file_being_heard(cast, an_answered_case(cast))
    with viewing(viewer_of(cast.felix)) as viewer:
        assert subject_of(file) == cast.double_charge.pk
        assert [one.precedent.case_id for one in likely_for(viewer, file)] == [before.pk]


def test_nobody_but_the_office_sees_a_precedent(cast: Cast, office: Office) -> None:
    file, _opinion = an_opinion(cast, office, an_answered_case(cast))
    for account in (cast.bruno, cast.carla, cast.hugo, cast.gia, cast.dario):
        with viewing(viewer_of(account)):
            assert not Precedent.objects.exists(), account
        assert found_by(account, "reparación") == []
        assert files_by(account, "contador") == []
    recuse(again(file), reasons="Es mi primo.", by=staff(office.nil), at=days(20))
    assert found_by(office.nil, "reparación") == []
    assert found_by(cast.felix, "reparación") == [file.reference]


def test_an_erased_file_is_no_precedent_any_more(cast: Cast, office: Office) -> None:
    file, _opinion = an_opinion(cast, office, an_answered_case(cast), outcome=Outcome.NOT_UPHELD)
    with acting(cast):
        letters_leave(file, days(14))
    close(file, by=office.by, at=days(90))
    erase(again(file), by=staff(cast.carla), at=days(91))
    assert not Precedent.objects.exists()


def test_the_office_finds_its_files_and_the_company_finds_nothing(
    cast: Cast, office: Office
) -> None:
    case = an_answered_case(cast)
    file = bring(case, text="La arqueta está rota.", by=COMPLAINANT, at=days(3)).file
    note(file, text="Sospechamos del topógrafo.", by=office.by, at=days(4))
    say(file, text="Añado un vídeo.", by=COMPLAINANT, at=days(4))
    name = "Ana"
    for typed in ("arqueta", "topógrafo", "video", name, name.lower(), file.reference):
        assert files_by(cast.felix, typed) == [file.reference], typed
    assert files_by(cast.felix, "lavadora") == []
    assert files_by(cast.felix, "\0") == []
    for account in (cast.bruno, cast.carla, cast.gia):
        with viewing(viewer_of(account)) as viewer:
            for typed in ("arqueta", "topógrafo", "vídeo"):
                assert search(viewer, typed).hits == [], (account, typed)
            named = search(viewer, file.reference)
        assert named.straight == ""
        assert named.trouble


def test_files_are_paged_by_key(cast: Cast, office: Office) -> None:
    files = [
        bring(
            a_case(cast, stage=Stage.ANSWERED), text="La arqueta.", by=COMPLAINANT, at=days(3 + day)
        ).file
        for day in range(3)
    ]
    with viewing(viewer_of(cast.felix)) as viewer:
        first = find_files(viewer, "arqueta", size=2)
        second = find_files(viewer, "arqueta", size=2, cursor=first.next)
    shown = [one.proceeding.case_id for one in (*first.found, *second.found)]
    assert shown == [one.pk for one in reversed(files)]
