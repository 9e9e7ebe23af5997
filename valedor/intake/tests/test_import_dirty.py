"""Dirty files: what cannot be read is kept with its reason, and costs no other row."""

import csv
import gzip
from pathlib import Path

import pytest

from valedor.casefile.models import (
    Case,
    EntryContent,
)
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.references import reference_of
from valedor.intake.importing.loading import load
from valedor.intake.importing.mapping import mapping_text, read_mapping
from valedor.intake.importing.models import ImportedFile, ImportReject
from valedor.intake.importing.refusing import MappingWrong
from valedor.intake.importing.rejects import write_rejects
from valedor.intake.tests.files import (
    AT,
    MADRID,
    a_file,
    bring_in,
    figures,
    notice_row,
    reasons,
)
from valedor.people.models import Entity


def test_what_cannot_be_read_is_kept_with_line_and_reason(besos: Entity, tmp_path: Path) -> None:
    good = notice_row(1, 'Con "comillas",\r\nsalto de línea, y comas')
    content = (
        MADRID.encode()
        + good.encode()
        + notice_row(2, "Acción en Latin-1: ñandú").encode("cp1252")
        + b"3,2023-09-01T00:00:00+00:00,Aviso,short row\r\n"
        + b"shifted,"
        + notice_row(4, "Una columna de mas").encode()
        + notice_row(5, "Fecha", filed="el martes").encode()
        + notice_row(6, "Nulo \0 dentro").encode()
        + notice_row(7, "Antes", state="final_ok_node", filed="2023-10-01T00:00:00+00:00").encode()
        + notice_row(8, "Futuro", filed="2120-01-01T00:00:00+00:00").encode()
        + b"\r\n"
        + notice_row(9, "", service="").replace("Calle Mayor", "").encode()
        + b'10,2023-09-01T00:00:00+00:00,Aviso,"never closed,x,y\r\n'
        + notice_row(11, "La ultima llega").encode()
    )
    path = a_file(tmp_path, content)
    summary = bring_in(besos, "madrid-avisos", path)

    assert figures(summary) == (11, 3, 0, 8)
    told = reasons(besos)
    assert [line for line, _reason in told] == [5, 6, 7, 8, 9, 10, 12, 13]
    for (_line, reason), words in zip(
        told,
        (
            "4 columns, the header has 18", "19 columns", "“el martes” is no date", "null byte",
            "before it was received", "in the future", "no text", "never closes",
        ),
        strict=True,
    ):  # fmt: skip
        assert words in reason
    with viewing(the_house(besos)):
        bodies = set(EntryContent.objects.values_list("body", flat=True))
        assert 'Con "comillas",\r\nsalto de línea, y comas' in bodies
        assert "Acción en Latin-1: ñandú" in bodies
        null = ImportReject.objects.get(reason__contains="null")
        assert bytes(null.content) == notice_row(6, "Nulo \0 dentro").encode()

    rejects = tmp_path / "rejects.csv"
    assert write_rejects(list(ImportedFile.objects.all()), besos, rejects) == 8
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.DictReader(file))
    assert [row["line"] for row in listed] == ["5", "6", "7", "8", "9", "10", "12", "13"]
    assert listed[0]["row"].startswith("3,2023-09-01")


def test_a_corrected_mapping_gives_rejected_rows_another_chance(
    besos: Entity, tmp_path: Path
) -> None:
    rows = "1,2026-01-05,Se oye mal,cosa\n2,2026-01-06,Bien,queja\n"
    path = a_file(tmp_path, "number,received,text,kind\n" + rows)
    assert figures(bring_in(besos, "spreadsheet", path)) == (2, 1, 0, 1)
    shipped = mapping_text("spreadsheet").decode()
    known = shipped.replace('"queja" = "complaint"', '"queja" = "complaint", "cosa" = "complaint"')
    corrected = a_file(tmp_path, known, "corrected.toml")
    assert figures(bring_in(besos, str(corrected), path, digest="e")) == (2, 1, 1, 0)
    with viewing(the_house(besos)):
        assert not ImportReject.objects.filter(settled_at=None).exists()


def test_a_reason_names_the_days_of_the_file(besos: Entity, tmp_path: Path) -> None:
    content = (
        "number;received;text;answered;answer\r\n"
        "1;01/05/2126;Later;;\r\n"
        "2;09/01/2026;Backwards;01/01/2026;Too soon\r\n"
    )
    bring_in(besos, "spreadsheet", a_file(tmp_path, content))
    assert [reason for _line, reason in reasons(besos)] == [
        "It would have been received in the future, on 2126-05-01.",
        "It was answered (2026-01-01) before it was received (2026-01-09).",
    ]


def test_a_row_that_the_database_refuses_costs_only_itself(
    besos: Entity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from valedor.intake.importing import composing

    content = MADRID + "".join(notice_row(number, f"Aviso {number}") for number in range(20))

    drawn = iter(range(100))

    def too_long_at_times(year: int, number: int) -> str:
        # The batch fails as a whole; then, row by row, the same one fails alone.
        return "x" * 60 if next(drawn) in {7, 27} else reference_of(year, number)

    monkeypatch.setattr(composing, "reference_of", too_long_at_times)
    summary = bring_in(besos, "madrid-avisos", a_file(tmp_path, content))

    assert figures(summary) == (20, 19, 0, 1)
    assert "The database refused the row" in reasons(besos)[0][1]


def test_packed_files_are_read_and_damaged_ones_told(besos: Entity, tmp_path: Path) -> None:
    rows = "".join(notice_row(number, f"Aviso {number} " + "x" * 50) for number in range(300))
    packed = gzip.compress((MADRID + rows).encode())
    cut = a_file(tmp_path, packed[: len(packed) // 2], "cut.csv.gz")
    with pytest.raises(MappingWrong, match="is damaged after line"):
        bring_in(besos, "madrid-avisos", cut)

    whole = a_file(tmp_path, packed, "whole.csv.gz")
    summary, _files = load(read_mapping("madrid-avisos"), "d", [whole], besos, at=AT)
    assert summary.is_reconciled
    with viewing(the_house(besos)):
        assert Case.objects.count() == 300


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"number,when,text\n1,2026-01-01,Hola\n", "no column “received”"),
        ("number,received,text\n".encode("utf-16"), "UTF-16"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_before_anything_is_written(
    besos: Entity, tmp_path: Path, content: bytes, message: str
) -> None:
    with pytest.raises(MappingWrong, match=message):
        bring_in(besos, "spreadsheet", a_file(tmp_path, content))
    assert not ImportedFile.objects.exists()


def test_a_quotation_mark_in_the_middle_of_a_cell_swallows_no_rows(
    besos: Entity, tmp_path: Path
) -> None:
    rows = [
        "number;received;kind;text\n",
        '1;2026-11-02;complaint;a pipe of 5" leaks\n',
        '2;2026-11-03;complaint;"said ""no"", then\nleft"\n',
        '3;2026-11-04;complaint;"closed" and 3" more\n',
        "4;2026-11-05;complaint;plain\n",
    ]
    path = a_file(tmp_path, "".join(rows))
    assert figures(bring_in(besos, "spreadsheet", path)) == (4, 4, 0, 0)
