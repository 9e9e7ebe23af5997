"""A wrong mapping gets a sentence that names file, key and the nearest word."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from valedor.intake.importing.dates import Calendar
from valedor.intake.importing.expressions import expression, reader_of
from valedor.intake.importing.mapping import read_mapping, shipped_names
from valedor.intake.importing.refusing import MappingWrong, RowRejected

GOOD = """
language = "es"
[columns]
id = "id"
day = ["day", "date"]
words = "words"
[key]
columns = ["id"]
[case]
kind = { value = "complaint" }
received = "day"
narrative = "words"
"""


def test_the_shipped_mappings_are_sound() -> None:
    assert shipped_names() == [
        "anatel-br",
        "cfpb",
        "consumidor-gov-br",
        "madrid-avisos",
        "pamplona-quejas",
        "spreadsheet",
    ]
    for name in shipped_names():
        assert read_mapping(name).source


def test_a_mapping_of_ones_own_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("\ufeff" + GOOD, encoding="utf-8")

    mapping = read_mapping(str(path))
    assert (mapping.name, mapping.source, mapping.precision) == ("mine", "mine", "moment")
    assert mapping.columns["day"] == ("day", "date")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[key]", "[kay]", "mine.toml: there is no key “kay”. The nearest word is “key”."),
        ("received =", "receved =", "no key “case.receved”. The nearest word is “received”."),
        (
            '"complaint"',
            '"complain"',
            "case.kind “complain” is no kind of contact. The nearest word",
        ),
        ('received = "day"', 'received = "dey"', "case.received reads the column “dey”"),
        ('received = "day"', "", "case.received is missing"),
        ('narrative = "words"', "", "case.narrative is missing"),
        ('narrative = "words"', "narrative = 7", "case.narrative: write the name of a column"),
        ('narrative = "words"', 'narrative = { colum = "words" }', "narrative.colum: there is no"),
        ('narrative = "words"', 'narrative = { joined_by = " " }', "write one of “column”"),
        ('language = "es"', 'language = "spanish"', "“language” is one of"),
        ('language = "es"', 'language = "es"\nprecision = "year"', "“precision” is one of"),
        ('language = "es"', 'language = "es"\ntimezone = "Europe/Madird"', "is no time zone"),
        ("[key]", '[file]\nencodings = ["utf-9"]\n[key]', "there is no encoding “utf-9”"),
        ("[key]", '[file]\nquote = "~~"\n[key]', "file.quote is one character"),
        ("[key]", '[answer]\ntext = "words"\n[key]', "answer.at is missing"),
        ("[key]", '[closing]\nwhen = "id"\n[key]', "closing.when is a table"),
        (
            "[key]",
            '[closing]\nwhen = { column = "id", is = ["x"] }\n[key]',
            "closing.at is missing",
        ),
        ("[columns]", "[columns", "cannot be read as TOML"),
    ],
)
def test_a_wrong_mapping_is_told_where_it_is_wrong(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(MappingWrong) as told:
        read_mapping(str(path))
    assert message in str(told.value)
    assert str(told.value).startswith("mine.toml")


def test_an_unknown_name_gets_the_nearest_one() -> None:
    with pytest.raises(MappingWrong, match="The nearest word is “madrid-avisos”") as told:
        read_mapping("madrid-aviso")
    assert "consumidor-gov-br" in told.value.hint


# ------------------------------------------------------------------ values
def test_expressions_read_cells() -> None:
    places = {"a": 0, "b": 1}
    row = [" uno ", "dos"]

    def read(written: object) -> str:
        return reader_of(expression(written, "x"), places)(row)

    assert read("a") == "uno"
    assert read(["a", "b"]) == "uno\ndos"
    assert read({"columns": ["a", "b"], "joined_by": ", "}) == "uno, dos"
    assert read({"text": "{a} y {b}"}) == "uno y dos"
    assert read({"value": "tres"}) == "tres"
    assert read({"column": "a", "values": {"UNO": "1"}}) == "1"
    assert read({"column": "a", "values": {"x": "1"}, "otherwise": "?"}) == "?"
    assert read("missing") == ""
    with pytest.raises(RowRejected, match="“uno” is not among the words that x knows"):
        read({"column": "a", "values": {"x": "1"}})


def test_dates_are_local_to_the_zone_and_keep_their_precision() -> None:
    madrid = ZoneInfo("Europe/Madrid")
    moment = Calendar(("iso", "%d/%m/%Y"), madrid, "moment")
    assert moment.read("2023-07-01T22:30:00+00:00") == datetime(2023, 7, 1, 22, 30, tzinfo=UTC)
    assert moment.read("2023-07-01T22:30:00+0000") == datetime(2023, 7, 1, 22, 30, tzinfo=UTC)
    assert moment.read("01/07/2023") == datetime(2023, 6, 30, 22, tzinfo=UTC)
    # 22:30 UTC is the next day in Madrid.
    day = Calendar(("iso",), madrid, "day")
    assert day.read("2023-07-01T22:30:00+00:00") == datetime(2023, 7, 1, 22, tzinfo=UTC)
    month = Calendar(("%Y-%m",), madrid, "month")
    assert month.read("2023-07") == datetime(2023, 6, 30, 22, tzinfo=UTC)
    for wrong in ("31/02/2023", "mañana", "0203-07-01", "2023-13-01"):
        with pytest.raises(RowRejected):
            moment.read(wrong)
