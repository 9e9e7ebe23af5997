"""A mapping: which column of a file is what, read from TOML and checked before the first row.

docs/reference/import-mappings.md describes the language.
"""

import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from valedor.casefile.models import Case, Instance, Kind
from valedor.foundation.multilingual import LANGUAGES
from valedor.intake.importing.dates import ISO, DateSource, date_sources
from valedor.intake.importing.expressions import Expression, expression
from valedor.intake.importing.refusing import MappingWrong, listed, nearest

SHIPPED = Path(__file__).with_name("mappings")
_TOP = (
    "source", "language", "precision", "timezone", "regimes", "region", "instance", "file",
    "columns", "optional_columns", "key", "count", "case", "complainant", "answer", "closing",
)  # fmt: skip
_FILE = ("encodings", "delimiters", "quote", "dates", "missing")
_CASE = (
    "kind", "channel", "received", "subject", "narrative", "remedy_sought", "contract_number",
    "categories", "language",
)  # fmt: skip
_COMPLAINANT = ("name", "email", "telephone", "postal_address", "identity_number", "place")
_ANSWER = ("at", "text")
_CLOSING = ("when", "at", "outcome", "rating")
_WHEN = ("column", "is")


@dataclass(frozen=True, kw_only=True)
class When:
    """Rows of which a column holds one of these words."""

    column: str
    words: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """A mapping, checked but for the columns of a file."""

    name: str
    source: str
    language: str
    precision: str
    timezone: str
    regimes: tuple[str, ...] | None
    region: str
    instance: str

    encodings: tuple[str, ...]
    delimiters: tuple[str, ...]
    quote: str
    dates: tuple[str, ...]
    missing: frozenset[str]  # What stands in a cell that says nothing.

    columns: Table[str, tuple[str, ...]]  # Our name → names in headers, the first found holds.
    optional: frozenset[str]
    key: tuple[str, ...]
    count: str

    values: Table[str, Expression]  # kind, channel, subject, narrative, complainant.name…
    categories: tuple[Expression, ...]
    received: tuple[DateSource, ...]
    answered: tuple[DateSource, ...] = ()
    closed: tuple[DateSource, ...] = ()
    closed_when: When | None = None
    text: bytes = field(default=b"", repr=False)  # As it was written, to be read again later.

    @property
    def needs(self) -> dict[str, str]:
        """Every column that the mapping reads, and one key that reads it."""
        found: dict[str, str] = {}
        for where, expressed in self.values.items():
            found.update(dict.fromkeys(expressed.needs, where))
        for expressed in self.categories:
            found.update(dict.fromkeys(expressed.needs, "case.categories"))
        for where, sources in (
            ("case.received", self.received),
            ("answer.at", self.answered),
            ("closing.at", self.closed),
        ):
            found.update({source.column: where for source in sources})
        found.update(dict.fromkeys(self.key, "key.columns"))
        if self.count:
            found[self.count] = "count.column"
        if self.closed_when:
            found[self.closed_when.column] = "closing.when"
        return found


