"""Send what was told of an incident to the people who are known to be affected, once each."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from valedor.casefile.viewing import the_house, viewer_of, viewing
from valedor.channels.carriers import NotTaken
from valedor.channels.sms import carrier as by_sms
from valedor.foundation import rows
from valedor.foundation.jobs import job_statement
from valedor.foundation.multilingual import MultilingualText
from valedor.foundation.refusals import refuse_if
from valedor.foundation.spoken_dates import moment_in_words
from valedor.incidents.collective import incident_rules
from valedor.incidents.collective.affected import untold
from valedor.incidents.collective.models import Incident, IncidentLine, NoticeSent
from valedor.people.models import Account, ContactPoint

SEND_NOTICES = "valedor.incidents.tasks.send_notices"


@transaction.atomic
def order_notices(line: IncidentLine, *, by: Account, at: datetime) -> int:
    """Send the words of a line to whoever is affected and has not got them; how many get them.

    Raises ``Refused``.
    """
    Incident.objects.select_for_update().get(pk=line.incident_id)
    refuse_if(incident_rules.why_not_work(viewer_of(by), line.incident.entity_id))
    refuse_if(incident_rules.why_not_go_on(line.incident))
    people = untold(line, at=at)
    refuse_if(incident_rules.why_not_send(line, affected=len(people)))
    rows.write(
        [
            rows.fresh(
                NoticeSent, line=line, person=person, contact_point=point, by=by, ordered_at=at
            )
            for person, point in people
        ],
        also=[job_statement(SEND_NOTICES, line_id=line.pk)],
    )
    return len(people)


def send_next(line: IncidentLine, *, at: datetime) -> bool:
    """Send one notice; False when none waits. One that was sent by a worker that died before it
    said so goes again.
    """
    with viewing(the_house(line.incident.entity_id)), transaction.atomic():
        waiting = NoticeSent.objects.filter(line=line, state=NoticeSent.State.WAITING)
        one = (
            waiting.select_related("person", "contact_point")
            .order_by("pk")
            .select_for_update(of=("self",), skip_locked=True)
            .first()
        )
        if one is None:
            return False
        one.state, one.trouble = _sent(line, one, at)
        one.done_at = at
        one.save(update_fields=["state", "trouble", "done_at"])
    return True


def _sent(line: IncidentLine, one: NoticeSent, at: datetime) -> tuple[NoticeSent.State, str]:
    entity, language = line.incident.entity, one.person.language
    with translation.override(language):
        subject, text = _words(line, language)
    point = one.contact_point
    try:
        if point.kind == ContactPoint.Kind.TELEPHONE:
            by_sms.say(
                entity, point.value, text, key=f"notice-{one.pk}", subject=subject,
                language=language, at=at,
            )  # fmt: skip
        else:
            reply_to = [entity.email] if entity.email else []
            EmailMessage(subject, text, None, [point.value], reply_to=reply_to).send()
    except (NotTaken, OSError) as error:
        return NoticeSent.State.FAILED, str(error)[:300]
    return NoticeSent.State.SENT, ""


def _words(line: IncidentLine, language: str) -> tuple[str, str]:
    incident = line.incident
    entity = incident.entity
    title = MultilingualText(incident.title).in_language(language)
    page = f"{settings.PUBLIC_URL}/{entity.key}/notices"
    until = ""
    if line.expected_end_at is not None and incident.ended_at is None:
        said = moment_in_words(line.expected_end_at, entity.timezone, language)
        until = _("Expected until %(when)s.") % {"when": said}
    words = MultilingualText(line.words).in_language(language)
    parts = [f"{entity.name}: {title}", words, until, f"{_('Notices')}: {page}"]
    return f"{entity.name}: {title}", "\n\n".join(filter(None, parts))
