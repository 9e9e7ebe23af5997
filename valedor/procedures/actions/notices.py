"""Publish what an entity tells people about their personal data."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from valedor.foundation.refusals import refuse_if
from valedor.people import rules
from valedor.people.acts import Act
from valedor.people.changes import lock_settings, record_setting
from valedor.people.models import Account, Entity
from valedor.people.queries import roles_of
from valedor.procedures import setting_rules
from valedor.procedures.models import PrivacyNotice


@transaction.atomic
def publish_privacy_notice(
    entity: Entity, text: Mapping[str, str], *, by: Account | None, at: datetime
) -> PrivacyNotice:
    """Publish the next version (GDPR art. 13, LGPD art. 9); the last one when it says the same.

    Cases keep the version that was shown to their person.
    """
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    refuse_if(setting_rules.why_not_words(text, entity.languages, what="privacy notice"))
    said = {language: words.strip() for language, words in text.items() if words.strip()}
    before = entity.privacy_notices.order_by("number").last()
    if before is not None and dict(before.text) == said:
        return before
    notice = PrivacyNotice.objects.create(
        entity=entity, number=before.number + 1 if before else 1, text=said, published_at=at
    )
    record_setting(
        Act.NOTICE_PUBLISHED,
        entity.key,
        before={"number": before.number} if before else None,
        after={"number": notice.number, "text": said},
        by=by,
        at=at,
    )
    return notice
