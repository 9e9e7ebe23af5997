"""Tables and words as Markdown writes them."""

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with an empty line after it."""
    lines = [_line(head), "|" + "---|" * len(head), *map(_line, rows)]
    return "\n".join(lines) + "\n\n"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def code(text: str) -> str:
    """Something that is typed."""
    return f"`{text}`"


def codes(words: Iterable[str]) -> str:
    """Several of them."""
    return ", ".join(map(code, words))


def paragraphs(docstring: str | None) -> str:
    """A docstring as running text: double backquotes are reStructuredText."""
    return (docstring or "").strip().replace("``", "`")


def first_paragraph(docstring: str | None) -> str:
    """Its first paragraph, on one line."""
    return " ".join(paragraphs(docstring).split("\n\n")[0].split())


def written_from(*places: str) -> str:
    """Says below a title where a page comes from."""
    return f"<!-- Written by `make docs` from {', '.join(places)}: change it there. -->\n\n"
