"""A call to somebody of the staff: by e-mail and by SMS, through the house's own carriers.

It names nobody: whoever finds the phone learns that there is an emergency and no more. Its link is
signed for one account and one call; opening it changes nothing.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from valedor.casefile.models import Case, Kind
from valedor.channels.carriers import NotTaken
from valedor.channels.sms import carrier as by_sms
from valedor.foundation.spoken_dates import moment_in_words
from valedor.incidents.duty.models import CallOutCall
from valedor.people.models import Account

SALT = "valedor call-out"
LINK_LASTS = timedelta(days=2)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reached:
    """By which ways a call left, and what kept it from the others."""

    by_mail: bool
    by_sms: bool
    trouble: str

    @property
    def ways(self) -> str:
        """In a word or two, as the timeline keeps it: names of ways, the same in all languages."""
        found = [way for way, went in (("e-mail", self.by_mail), ("SMS", self.by_sms)) if went]
        return " + ".join(found) or "—"


def link_of(call: CallOutCall) -> str:
    """The address at which this account takes this emergency."""
    return f"{settings.PUBLIC_URL}/duty/{signing.dumps(call.pk, salt=SALT, compress=False)}"


def call_of(token: str) -> int | None:
    """The call that a link names; nothing for a forged, damaged or old one."""
    try:
        return int(signing.loads(token, salt=SALT, max_age=LINK_LASTS))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def send(call: CallOutCall, case: Case, account: Account, *, at: datetime) -> Reached:
    """Say it by every way that there is. Nothing raises: what does not go is said."""
    with translation.override(account.language):
        subject, text = words_of(case, account.language)
    link = link_of(call)
    troubles = []
    by_mail = by_text = False
    try:
        by_mail = _by_mail(account, subject, f"{text}\n\n{link}\n")
    except (NotTaken, OSError) as error:
        troubles.append(f"e-mail: {error}")
    try:
        by_text = _by_sms(call, case, account, f"{text} {link}", at=at)
    except (NotTaken, OSError) as error:
        troubles.append(f"SMS: {error}")
    if not (by_mail or by_text):
        logger.warning("nobody could be told of a call-out", extra={"call": call.pk})
        troubles = troubles or ["no address"]
    return Reached(by_mail, by_text, "; ".join(troubles)[:300])


def words_of(case: Case, language: str) -> tuple[str, str]:
    """Subject and words, in the language that is active."""
    kind = str(Kind(case.kind).label)
    subject = _("Emergency %(reference)s at %(entity)s") % {
        "reference": case.reference,
        "entity": case.entity.name,
    }
    text = _(
        "%(entity)s: emergency %(reference)s (%(kind)s), received on %(received)s. You are on "
        "duty. Take it here, or somebody else is called:"
    ) % {
        "entity": case.entity.name,
        "reference": case.reference,
        "kind": case.category.name.in_language(language) if case.category else kind,
        "received": moment_in_words(case.received_at, case.entity.timezone, language),
    }
    return subject, text


def _by_mail(account: Account, subject: str, text: str) -> bool:
    if not account.email or not (settings.SMTP_URL or settings.DEMO):
        return False
    return bool(send_mail(subject, text, None, [account.email]))


def _by_sms(call: CallOutCall, case: Case, account: Account, text: str, *, at: datetime) -> bool:
    if not account.telephone or by_sms.sending_gateway(case.entity) is None:
        return False
    by_sms.say(
        case.entity,
        account.telephone,
        text,
        key=f"call-{call.pk}",
        language=account.language,
        subject=case.reference,
        at=at,
    )
    return True
