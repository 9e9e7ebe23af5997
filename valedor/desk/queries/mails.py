"""Mails of a case as they were read when they arrived."""

from django.http import Http404

from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer
from valedor.channels.email.spam import is_asked_here
from valedor.channels.models import Mail, Mailbox, SpamJudge
from valedor.people.models import Entity


def mail_of(viewer: Viewer, case: Case, raw_id: int) -> Mail:
    """One mail of a case that was fetched for this viewer. Raises ``Http404``."""
    found = Mail.objects.filter(pk=raw_id, case=case).select_related("raw", "mailbox").first()
    if found is None or not found.seats & int(viewer.seats):
        raise Http404
    return found


def mailboxes_of(entity: Entity) -> list[Mailbox]:
    """The mailboxes of an entity, by key."""
    return list(Mailbox.objects.filter(entity=entity).select_related("entity"))


def mailbox_of(entity: Entity, key: str) -> Mailbox:
    """One of them. Raises ``Http404``."""
    found = Mailbox.objects.filter(entity=entity, key=key).select_related("entity", "team").first()
    if found is None:
        raise Http404
    return found


def judge_of_spam() -> SpamJudge | None:
    """How it goes with whoever tells wanted mail from unwanted; nothing where all is well."""
    return SpamJudge.objects.filter(failures__gt=0).first() if is_asked_here() else None


def awaiting_verdict(viewer: Viewer, entity: Entity) -> int:
    """How many mails of an entity came in while nobody could be asked."""
    if entity.pk not in viewer.entities:
        return 0
    return Mail.objects.filter(entity=entity, awaits_verdict=True).count()
