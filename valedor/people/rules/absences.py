"""When somebody is away, and who says so."""

from collections.abc import Collection, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from valedor.foundation.refusals import Refusal
from valedor.people.models import Account, Role

LONGEST_ABSENCE = 366


def why_not_tell_absence(
    account: Account, *, by: Account | None, roles: Collection[str], led: Collection[int]
) -> Refusal | None:
    """When somebody is away is said by themselves, by who leads them, or by an administrator.

    ``led`` are the accounts that ``by`` leads.
    """
    if not account.is_active:
        return Refusal("account_inactive", _("This person cannot sign in any more."))
    if by is None or by.pk == account.pk or account.pk in led or Role.ADMINISTRATOR in roles:
        return None
    return Refusal(
        "not_theirs_to_say",
        _("When somebody is away is said by themselves, by who leads them or an administrator."),
    )


def why_not_away(
    from_on: date, to_on: date, *, today: date, others: Sequence[tuple[date, date]]
) -> Refusal | None:
    """``others`` are the absences that are known of the same person, both days included."""
    if to_on < from_on:
        return Refusal("ends_before_it_begins", _("The last day lies before the first one."))
    if to_on < today:
        return Refusal("over_already", _("This absence would be over already."))
    if (to_on - from_on).days > LONGEST_ABSENCE:
        return Refusal(
            "absent_too_long",
            _("An absence lasts a year at most: take the sign-in away instead."),
        )
    for first, last in others:
        if first <= to_on and from_on <= last:
            return Refusal(
                "away_already",
                _("They are away from %(first)s to %(last)s already: end that absence first."),
                {"first": first.isoformat(), "last": last.isoformat()},
            )
    return None


def why_not_end_absence(*, is_over: bool) -> Refusal | None:
    """What is over, or was withdrawn, has no end left."""
    if is_over:
        return Refusal("over_already", _("This absence is over already."))
    return None