def shipped_names() -> list[str]:
    """The mappings that come with the house."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def read_mapping(name: str) -> Mapping:
    """The mapping of this name, or at this path. Raises ``MappingWrong``."""
    file = Path(name).name if name not in shipped_names() else f"{name}.toml"
    return mapping_from(mapping_text(name), file)


def mapping_from(text: bytes, file: str) -> Mapping:
    """The mapping that a text says. Raises ``MappingWrong``, which names ``file``."""
    try:
        written = tomllib.loads(text.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingWrong(f"{file} cannot be read as TOML: {error}.") from error
    return replace(_Reading(file, written).mapping(file.removesuffix(".toml")), text=text)


def mapping_text(name: str) -> bytes:
    """The bytes of a mapping. Raises ``MappingWrong`` where there is none."""
    if name in shipped_names():
        return (SHIPPED / f"{name}.toml").read_bytes()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise MappingWrong(
            f"There is no mapping “{name}”, neither shipped nor as a file."
            f"{nearest(name, shipped_names())}",
            hint=f"the shipped ones are {', '.join(shipped_names())}",
            code="mapping_unknown",
        ) from error


class _Reading:
    """Reads the tables of one mapping; every refusal names file and key."""

    def __init__(self, file: str, written: dict[str, Any]) -> None:
        self.file = file
        self.written = written

    def mapping(self, name: str) -> Mapping:
        self._known(self.written, "", _TOP)
        file = self._table("file", _FILE)
        case = self._table("case", _CASE)
        answer, closing = self._table("answer", _ANSWER), self._table("closing", _CLOSING)
        columns, optional = self._columns()
        values = {
            key: self._expression(f"case.{key}", case[key])
            for key in _CASE
            if key in case and key not in {"received", "categories"}
        }
        complainant = self._table("complainant", _COMPLAINANT)
        values |= {
            f"complainant.{key}": self._expression(f"complainant.{key}", written)
            for key, written in complainant.items()
        }
        if "text" in answer:
            values["answer.text"] = self._expression("answer.text", answer["text"])
        for key in ("outcome", "rating"):
            if key in closing:
                values[f"closing.{key}"] = self._expression(f"closing.{key}", closing[key])
        for key in ("kind", "narrative"):
            if key not in values:
                raise MappingWrong(f"{self.file}: case.{key} is missing.")
        if "received" not in case:
            raise MappingWrong(f"{self.file}: case.received is missing: clocks run from it.")
        if "text" in answer and "at" not in answer:
            raise MappingWrong(f"{self.file}: answer.at is missing: when was it answered?")
        mapping = Mapping(
            name=name,
            source=self._text("source", name, longest=80),
            language=self._one_of("language", LANGUAGES),
            precision=self._one_of("precision", Case.Precision.values, Case.Precision.MOMENT),
            timezone=self._timezone(),
            regimes=tuple(self._words("regimes")) if "regimes" in self.written else None,
            region=self._text("region", "", longest=20),
            instance=self._one_of("instance", Instance.Kind.values, Instance.Kind.COMPANY),
            encodings=self._encodings(file),
            delimiters=tuple(self._words("delimiters", file, [",", ";"], where="file.")),
            quote=self._quote(file),
            dates=tuple(self._words("dates", file, [ISO], where="file.")),
            missing=frozenset(self._words("missing", file, [], where="file.")),
            columns=columns,
            optional=optional,
            key=tuple(self._words("columns", self._table("key", ("columns",)), [], where="key.")),
            count=str(self._table("count", ("column",)).get("column", "")),
            values=values,
            categories=tuple(
                self._expression("case.categories", level) for level in case.get("categories", [])
            ),
            received=date_sources(case["received"], f"{self.file}: case.received"),
            answered=date_sources(answer["at"], f"{self.file}: answer.at")
            if "at" in answer
            else (),
            closed=date_sources(closing["at"], f"{self.file}: closing.at")
            if "at" in closing
            else (),
            closed_when=self._when(closing),
        )
        self._check(mapping)
        return mapping

    def _check(self, mapping: Mapping) -> None:
        for column, where in mapping.needs.items():
            if mapping.columns and column not in mapping.columns:
                raise MappingWrong(
                    f"{self.file}: {where} reads the column “{column}”, which [columns] does not "
                    f"name.{nearest(column, mapping.columns)}"
                )
        if mapping.closed_when and not mapping.closed:
            raise MappingWrong(f"{self.file}: closing.at is missing: when was it closed?")
        kinds = mapping.values["kind"]
        for word in [*kinds.values.values(), kinds.value, kinds.otherwise]:
            if word and word not in Kind.values:
                raise MappingWrong(
                    f"{self.file}: case.kind “{word}” is no kind of contact."
                    f"{nearest(word, Kind.values)}"
                )
        for word in (
            [*mapping.values["channel"].values.values(), mapping.values["channel"].value]
            if ("channel" in mapping.values)
            else []
        ):
            if word and word not in Case.Channel.values:
                raise MappingWrong(
                    f"{self.file}: case.channel “{word}” is no channel."
                    f"{nearest(word, Case.Channel.values)}"
                )

    def _known(self, table: dict[str, Any], where: str, known: tuple[str, ...]) -> None:
        for key in table:
            if key not in known:
                raise MappingWrong(
                    f"{self.file}: there is no key “{where}{key}”.{nearest(key, known)}"
                )

    def _table(self, key: str, known: tuple[str, ...]) -> dict[str, Any]:
        table = self.written.get(key, {})
        if not isinstance(table, dict):
            raise MappingWrong(f"{self.file}: “{key}” is a table: write [{key}].")
        self._known(table, f"{key}.", known)
        return table

    def _expression(self, key: str, written: Any) -> Expression:
        return expression(written, f"{self.file}: {key}")

    def _text(self, key: str, default: str, *, longest: int) -> str:
        written = self.written.get(key, default)
        if not isinstance(written, str) or len(written) > longest:
            raise MappingWrong(f"{self.file}: “{key}” is a text of at most {longest} characters.")
        return written

    def _one_of(self, key: str, known: Any, default: str | None = None) -> str:
        written = self.written.get(key, default)
        if written not in known:
            raise MappingWrong(
                f"{self.file}: “{key}” is one of {listed(known)}"
                + (f", not “{written}”." if written else ".")
                + nearest(str(written), known)
            )
        return str(written)

    def _words(
        self,
        key: str,
        table: dict[str, Any] | None = None,
        default: list[str] | None = None,
        *,
        where: str = "",
    ) -> list[str]:
        written = (self.written if table is None else table).get(key, default or [])
        if not isinstance(written, list) or not all(isinstance(word, str) for word in written):
            raise MappingWrong(f"{self.file}: “{where}{key}” is a list of words.")
        return written

    def _columns(self) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
        columns: dict[str, tuple[str, ...]] = {}
        for key in ("columns", "optional_columns"):
            table = self.written.get(key, {})
            if not isinstance(table, dict):
                raise MappingWrong(f"{self.file}: “{key}” is a table: write [{key}].")
            for name, written in table.items():
                names = [written] if isinstance(written, str) else written
                if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
                    raise MappingWrong(f"{self.file}: {key}.{name} is a name or a list of names.")
                columns[name] = tuple(names)
        return columns, frozenset(self.written.get("optional_columns", {}))

    def _timezone(self) -> str:
        name = self._text("timezone", "", longest=50)
        try:
            return name and ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise MappingWrong(
                f"{self.file}: “timezone” {name} is no time zone; write one like Europe/Madrid."
            ) from error

    def _encodings(self, file: dict[str, Any]) -> tuple[str, ...]:
        names = self._words("encodings", file, ["utf-8", "cp1252"], where="file.")
        for name in names:
            try:
                b"\x20".decode(name)
            except (LookupError, UnicodeError) as error:
                raise MappingWrong(
                    f"{self.file}: file.encodings: there is no encoding “{name}”."
                    f"{nearest(name, ('utf-8', 'cp1252', 'latin-1'))}"
                ) from error
        return tuple(names)

    def _quote(self, file: dict[str, Any]) -> str:
        quote = file.get("quote", '"')
        if not isinstance(quote, str) or len(quote) > 1:
            raise MappingWrong(f"{self.file}: file.quote is one character, or empty for none.")
        return quote

    def _when(self, closing: dict[str, Any]) -> When | None:
        if "when" not in closing:
            return None
        written = closing["when"]
        if not isinstance(written, dict):
            raise MappingWrong(f"{self.file}: closing.when is a table of “column” and “is”.")
        self._known(written, "closing.when.", _WHEN)
        words = written.get("is")
        if "column" not in written or not isinstance(words, list):
            raise MappingWrong(f"{self.file}: closing.when is a table of “column” and “is”.")
        return When(
            column=str(written["column"]),
            words=frozenset(" ".join(str(word).split()).casefold() for word in words),
        )
