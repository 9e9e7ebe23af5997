"""No template of the product carries style or script of its own: the page's policy refuses both."""

import re
from pathlib import Path

import pytest

PRODUCT = Path(__file__).parents[2]
TEMPLATES = sorted(
    path for path in PRODUCT.glob("**/templates/**/*") if path.suffix in {".html", ".svg"}
)

# A letter by mail is no page: mail programs know nothing but inline styles.
PAGES = [path for path in TEMPLATES if not {"mail", "letters"} & set(path.parts)]

FORBIDDEN = {
    "inline style": r"<[^>]*\sstyle\s*=",
    "style element": r"<style\b",
    "inline handler": r"<[^>]*\son[a-z]+\s*=",
    "htmx handler": r"\shx-on[:\w-]*\s*=",
    # A block of JSON is data that nothing runs; the sign-in library's own files read it.
    "script without a file": r"<script\b(?![^>]*\bsrc=)(?![^>]*\btype=\"application/json\")",
    "address that is code": r"(?:href|src|action)\s*=\s*[\"']?\s*javascript:",
    "style by script": r"\shx-vals\s*=\s*[\"']?js:",
}


def test_templates_were_found() -> None:
    assert any(path.name == "rail.html" for path in PAGES)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_templates_carry_nothing_inline(what: str) -> None:
    offenders = [
        str(path.relative_to(PRODUCT))
        for path in PAGES
        if re.search(FORBIDDEN[what], path.read_text(), re.IGNORECASE)
    ]

    assert offenders == []


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_search_finds_what_it_forbids(what: str) -> None:
    examples = {
        "inline style": '<div class="x" style="color:red">',
        "style element": "<style>",
        "inline handler": '<a href="#" onclick="go()">',
        "htmx handler": '<a hx-on:click="go()">',
        "script without a file": "<script>go()</script>",
        "address that is code": '<a href="javascript:go()">',
        "style by script": "<a hx-vals='js:{}'>",
    }

    assert re.search(FORBIDDEN[what], examples[what], re.IGNORECASE)


SCRIPTS = sorted((PRODUCT / "design" / "static" / "js").glob("*.js"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_an_element_is_one_file_named_like_it(path: Path) -> None:
    text = path.read_text()

    assert f'customElements.define("{path.stem}"' in text
    assert re.search(r"^\s*(import|export)\b", text, re.MULTILINE) is None
    assert re.search(r"\beval\(|new Function|innerHTML|\.style\b", text) is None


def test_the_base_page_loads_every_element() -> None:
    base = (PRODUCT / "design/templates/design/base.html").read_text()

    assert sorted(re.findall(r"js/([\w-]+)\.js", base)) == [path.stem for path in SCRIPTS]
