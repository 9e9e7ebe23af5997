"""Take a chat that waits, or leave it to somebody else."""

from datetime import datetime

from django.db import transaction

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import staff
from valedor.casefile.viewing import Viewer
from valedor.channels.chat import chat_rules
from valedor.channels.chat.facts import ChatTaken
from valedor.channels.chat.models import Chat, ChatDesk, ChatLine
from valedor.channels.chat.talking import add_line, chat_locked, held_by
from valedor.foundation.refusals import refuse_if
from valedor.people.models import Account


@transaction.atomic
def take(chat: Chat, *, viewer: Viewer, by: Account, at: datetime) -> Chat:
    """Begin to talk with whoever waits. Raises ``Refused``."""
    case = locked(chat.case)
    chat = chat_locked(chat)
    desk = ChatDesk.objects.filter(entity=chat.entity_id).first()
    most = desk.most_at_once if desk else 1
    refuse_if(chat_rules.why_not_take(chat, viewer, held=held_by(by), most=most))
    chat.taken_by = by
    chat.taken_at = chat.taken_at or at  # How long somebody waited is told by the first.
    chat.said_at = at
    chat.save(update_fields=["taken_by", "taken_at", "said_at"])
    add_line(chat, author=ChatLine.Author.NOTICE, notice=ChatLine.Notice.JOINED, by=by, at=at)
    timeline.record(case, ChatTaken(chat=chat.pk), by=staff(by), at=at)
    return chat


@transaction.atomic
def let_go(chat: Chat, *, by: Account, at: datetime) -> Chat:
    """Put a chat back among those that wait. Raises ``Refused``."""
    chat = chat_locked(chat)
    refuse_if(chat_rules.why_not_answer(chat, by))
    chat.taken_by = None
    chat.save(update_fields=["taken_by"])
    add_line(chat, author=ChatLine.Author.NOTICE, notice=ChatLine.Notice.LET_GO, by=by, at=at)
    return chat
