"""Files of bodies: read, refused where they are wrong, written out and read back."""

from datetime import date

import pytest

from tests.cast import FRIDAY, Cast, a_body
from valedor.bodies.models import Body
from valedor.bodies.queries import every_body
from valedor.bodies.taking_in import SHIPPED, as_csv, as_toml, take_in
from valedor.people.models import AdministrationEntry
from valedor.procedures.refusals import PackRefused

GOOD = """
[[bodies]]
key = "omic"
kind = "consumer_office"
name = { ca = "OMIC de prova", pt-BR = "Serviço" }
place = "ES-CT"
municipality = "Badalona"
method = "facilitative"
valid_from = 2026-01-01
source = "https://omic.example/"
checked_on = 2026-11-20
"""


def refused(text: str, file: str = "b.toml") -> str:
    with pytest.raises(PackRefused) as caught:
        take_in(text, file=file, by=None, at=FRIDAY)
    assert not Body.objects.exists()
    return caught.value.message


def test_a_file_is_taken_in_once(cast: Cast) -> None:
    assert len(take_in(GOOD, file="b.toml", by=None, at=FRIDAY).lines) == 1
    assert take_in(GOOD, file="b.toml", by=None, at=FRIDAY).lines == []
    assert Body.objects.get().name == {"ca": "OMIC de prova", "pt-br": "Serviço"}


def test_a_check_tells_and_changes_nothing(cast: Cast) -> None:
    before = AdministrationEntry.objects.count()
    assert len(take_in(GOOD, file="b.toml", by=None, at=FRIDAY, check=True).lines) == 1
    assert not Body.objects.exists()
    assert AdministrationEntry.objects.count() == before


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('"consumer_office"', '"consumer_ofice"', "kind says “consumer_ofice”, unknown here; the"),
        ('"ES-CT"', '"ES-CAT"', "place says “ES-CAT”, unknown here; the nearest is “ES-CT”"),
        ("method =", "methd =", "bodies[1].method is missing"),
        ("municipality", "municipalty", "municipalty is no field of this table; the nearest is"),
        ("2026-01-01", '"2026-01-01"', "must be a day such as"),
        ("pt-BR", "pt-PT", "no language of ours"),
        ("[[bodies]]", "[[bodys]]", "the nearest is “bodies”"),
        ('key = "omic"', 'key = "OMIC!"', "small letters"),
        ("2026-11-20", "2026-11-20\namount_until = 600", "must be a text in quotation marks"),
        ("2026-11-20", '2026-11-20\namount_until = "-600"\ncurrency = "EUR"', "below zero"),
        ("[[bodies]]", "[[bodies", "not well-formed TOML"),
        ("2026-11-20", "2026-11-20\nvalid_until = 2025-01-01", "The last day comes before"),
    ],
)
def test_a_wrong_file_is_refused_with_file_key_and_what_to_do(
    cast: Cast, before: str, after: str, says: str
) -> None:
    message = refused(GOOD.replace(before, after, 1))
    assert message.startswith("b.toml")
    assert says in message


def test_the_same_version_twice_or_nothing_at_all_is_refused(cast: Cast) -> None:
    assert "which the file has already" in refused(GOOD + GOOD)
    assert "tells of no body" in refused("# nothing\n")
    assert "tells of no body" in refused("key,kind\n", file="b.csv")


def test_it_is_all_or_nothing(cast: Cast) -> None:
    twin = GOOD.replace('"omic"', '"omic-2"')
    assert "under another key" in refused(GOOD + twin)


def test_two_versions_of_one_body_follow_each_other(cast: Cast) -> None:
    later = GOOD.replace("2026-01-01", "2027-01-01")
    take_in(later + GOOD, file="b.toml", by=None, at=FRIDAY)
    first, second = Body.objects.order_by("valid_from")
    assert (first.valid_until, second.valid_until) == (date(2026, 12, 31), None)
    assert take_in(later + GOOD, file="b.toml", by=None, at=FRIDAY).lines == []


@pytest.mark.parametrize("kind", ["toml", "csv"])
def test_what_is_written_out_and_read_back_changes_nothing(cast: Cast, kind: str) -> None:
    for path in sorted(SHIPPED.glob("*.toml")):
        take_in(path.read_text("utf-8"), file=path.name, by=None, at=FRIDAY)
    a_body("old", kind="adr_entity", address="A, 1\nB", valid_until=date(2026, 1, 1))
    text = as_toml(every_body()) if kind == "toml" else as_csv(every_body())
    assert take_in(text, file=f"b.{kind}", by=None, at=FRIDAY).lines == []
    Body.objects.all().delete()
    take_in(text, file=f"b.{kind}", by=None, at=FRIDAY)
    assert (as_toml if kind == "toml" else as_csv)(every_body()) == text


def test_a_wrong_cell_is_named_with_its_line(cast: Cast) -> None:
    head = "key,kind,name_ca,place,method,valid_from,source,checked_on\n"
    good = "omic,consumer_office,OMIC,ES-CT,facilitative,2026-01-01,https://x.example,2026-11-20\n"
    assert "line 3.method says “quick”" in refused(
        head + good + good.replace("facilitative", "quick"), file="b.csv"
    )
    assert "line 2.valid_from must be a day" in refused(
        head + good.replace("2026-01-01", "1/1/2026"), file="b.csv"
    )
    assert "line 1 says “knd”, unknown here; the nearest is “kind”" in refused(
        head.replace("kind", "knd") + good, file="b.csv"
    )
    take_in("\ufeff" + head + good + ",,,\n", file="b.csv", by=None, at=FRIDAY)
    assert Body.objects.get().key == "omic"


def test_the_samples_say_where_they_were_read_and_vouch_in_four_languages(cast: Cast) -> None:
    for path in sorted(SHIPPED.glob("*.toml")):
        take_in(path.read_text("utf-8"), file=path.name, by=None, at=FRIDAY)
    for body in every_body():
        assert body.source, body.key
        assert body.decides.missing() == [], body.key
        assert not body.how_to_file or body.how_to_file.missing() == [], body.key
