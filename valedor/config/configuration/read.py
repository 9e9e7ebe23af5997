"""From a TOML file to a document of plain values, each field checked where it stands."""

import tomllib
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from valedor.foundation.multilingual import LANGUAGES
from valedor.procedures.reading import Table
from valedor.procedures.refusals import PackRefused, nearest

from . import schema
from .schema import Holds, TableOf

Document = dict[str, Any]
_WRITTEN = {"pt-br": "pt-BR"}


class ConfigurationRefused(Exception):
    """The file cannot be used; nothing was changed. One sentence says where and what to do."""

    def __init__(self, message: str, *, key: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.key = key


def written(language: str) -> str:
    """A language as files write it."""
    return _WRITTEN.get(language, language)


def read(text: str, *, file: str) -> Document:
    """The document of a file: only what the file says.

    Raises ``ConfigurationRefused`` naming file, table, key and the nearest known word.
    """
    try:
        return _document(Table(file, "", tomllib.loads(text)))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationRefused(
            _("%(file)s is not well-formed TOML: %(reason)s.") % {"file": file, "reason": error}
        ) from error
    except RecursionError as error:
        raise ConfigurationRefused(
            _("%(file)s holds tables within tables without end.") % {"file": file}
        ) from error
    except PackRefused as refused:
        raise ConfigurationRefused(refused.message, key=refused.key) from refused


def _document(top: Table) -> Document:
    document: Document = {}
    if top.has("organisation"):
        document["organisation"] = _row(top.table("organisation"), schema.ORGANISATION)
    document["entities"] = _each(top, "entities", _entity)
    document["articles"] = _each(top, "articles", lambda table: _row(table, schema.ARTICLE))
    document["teams"] = _each(top, "teams", lambda table: _row(table, schema.TEAM))
    document["people"] = _each(top, "people", lambda table: _row(table, schema.PERSON))
    top.finish()
    return document


def _each(top: Table, name: str, make: Callable[[Table], Any]) -> dict[str, Any]:
    table = top.table(name)
    return {key: make(table.table(key)) for key in table.names()}


def _entity(table: Table) -> Document:
    row: Document = {
        "areas": _each(table, "areas", lambda inner: _row(inner, schema.AREA)),
        "categories": _each(table, "categories", lambda inner: _row(inner, schema.CATEGORY)),
        "letters": _each(table, "letters", lambda inner: _row(inner, schema.LETTER)),
        "redress": _each(table, "redress", lambda inner: _row(inner, schema.REDRESS)),
        "authority": _each(table, "authority", lambda inner: _row(inner, schema.AUTHORITY)),
        "mailboxes": _each(table, "mailboxes", lambda inner: _row(inner, schema.MAILBOX)),
        "lines": _each(table, "lines", lambda inner: _row(inner, schema.LINE)),
        "services": _each(table, "services", lambda inner: _row(inner, schema.SERVICE)),
        "products": _each(table, "products", lambda inner: _row(inner, schema.PRODUCT)),
        "duty": _each(table, "duty", lambda inner: _row(inner, schema.DUTY)),
        "gateways": _each(table, "gateways", lambda inner: _row(inner, schema.GATEWAY)),
        "webhooks": _each(table, "webhooks", lambda inner: _row(inner, schema.WEBHOOK)),
    }
    row["guidance"] = _each(table, "guidance", lambda inner: _row(inner, schema.SHEET))
    if table.has("knowledge"):
        row["knowledge"] = _row(table.table("knowledge"), schema.KNOWLEDGE)
    if table.has("chat"):
        row["chat"] = _row(table.table("chat"), schema.CHAT)
    for name, kind in (
        ("closures", schema.CLOSURE),
        ("targets", schema.TARGET),
        ("adhesions", schema.ADHESION),
    ):
        if table.has(name):
            row[name] = _rows(table, name, kind)
    return row | _row(table, schema.ENTITY)


def _rows(table: Table, name: str, kind: TableOf) -> list[Document]:
    rows = []
    for index, inner in enumerate(table.tables(name), 1):
        # A list inside a table: its place names the table too.
        inner.key = ".".join(part for part in (table.key, f"{name}[{index}]") if part)
        rows.append(_row(inner, kind))
    return rows


def _row(table: Table, kind: TableOf) -> Document:
    row: Document = {}
    for field in kind.fields:
        if table.knows(field.name) or field.is_needed:
            row[field.name] = _READERS[field.holds](table, field.name)
    table.finish()
    return row


def _language(table: Table, field: str) -> str:
    return _lower(table, field, table.text(field))


def _languages(table: Table, field: str) -> list[str]:
    return [_lower(table, field, language) for language in table.texts(field)]


def _lower(table: Table, field: str, language: str) -> str:
    if language.lower() not in LANGUAGES:
        known = [written(one) for one in LANGUAGES]
        table.refuse(
            field,
            _("%(file)s: %(key)s says “%(word)s”, unknown here; the nearest is “%(near)s”."),
            word=language,
            near=nearest(language, known),
        )
    return language.lower()


def _words(table: Table, field: str) -> dict[str, str]:
    inner = table.table(field)
    words = {_lower(inner, name, name): inner.text(name, "") for name in inner.names()}
    return {language: text for language, text in words.items() if text.strip()}


def _flags(table: Table, field: str) -> dict[str, bool]:
    inner = table.table(field)
    return {name: inner.boolean(name) for name in inner.names()}


def _choices(table: Table, field: str) -> dict[str, str]:
    inner = table.table(field)
    return {name: inner.text(name) for name in inner.names()}


def _amount(table: Table, field: str) -> Decimal:
    text = table.text(field)
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        table.refuse(field, _('%(file)s: %(key)s must be an amount in quotes, such as "60.00".'))
    return amount


def _day(table: Table, field: str) -> Any:
    if not table.has(field):
        table.value(field)
    return table.day(field)


_READERS: dict[Holds, Callable[[Table, str], Any]] = {
    Holds.TEXT: lambda table, field: table.text(field, ""),
    Holds.WORDS: _words,
    Holds.TEXTS: lambda table, field: list(table.texts(field)),
    Holds.LANGUAGE: _language,
    Holds.LANGUAGES: _languages,
    Holds.NUMBER: lambda table, field: table.integer(field),
    Holds.AMOUNT: _amount,
    Holds.FLAG: lambda table, field: table.boolean(field),
    Holds.FLAGS: _flags,
    Holds.CHOICES: _choices,
    Holds.DAY: _day,
    Holds.TURNS: lambda table, field: _rows(table, field, schema.TURN),
    Holds.ROLES: lambda table, field: _rows(table, field, schema.ROLE),
}
