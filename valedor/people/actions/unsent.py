"""Keep what was typed by somebody signed out; forget it when it was sent, dropped or too old."""

import json
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from valedor.foundation.sealed import seal_bytes
from valedor.people.models import Account, UnsentPost
from valedor.people.unsent import KEPT, PURPOSE, Browser, Typed, rows_of

LARGEST = 2**20
MOST = 20  # Of one browser; the oldest make room.


@transaction.atomic
def keep_unsent(browser: Browser, typed: Typed, *, at: datetime, instead_of: str = "") -> bool:
    """Keep what was typed; whether it was. ``instead_of`` is what was kept of the same before."""
    plain = json.dumps(asdict(typed)).encode()
    account = Account.objects.filter(pk=browser.account_id, is_active=True).first()
    if account is None or len(plain) > LARGEST:
        return False
    drop_unsent(browser, instead_of)
    UnsentPost.objects.create(
        account=account,
        browser_digest=browser.digest,
        sealed=seal_bytes(plain, PURPOSE, under=browser.secret, bound_to=browser.bound_to),
        at=at,
    )
    newest_first = rows_of(browser).order_by("-at", "-pk").values_list("pk", flat=True)
    UnsentPost.objects.filter(pk__in=list(newest_first[MOST:])).delete()
    return True


def drop_unsent(browser: Browser, number: str) -> bool:
    """Forget one, because it was sent or is not wanted; whether it was still there."""
    if not number.isdecimal() or len(number) > 18:
        return False
    removed, _tables = rows_of(browser).filter(pk=int(number)).delete()
    return bool(removed)


def forget_unsent(*, at: datetime) -> int:
    """Forget what was not sent in time."""
    removed, _tables = UnsentPost.objects.filter(at__lte=at - KEPT).delete()
    return removed
