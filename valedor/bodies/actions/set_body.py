"""Write down a version of a body, correct one, or say on which day the body ends."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction

from valedor.bodies import rules
from valedor.bodies.models import Body
from valedor.foundation.refusals import refuse_if
from valedor.people import rules as people_rules
from valedor.people.acts import Act
from valedor.people.changes import as_asked, change_row, lock_settings, record_setting
from valedor.people.models import Account
from valedor.people.queries import roles_of


class BodyFields(TypedDict, total=False):
    """What a version says. Left out of a new version, it is empty; of a correction, it stays."""

    kind: str
    name: Mapping[str, str]
    country: str
    place: str
    municipality: str
    sectors: Sequence[str]
    amount_from: Decimal | None
    amount_until: Decimal | None
    currency: str
    method: str
    decides: Mapping[str, str]
    costs: str
    binds: str
    languages: Sequence[str]
    address: str
    email: str
    telephone: str
    form_url: str
    how_to_file: Mapping[str, str]
    valid_until: date | None
    source: str
    checked_on: date


@transaction.atomic
def set_body(
    key: str, *, valid_from: date, by: Account | None, at: datetime, **said: Unpack[BodyFields]
) -> Body:
    """A version that begins on a day; one that begins on it already is corrected.

    The version before it, if it has no end, ends on the day before. Raises ``Refused``.
    """
    lock_settings()
    refuse_if(people_rules.why_not_administer(by=by, roles=roles_of(by)))
    versions = list(Body.objects.filter(key=key).order_by("valid_from"))
    standing = next((one for one in versions if one.valid_from == valid_from), None)
    asked = as_asked(standing or Body(key=key, valid_from=valid_from), said)
    before = _open_before(versions, valid_from) if standing is None else None
    planned_end = valid_from - timedelta(days=1)
    beside = [one for one in _beside(asked) if before is None or one.pk != before.pk]
    refuse_if(rules.why_not_body(asked, beside))
    if standing is not None:
        change_row(standing, Act.BODY_SET, f"bodies/{key}", said, by=by, at=at)
        return standing
    if before is not None:
        change_row(
            before, Act.BODY_ENDED, f"bodies/{key}", {"valid_until": planned_end}, by=by, at=at
        )
    asked.save(force_insert=True)
    after = {"valid_from": valid_from, **said}
    record_setting(Act.BODY_SET, f"bodies/{key}", after=after, by=by, at=at)
    return asked


@transaction.atomic
def end_body(body: Body, on: date, *, by: Account | None, at: datetime, reason: str = "") -> bool:
    """The last day on which a body is there: letters and pages of later days name it no longer.

    Whatever lies before it by then goes on; its versions stay. Raises ``Refused``.
    """
    lock_settings()
    refuse_if(people_rules.why_not_administer(by=by, roles=roles_of(by)))
    body = Body.objects.get(pk=body.pk)
    refuse_if(rules.why_not_end(body.valid_from, body.valid_until, on))
    subject, fields = f"bodies/{body.key}", {"valid_until": on}
    return change_row(body, Act.BODY_ENDED, subject, fields, by=by, at=at, reason=reason)


def _open_before(versions: Sequence[Body], day: date) -> Body | None:
    """The last version, where it goes on and a new one takes its place."""
    last = versions[-1] if versions else None
    goes_on = last is not None and last.valid_until is None and last.valid_from < day
    return last if goes_on else None


def _beside(body: Body) -> list[Body]:
    """Its other versions, and every body of its kind."""
    found = Body.objects.filter(kind=body.kind) | Body.objects.filter(key=body.key)
    return list(found)
