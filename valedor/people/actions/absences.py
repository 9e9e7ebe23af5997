"""Say when somebody of the staff is away, and that they are back."""

from datetime import date, datetime, timedelta

from django.db import transaction

from valedor.foundation.refusals import refuse_if
from valedor.people import rules
from valedor.people.acts import Act
from valedor.people.administration import record_change
from valedor.people.models import Absence, Account
from valedor.people.queries import people_led_by, roles_of


@transaction.atomic
def set_absence(
    account: Account,
    *,
    from_on: date,
    to_on: date,
    note: str = "",
    today: date,
    by: Account | None,
    at: datetime,
) -> Absence:
    """From one day to another, both included, nobody gives them cases and calls go to their team.

    ``today`` is the day where they work. The note stays out of the log, which keeps everything for
    ever. Raises ``Refused``.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    _refuse_others(account, by)
    known = Absence.objects.filter(account=account, withdrawn_at=None, to_on__gte=today)
    others = list(known.order_by("from_on").values_list("from_on", "to_on"))
    refuse_if(rules.why_not_away(from_on, to_on, today=today, others=others))
    absence = Absence.objects.create(
        account=account,
        from_on=from_on,
        to_on=to_on,
        note=note,
        recorded_by=by,
        recorded_at=at,
    )
    _log(Act.ABSENCE_SET, absence, before=None, by=by, at=at)
    return absence


@transaction.atomic
def end_absence(absence: Absence, *, today: date, by: Account | None, at: datetime) -> Absence:
    """They are back today, or do not go at all. Raises ``Refused``."""
    absence = (
        Absence.objects.select_for_update(of=("self",)).select_related("account").get(pk=absence.pk)
    )
    _refuse_others(absence.account, by)
    is_over = absence.withdrawn_at is not None or absence.to_on < today
    refuse_if(rules.why_not_end_absence(is_over=is_over))
    before = _days(absence)
    if absence.from_on >= today:
        absence.withdrawn_at = at
    else:
        absence.to_on = today - timedelta(days=1)
    absence.save(update_fields=["withdrawn_at", "to_on"])
    _log(Act.ABSENCE_ENDED, absence, before=before, by=by, at=at)
    return absence


def _refuse_others(account: Account, by: Account | None) -> None:
    led = [one.pk for one in people_led_by(by)] if by is not None else []
    refuse_if(rules.why_not_tell_absence(account, by=by, roles=roles_of(by), led=led))


def _days(absence: Absence) -> dict[str, str] | None:
    if absence.withdrawn_at is not None:
        return None
    return {"from_on": absence.from_on.isoformat(), "to_on": absence.to_on.isoformat()}


def _log(act: Act, absence: Absence, *, before: object, by: Account | None, at: datetime) -> None:
    record_change(by, act.value, absence.account.username, before, _days(absence), at=at)
