"""Telling the administrators that an address takes nothing any more: by mail, since whoever does
not look into the settings would not see it there.
"""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from valedor.announcing.models import Announcement, Subscription
from valedor.people.queries import administrators

logger = logging.getLogger(__name__)


def tell_of_pause(subscription_id: int) -> int:
    """Tell whoever administers; how many were told. Told twice if the job runs twice."""
    found = Subscription.objects.select_related("entity").filter(pk=subscription_id).first()
    if found is None or found.paused_at is None or not (settings.SMTP_URL or settings.DEMO):
        return 0
    waiting = found.announcements.filter(state=Announcement.State.WAITING).count()
    page = f"{settings.PUBLIC_URL}/desk/settings/entities/{found.entity.key}/webhooks/{found.key}/"
    told = 0
    for account in administrators():
        with translation.override(account.language):
            subject = _("The webhook “%(key)s” of %(entity)s is paused") % {
                "key": found.key,
                "entity": found.entity.name,
            }
            text = _(
                "%(why)s, so nothing is sent there any more. %(number)s events wait and nothing "
                "is lost: see to the receiving system, then say that it may go on."
            ) % {"why": _sentence(found), "number": waiting}
        try:
            send_mail(subject, f"{text}\n\n{page}\n", None, [account.email])
        except OSError:
            logger.warning("word of a pause was not taken", extra={"account": account.pk})
        else:
            told += 1
    return told


def _sentence(subscription: Subscription) -> str:
    if subscription.paused_why == Subscription.Pause.GONE:
        return _("The receiving system says that this address is gone (410)")
    return _("The receiving system took nothing for three days")
