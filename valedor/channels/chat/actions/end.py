"""End a chat: what was said becomes a message of the case, word for word."""

from datetime import datetime

from django.db import transaction

from valedor.casefile.actors import COMPLAINANT, REPRESENTATIVE, By
from valedor.casefile.models import Case
from valedor.channels.chat import chat_rules
from valedor.channels.chat.models import Chat, ChatLine
from valedor.channels.chat.talking import add_line, chat_locked
from valedor.channels.chat.transcript import transcript_of
from valedor.foundation.refusals import refuse_if
from valedor.handling.actions.receive_message import receive_message


@transaction.atomic
def end(chat: Chat, *, ending: Chat.Ending, by: By | None, at: datetime) -> Chat:
    """End it. ``by`` is who ends it, nobody where silence does. Raises ``Refused``.

    Where nobody of the house ever came, the person's words call for attention like any message;
    else only a handler who was not there is told.
    """
    chat = chat_locked(chat)
    if by is not None and by.account is not None:
        refuse_if(chat_rules.why_not_answer(chat, by.account))
    else:
        refuse_if(chat_rules.why_not_here(chat))
    add_line(chat, author=ChatLine.Author.NOTICE, notice=ChatLine.Notice.ENDED, at=at)
    chat.ending, chat.ended_at = ending, at
    chat.save(update_fields=["ending", "ended_at"])
    if (words := transcript_of(chat)) is not None:
        speaker = REPRESENTATIVE if chat.case.mandate_id else COMPLAINANT
        receive_message(
            chat.case,
            text=words,
            channel=Case.Channel.CHAT,
            by=speaker,
            at=at,
            heard_by=chat.taken_by,
        )
    return chat
