"""Every address that somebody might try for something that is not theirs: those of the access table
with its own particulars and with the numbers of what is hidden, and every search for its words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import pypdfium2
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse

from tests.architecture.access_table import ROWS, Row

# What an address of the table calls the things of which a file has some, too.
_CALLED = {
    "document_id": "document_id",
    "letter_id": "letter_id",
    "raw_id": "raw_id",
    "entry_id": "entry_id",
    "item": "item",
    "person_id": "person_id",
    "number": "person_id",
}
_BY_REFERENCE = frozenset({"case", "file"})
_NUMBERS_OF_READS = {"api-v1:read_scan", "api-v1:fetch_scan", "api-v1:read_held"}

# Where words are looked for: the address, and what its question is called.
SEARCHES: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("desk:search", {}, "q"),
    ("desk:filters", {}, "q"),
    ("desk:persons", {}, "q"),
    ("desk:scans", {}, "q"),
    ("desk:knowledge", {}, "q"),
    ("desk:register_known", {}, "email"),
    ("desk:register_known", {}, "telephone"),
    ("desk:case", {"reference": "case"}, "q"),
    ("portal:help", {"entity_key": "besos"}, "q"),
    ("portal:sign_in", {"entity_key": "besos"}, "for"),
    ("api-v1:find_persons", {}, "known"),
    ("api-v1:list_articles", {}, "q"),
    ("api-v1:list_scans", {}, "q"),
)
# Lists that show something else when they are asked so.
_MORE: tuple[tuple[str, dict[str, str]], ...] = (
    ("desk:hearings", {"all": ""}),
    ("desk:held", {"aside": ""}),
    ("desk:register", {"held": "1"}),
    ("desk:give_out", {"queue": "all"}),
    *(
        ("desk:queues", {"queue": queue})
        for queue in ("mine", "team", "unassigned", "all", "due", "overdue", "closed")
    ),
    ("desk:office", {"files": "over"}),
    ("api-v1:list_cases", {"limit": "100"}),
    ("api-v1:list_held", {"state": "aside"}),
)


@dataclass(frozen=True)
class Door:
    """An address, and how it is asked."""

    name: str
    address: str
    method: str = "get"
    query: tuple[tuple[str, str], ...] = ()

    def asked(self, word: str) -> "Door":
        """The same search for another word."""
        return replace(self, query=tuple((name, word) for name, _word in self.query))


def doors(
    named: Mapping[str, Any], references: Sequence[str], hidden: Mapping[str, Sequence[int]]
) -> list[Door]:
    """Every row of the table as it stands there, and with each particular that is hidden."""
    found: dict[tuple[str, str], Door] = {}
    for row in ROWS:
        for arguments in _arguments(row, references, hidden):
            known = {
                name: named.get(value, value) if isinstance(value, str) else value
                for name, value in arguments.items()
            }
            try:
                address = reverse(row.name, kwargs=known)
            except NoReverseMatch:
                continue  # A word where the address takes a number.
            found.setdefault((address, ""), Door(row.name, address, row.method))
    for name, query in _MORE:
        if any(row.name == name for row in ROWS):
            found[reverse(name), str(query)] = Door(name, reverse(name), query=tuple(query.items()))
    return list(found.values())


def _arguments(
    row: Row, references: Sequence[str], hidden: Mapping[str, Sequence[int]]
) -> Iterator[dict[str, Any]]:
    """The row's own particulars, and every mixture with those of what is hidden."""
    choices: list[list[tuple[str, Any]]] = []
    for name, value in row.arguments.items():
        others: Iterable[Any] = ()
        if isinstance(value, str) and value in _BY_REFERENCE:
            others = references
        elif row.name in _NUMBERS_OF_READS:
            others = hidden.get("raw_id", ())
        elif name in _CALLED:
            others = hidden.get(_CALLED[name], ())
        choices.append([(name, value), *((name, one) for one in others)])
    yield from map(dict, product(*choices))


def searches(named: Mapping[str, Any], word: str) -> Iterator[Door]:
    """Every place at which somebody can look for a word."""
    for name, arguments, asked in SEARCHES:
        known = {key: named.get(value, value) for key, value in arguments.items()}
        yield Door(name, reverse(name, kwargs=known), query=((asked, word),))


def told_by(response: HttpResponse) -> str:
    """All that an answer says: its headers, its body, and the words of a PDF."""
    body = b"".join(response) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{headers}\n{_text_of(body)}"


def _text_of(body: bytes) -> str:
    if body.startswith(b"%PDF"):
        with pypdfium2.PdfDocument(body) as paper:
            return "\n".join(page.get_textpage().get_text_bounded() for page in paper)
    return body.decode(errors="replace")


_VOLATILE = [
    re.compile(pattern)
    for pattern in (
        r'name="csrfmiddlewaretoken" value="[^"]*"',
        r'(?i)"x-csrftoken": ?"[^"]*"',
        r"nonce[=-]['\"]?[A-Za-z0-9+/=_-]+",
        r'name="(?:token|draft_place)" value="[^"]*"',
        r"Set-Cookie: [^\n]*",
        r"(?:X-Request-ID|Expires|Content-Length|ETag): [^\n]*",
    )
]


def steady(text: str) -> str:
    """An answer without what is drawn anew each time: tokens of forms and of scripts."""
    for pattern in _VOLATILE:
        text = pattern.sub("…", text)
    return text
