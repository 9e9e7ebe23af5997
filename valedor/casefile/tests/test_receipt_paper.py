"""The receipt as PDF: read back what it claims, and nothing somebody writes can break it."""

import io
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from valedor.casefile.paper.typeset import NotTypeset, drawable, typeset
from valedor.casefile.receipts import paper_words
from valedor.foundation.multilingual import LANGUAGES

AT = datetime(2026, 11, 20, 8, 14, tzinfo=UTC)
HOSTILE = '#panic("x") *b* $x$ \\ @ref <l> `raw` = no\n#include "/etc/passwd"\n```typ #{1}```'


def values(language: str, **changed: Any) -> dict[str, Any]:
    return {
        "title": "Justificant 2026-004182-P",
        "foot": "Aigües del Besòs",
        "entity": "Aigües del Besòs",
        "words": paper_words(language),
        "facts": [("Referència", "2026-004182-P")],
        "narrative": "M'heu cobrat dues vegades.",
        "points": ["Doble cobrament"],
        "remedy": "Devolució",
        "documents": [{"name": "factura.pdf", "size": "3 kB", "sha256": "ab" * 32}],
        "refused": [{"name": "film.mov", "reason": "massa gran"}],
        "dates": [{"duty": "Resposta", "day": "dilluns", "law": "art. 13", "note": ""}],
        "later": ["Junta Arbitral"],
        "address": "https://house/besos/case",
        "hash": "cd" * 32,
        **changed,
    }


def kinds_of_structure(element: Any) -> set[str]:
    kinds = (
        {str(element.S)} if isinstance(element, pikepdf.Dictionary) and "/S" in element else set()
    )
    children = element.get("/K") if isinstance(element, pikepdf.Dictionary) else None
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            kinds |= kinds_of_structure(child)
    return kinds


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_it_is(language: str) -> None:
    made = typeset("receipt", values(language), language, at=AT)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert str(pdf.Root.Lang).lower() == language
        assert bool(pdf.Root.MarkInfo.Marked)
        kinds = kinds_of_structure(pdf.Root.StructTreeRoot)
        assert {"/Document", "/H1", "/H2", "/P", "/L", "/LI", "/LBody"} <= kinds
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Justificant 2026-004182-P"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        fonts = [
            font.get("/DescendantFonts", [font])[0]
            for page in pdf.pages
            for font in page.Resources.Font.values()
        ]
        assert fonts
        for font in fonts:
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys())


def test_the_same_values_make_the_same_bytes() -> None:
    first = typeset("receipt", values("ca"), "ca", at=AT)
    assert first == typeset("receipt", values("ca"), "ca", at=AT)


def test_a_moment_by_the_clocks_of_a_place_is_a_moment() -> None:
    here = AT.astimezone(ZoneInfo("Europe/Madrid"))
    assert typeset("receipt", values("ca"), "ca", at=here).startswith(b"%PDF")


def test_markup_in_the_text_stays_text() -> None:
    hostile = values("es", narrative=HOSTILE, points=[HOSTILE], entity=HOSTILE, remedy=HOSTILE)
    hostile["documents"][0]["name"] = HOSTILE
    assert typeset("receipt", hostile, "es", at=AT).startswith(b"%PDF")


@pytest.mark.parametrize(
    "text",
    [
        "\0",
        "\u202e",
        "😀 ✅ 👨‍👩‍👧",
        "漢字仮名" * 30,
        "e\u0301\u0302\u0303",
        "\ue000",
        "\ud800",
        "עברית عربي",
        "",
    ],
)
def test_no_sign_stops_it(text: str) -> None:
    made = typeset("receipt", values("es", narrative=text), "es", at=AT)
    assert made.startswith(b"%PDF")


@given(some.text())
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_set(text: str) -> None:
    assert typeset("receipt", values("en", narrative=text), "en", at=AT).startswith(b"%PDF")


def test_what_cannot_be_drawn_is_written_by_its_number() -> None:
    assert drawable("Olá 😀\u202e!") == "Olá ⟨U+1F600⟩⟨U+202E⟩!"
    assert drawable("a\r\nb\tc") == "a\nb c"


def test_an_unknown_paper_is_our_own_fault() -> None:
    with pytest.raises(NotTypeset):
        typeset("../secret", {}, "es", at=AT)
