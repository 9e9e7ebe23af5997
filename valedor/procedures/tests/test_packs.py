"""The shipped packs are whole, and a bad one is refused with file, key and the nearest word."""

import re
import tomllib
from importlib.resources import files

import pytest

from valedor.foundation.multilingual import LANGUAGES
from valedor.procedures.catalogue import Catalogue, catalogue
from valedor.procedures.conflicts import conflicts
from valedor.procedures.countings import countings
from valedor.procedures.explanation import holiday_in_words
from valedor.procedures.loading import pack_from_text
from valedor.procedures.refusals import PackRefused, UnknownRegime
from valedor.procedures.schema import Pack
from valedor.procedures.sources import sources
from valedor.procedures.vocabulary_tables import (
    FOLDER,
    cost_and_effect,
    incomplete_words,
    vocabulary,
)

SHOWN_TO_PEOPLE = (
    "es-trlgdcu-21",
    "es-lsac-2025",
    "es-ct-consumer-code",
    "es-adr-7-2017",
    "es-consumer-arbitration",
    "br-sac",
    "br-telecom",
    "br-consumidor-gov",
    "br-cdc",
    "iso-10002",
    "iso-10001",
    "generic-ombudsman",
)
TABLES = sorted(path.stem for path in FOLDER.glob("*.toml"))
SHIPPED = catalogue().pack("br-sac").text


def test_forty_regimes_with_every_clock() -> None:
    packs = catalogue().packs()
    assert len(packs) == 40
    assert sum(len(pack.clocks) for pack in packs) == 160


@pytest.mark.parametrize("table", TABLES)
def test_every_word_is_there_in_every_language(table: str) -> None:
    assert incomplete_words(table) == []


@pytest.mark.parametrize("key", SHOWN_TO_PEOPLE)
def test_complainants_are_told_what_is_promised_and_where_to_go_next(key: str) -> None:
    pack = catalogue().pack(key)
    assert pack.names.missing() == []
    assert pack.promises.missing() == []
    assert pack.doors
    for door in pack.doors:
        for body in door.to:
            assert all(cost_and_effect("bodies", body))


def test_every_word_of_the_packs_tables_is_used() -> None:
    """A word that neither a pack nor the content of a letter uses is taken out of its table."""
    text = "\n".join(pack.text for pack in catalogue().packs())
    in_letters = _contents_of_letters()
    for table in ("events", "content", "consequences", "grounds", "openings", "readings", "bodies"):
        for word in vocabulary(table):
            used = re.search(rf'["\[.]{re.escape(word)}["\].]', text)
            is_told = table == "content" and word in in_letters
            assert used or is_told or word == "extended", f"{table}: {word}"


def _contents_of_letters() -> set[str]:
    folder = files("valedor.procedures") / "letters"
    letters = [tomllib.loads(one.read_text("utf-8")) for one in folder.iterdir()]
    return {word for letter in letters for word in letter.get("contents", {})}


def test_every_clock_has_a_name_for_readers() -> None:
    named = {clock.name for pack in catalogue().packs() for clock in pack.clocks.values()}
    assert named == set(vocabulary("clocks"))


def test_clocks_agree_with_their_conditions() -> None:
    for pack in catalogue().packs():
        assert set(pack.applies_when.facts) <= set(vocabulary("facts"))
        for clock in pack.clocks.values():
            assert clock.rule.limit.counting.key in countings()
            assert set(clock.sources) <= set(sources())
            assert clock.starts_on


def test_an_old_version_loads_from_its_text_alone() -> None:
    pack = catalogue().pack("br-sac")
    again = pack_from_text(pack.text)
    assert again == pack
    assert re.fullmatch(r"2026-11-22\.[0-9a-f]{12}", pack.version)
    changed = pack_from_text(pack.text.replace("length = 7", "length = 8"))
    assert changed.version != pack.version


def test_conflicts_name_what_exists() -> None:
    assert len(conflicts()) == 12
    assert conflicts()["state-15-days-vs-catalan-month"].effect == "earlier"


