"""Search finds words in every form, obeys access, and stops counting at a thousand."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict

from valedor.casefile import search as searching
from valedor.casefile import timeline
from valedor.casefile.actors import SYSTEM
from valedor.casefile.filters import read_filters
from valedor.casefile.models import Case, SearchText
from valedor.casefile.search import count, search
from valedor.casefile.seats import Seat
from valedor.casefile.tests import builders
from valedor.casefile.tests.builders import NOON
from valedor.casefile.viewing import Viewer, complainant_of, the_house, viewer_of, viewing
from valedor.people.models import Account, ContactPoint, Entity, Mandate, Person, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def besos() -> Entity:
    return builders.an_entity()


@pytest.fixture
def bruno(besos: Entity) -> Account:
    return builders.a_handler(builders.a_team(besos))


def _found(viewer: Viewer, typed: str, **more: Any) -> list[int]:
    with viewing(viewer):
        return [hit.line.id for hit in search(viewer, typed, **more).hits]


@pytest.mark.parametrize(
    "typed",
    ["reclamación", "reclamacion", "RECLAMACIÓN", "reclamar", "reclamaciones", '"mi reclamación"'],
)
def test_a_word_is_found_in_every_form(besos: Entity, bruno: Account, typed: str) -> None:
    case = builders.a_case(besos, narrative="Nadie contestó a mi reclamación del mes pasado.")
    builders.a_case(besos, narrative="La farola está apagada.")
    assert _found(viewer_of(bruno), typed) == [case.pk]


@pytest.mark.parametrize(
    ("language", "told", "typed"),
    [
        ("ca", "Les factures arriben tard i les queixes no s'atenen.", "queixa factura"),
        ("pt-br", "As cobranças indevidas continuam.", "cobranca indevida"),
        ("en", "They billed the same invoices twice.", "bill invoice"),
        ("es", "El contador nuevo pierde agua.", "contadores"),
    ],
)
def test_each_of_the_four_languages_has_its_stems(
    besos: Entity, bruno: Account, language: str, told: str, typed: str
) -> None:
    case = builders.a_case(besos, narrative=told, language=language)
    assert _found(viewer_of(bruno), typed) == [case.pk]


def test_all_words_must_be_there_and_a_hyphen_excludes(besos: Entity, bruno: Account) -> None:
    both = builders.a_case(besos, narrative="La farola de la calle Mayor")
    one = builders.a_case(besos, narrative="La calle Mayor está sucia")
    viewer = viewer_of(bruno)
    assert _found(viewer, "farolas calle") == [both.pk]
    assert _found(viewer, "calle -farola") == [one.pk]
    assert _found(viewer, "calle") == [one.pk, both.pk]
    assert _found(viewer, "calle de las plazas") == []


def test_a_reference_leads_straight_to_its_case(besos: Entity, bruno: Account) -> None:
    case = builders.a_case(besos)
    viewer = viewer_of(bruno)
    with viewing(viewer):
        assert search(viewer, case.reference.lower().replace("-", " ")).straight == case.reference
        wrong = case.reference[:-1] + ("A" if case.reference[-1] != "A" else "B")
        assert "digit may be wrong" in search(viewer, wrong).trouble
        assert search(viewer, "2026-000001-A").straight == ""


def test_people_are_found_by_name_and_address(besos: Entity, bruno: Account) -> None:
    ana = Person.objects.create(name="Ana Núñez", language="es", created_at=NOON)
    elena = Person.objects.create(name="Elena Roca", language="ca", created_at=NOON)
    for person, kind, value, plain in (
        (ana, "email", "Ana@Example.org", "ana@example.org"),
        (elena, "telephone", "933 123 456", "+34933123456"),
    ):
        ContactPoint.objects.create(
            person=person, kind=kind, value=value, normalised=plain, created_at=NOON
        )
    mandate = Mandate.objects.create(represented=ana, representative=elena, begins_on=NOON.date())
    case = builders.a_case(besos, person=ana, mandate=mandate, narrative="Ana Núñez: sin agua")
    viewer = viewer_of(bruno)
    assert _found(viewer, "ana@EXAMPLE.org") == [case.pk]
    assert _found(viewer, "+34 933 123 456") == [case.pk]
    assert _found(viewer, "nunez") == [case.pk]
    assert _found(viewer, "600 000 000") == []


def test_words_are_marked_as_parts_and_never_as_markup(besos: Entity, bruno: Account) -> None:
    builders.a_case(
        besos,
        subject="<b>Farolas</b>",
        narrative="relleno " * 60
        + "<script>alert(1)</script> las FAROLAS apagadas "
        + "y más " * 99,
    )
    viewer = viewer_of(bruno)
    with viewing(viewer):
        (hit,) = search(viewer, "farola").hits
    assert [part.text for part in hit.subject if part.is_marked] == ["Farolas"]
    assert [part.text for part in hit.snippet if part.is_marked] == ["FAROLAS"]
    shown = "".join(part.text for part in hit.snippet)
    assert shown.startswith("… ")
    assert "<script>alert(1)</script>" in shown
    assert len(shown) < 260


def test_nobody_finds_what_they_may_not_see(besos: Entity, bruno: Account) -> None:
    ipe = builders.an_entity("ipe")
    dario = builders.a_handler(builders.a_team(ipe), "dario")
    case = builders.a_case(besos, narrative="Fuga de agua", recused=[bruno.pk])
    builders.a_case(besos, narrative="Fuga protegida", is_protected=True)
    lead = builders.an_account("carla", Role.LEAD, builders.a_team(besos, "uno"))
    area = builders.an_account("merce", Role.AREA, builders.a_team(besos, "dos"))
    assert len(_found(viewer_of(lead), "fuga")) == 2
    for account in (bruno, dario, area):
        viewer = viewer_of(account)
        with viewing(viewer):
            page = search(viewer, "fuga")
            assert (page.hits, page.total) == ((), 0) or page.hits == []
            assert search(viewer, case.reference).straight == ""
    assert _found(complainant_of(case.pk), "fuga") == []


def test_words_from_behind_the_wall_are_found_only_from_there(
    besos: Entity, bruno: Account
) -> None:
    case = builders.a_case(besos)
    with viewing(the_house()):
        case.refresh_from_db()
        timeline.record(
            case, builders.Said(channel="desk"), by=SYSTEM, at=NOON,
            body="Dictamen del síndico", seats=Seat.OMBUDSMAN,
        )  # fmt: skip
    viewer = viewer_of(bruno)
    assert _found(viewer, "dictamen") == []
    behind = Viewer(
        account=bruno,
        entities=viewer.entities,
        seats=Seat.OMBUDSMAN | Seat.COMPANY,
        permissions=viewer.permissions,
    )
    assert _found(behind, "dictamen") == [case.pk]


def test_walking_and_looking_up_find_the_same(
    besos: Entity, bruno: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(9):
        builders.a_case(besos, narrative="calle" if number % 2 else "plaza")
    viewer = viewer_of(bruno)
    looked_up = _found(viewer, "calle", size=3)
    monkeypatch.setattr(searching, "_WALK_ABOVE_ROOT_TIMES", 0)
    monkeypatch.setattr(searching, "_FEW", 0)
    assert _found(viewer, "calle", size=3) == looked_up
    assert len(looked_up) == 3
    with viewing(viewer):
        first = search(viewer, "calle", size=3)
        assert (first.total, first.is_uncounted) == (None, True)
        assert count(viewer, "calle").total == 4
        second = search(viewer, "calle", size=3, cursor=first.next)
        assert len(second.hits) == 1
        assert {hit.line.id for hit in second.hits}.isdisjoint(looked_up)


def test_filters_narrow_a_search(besos: Entity, bruno: Account) -> None:
    old = builders.a_case(besos, narrative="calle", received_at=NOON - timedelta(days=90))
    builders.a_case(besos, narrative="calle")
    viewer = viewer_of(bruno)
    with viewing(viewer):
        filters = read_filters(QueryDict("received_to=2026-10-01"), viewer)
    assert _found(viewer, "calle", filters=filters) == [old.pk]


def test_counting_stops_at_a_thousand(
    besos: Entity, bruno: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "COUNTED_UP_TO", 3)
    for _ in range(5):
        builders.a_case(besos, narrative="calle")
    viewer = viewer_of(bruno)
    with viewing(viewer):
        page = search(viewer, "calle", size=2)
        counted = count(viewer, "calle")
    assert (page.total, page.is_more, len(page.hits)) == (3, True, 2)
    assert (counted.total, counted.is_more) == (3, True)


@pytest.mark.parametrize(
    "typed", ["", "   ", "\0", "'", '"', "&|!():*", "-", "a" * 5000, "%s %(x)s", "\\"]
)
def test_odd_words_get_an_answer(besos: Entity, bruno: Account, typed: str) -> None:
    builders.a_case(besos)
    viewer = viewer_of(bruno)
    with viewing(viewer):
        assert search(viewer, typed).hits in ((), [])


def test_a_search_that_takes_too_long_is_given_up_with_a_sentence(
    besos: Entity, bruno: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.a_case(besos, narrative="calle")
    monkeypatch.setattr(searching, "_PATIENCE_MS", 30)
    monkeypatch.setattr(searching, "condition_in_sql", lambda _: ("pg_sleep(2) IS NULL", ()))
    viewer = viewer_of(bruno)
    with viewing(viewer):
        page = search(viewer, "calle")
        assert "takes too long" in page.trouble
        assert Case.objects.count() == 1  # The transaction goes on.


def test_an_enormous_text_is_searchable_and_stops_nothing(besos: Entity, bruno: Account) -> None:
    words = " ".join(f"palabra{number}" for number in range(60_000))
    case = builders.a_case(besos, narrative="calle " + words)
    with viewing(the_house()):
        case.refresh_from_db()
        for turn in range(9):
            timeline.record(
                case, builders.Said(channel="x"), by=SYSTEM, at=NOON,
                body=words.replace("palabra", f"otra{turn}"),
            )  # fmt: skip
        assert SearchText.objects.filter(case=case).exists()
    assert _found(viewer_of(bruno), "calle palabra77") == [case.pk]


@pytest.mark.parametrize(
    ("words", "folded"),
    [
        ("Camión, MAÑANA y pingüino", "camion, manana y pinguino"),
        ("L’àvia del col·legi", "l’avia del col·legi"),
        ("Não é só a ÁGUA — “reclamação” de 5 €", "nao e so a agua — “reclamacao” de 5 €"),
        ("Łódź, Škoda, Đuro, Çelik, Brâncuși", "lodz, skoda, duro, celik, brancuși"),
        ("plain words", "plain words"),
        ("", ""),
    ],
)
def test_accents_are_folded_however_rare_they_are(db: None, words: str, folded: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT valedor_fold(%s)", [words])
        assert cursor.fetchone()[0] == folded
