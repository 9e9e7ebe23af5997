"""Changing a setting: one at a time, from what to what, with a line in the administration log.

Every change raises the number of ``Configuration`` in its own transaction, which tells processes
that hold a copy of the settings to read them again.
"""

from collections.abc import Mapping
from copy import copy
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models
from django.db.models import F

from valedor.people.acts import Act
from valedor.people.administration import record_change
from valedor.people.models import Account, Configuration

Row = TypeVar("Row", bound=models.Model)


def lock_settings() -> None:
    """Wait for whoever changes settings now, so that rules are asked of what will stay true."""
    Configuration.objects.select_for_update().get()


def record_setting(
    act: Act,
    subject: str,
    *,
    by: Account | None,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Write the line and raise the number. ``by`` is None for whoever sits at the console."""
    record_change(
        by=by,
        act=act.value,
        subject=subject[:200],
        before=None if before is None else plain(before),
        after=None if after is None else plain(after),
        reason=reason,
        at=at,
    )
    Configuration.objects.update(number=F("number") + 1)


def as_asked(row: Row, fields: Mapping[str, Any]) -> Row:
    """A row as it would be with some fields changed, for the rules to look at; not saved."""
    asked = copy(row)
    for name, value in fields.items():
        setattr(asked, name, value)
    return asked


def change_row(
    row: models.Model,
    act: Act,
    subject: str,
    fields: Mapping[str, Any],
    *,
    by: Account | None,
    at: datetime,
    reason: str = "",
) -> bool:
    """Set fields and record those that differ; False, and nothing written, when none does."""
    before = {name: plain(getattr(row, name)) for name in fields}
    after = {name: plain(value) for name, value in fields.items()}
    changed = sorted(name for name in fields if before[name] != after[name])
    if not changed:
        return False
    for name in changed:
        setattr(row, name, fields[name])
    row.save(update_fields=changed)
    record_setting(
        act,
        subject,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        by=by,
        at=at,
        reason=reason,
    )
    return True


def plain(value: Any) -> Any:
    """A value as the log keeps it: JSON, rows by the key that people know them by."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, models.Model):
        return getattr(value, "key", None) or getattr(value, "username", value.pk)
    return value


def masked(email: str) -> str:
    """An address as the log may keep it for ever: enough to see that it changed."""
    name, at, place = email.partition("@")
    return f"{name[:1]}…{at}{place}" if at else ""