def test_an_unknown_regime_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownRegime) as unknown:
        Catalogue().pack("br-sacc")
    assert unknown.value.nearest == "br-sac"


@pytest.mark.parametrize(
    ("old", "new", "key", "near"),
    [
        ('starts_on = ["contact"]', 'starts_on = ["contacts"]', "protocol.starts_on", "contact"),
        ('on = "company"', 'on = "firm"', "protocol.on", ""),
        ('"federally_regulated_service"', '"federal_service"', "applies_when.all", "federal"),
        ('["case_reference"]', '["case_refrence"]', "must_hold", "case_reference"),
        ('instance = "company"', 'instance = "compny"', "instance", "company"),
        ('"ouvidoria"', '"ouvidoria_"', "doors[1].to", "ouvidoria"),
        ('kinds = ["enquiry"', 'kinds = ["inquiry"', "kinds", "enquiry"),
        ('counting = "br-cc132"', 'counting = "br-cc133"', "counting", "br-cc132"),
        ('unit = "calendar_days"', 'unit = "days"', "clocks.answer.unit", "calendar_days"),
        ("length = 7", "length = -7", "clocks.answer.length", "zero or more"),
        ("length = 7", "length = 7000000", "clocks.answer.length", "too long"),
        ("length = 7", "lenght = 7", "clocks.answer", ""),
        ("length = 7", 'length = "seven"', "clocks.answer.length", "whole number"),
        ("roll_forward = false", 'roll_forward = "no"', "roll_forward", "true or false"),
        ("in_force_from = 2022-10-03", 'in_force_from = "2022"', "in_force_from", "a day"),
        ('version = "2026-11-22"', 'version = "latest"', "version", "a day"),
        ('jurisdiction = "BR"', 'jurisdiction = "BR-XX"', "jurisdiction", "BR"),
        ('key = "br-sac"\n', "", "key is missing", ""),
        ('basis = "text"', 'basis = "rumour"', "basis", ""),
        ("readings.no_roll]", "readings.no_rolls]", "readings.no_rolls", "no_roll"),
        ("[titles]", "[titles]\nfr = 'x'", "titles.fr", "pt-BR"),
        ("[names]\nen", "[names]\n# en", "names.en is missing", ""),
        ("[clocks.answer]", "[clocks.protocol]", "not well-formed TOML", "line"),
        ("[titles]", "[titles", "not well-formed TOML", "line"),
    ],
)
def test_a_bad_pack_is_refused(old: str, new: str, key: str, near: str) -> None:
    assert old in SHIPPED
    with pytest.raises(PackRefused) as refused:
        pack_from_text(SHIPPED.replace(old, new, 1), file="br-sac.toml")
    message = refused.value.message
    assert message.startswith("br-sac.toml")
    assert key in message
    assert near in message
    assert "%(" not in message


@pytest.mark.parametrize(
    "text", ["", "x", "\x00", "a = 1", "[[" * 5000, "key = 3\n" * 2, "é" * 10_000]
)
def test_what_is_no_pack_at_all_is_refused(text: str) -> None:
    with pytest.raises(PackRefused):
        pack_from_text(text, file="odd.toml")


def test_a_pack_that_cannot_be_read_as_text_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "odd.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PackRefused, match="UTF-8"):
        Catalogue(tmp_path).pack("odd")


def test_a_pack_is_named_after_its_key(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "other.toml").write_text(SHIPPED, "utf-8")
    with pytest.raises(PackRefused, match="name the file after it"):
        Catalogue(tmp_path).pack("other")


def test_titles_fall_back(settings) -> None:  # type: ignore[no-untyped-def]
    pack: Pack = catalogue().pack("us-cfpb")
    assert {language for language in LANGUAGES if pack.titles.in_language(language)} == set(
        LANGUAGES
    )


def test_a_holiday_nobody_translated_keeps_its_name() -> None:
    from django.utils import translation

    with translation.override("ca"):
        assert holiday_in_words("Good Friday") == "Divendres Sant"
        assert holiday_in_words("Day of the Unknown") == "Day of the Unknown"
