"""Say a line in a chat."""

from datetime import datetime, timedelta

from django.db import transaction

from valedor.casefile.actors import By
from valedor.channels.chat import chat_rules
from valedor.channels.chat.models import Chat, ChatLine
from valedor.channels.chat.talking import add_line, chat_locked
from valedor.foundation.refusals import refuse_if

_MINUTE = timedelta(minutes=1)


@transaction.atomic
def say(chat: Chat, *, text: str, by: By, at: datetime) -> ChatLine:
    """Add a line. Who speaks for the house is whoever took the chat. Raises ``Refused``."""
    chat = chat_locked(chat)
    if by.account is None:
        refuse_if(chat_rules.why_not_here(chat))
        author = ChatLine.Author.PERSON
    else:
        refuse_if(chat_rules.why_not_answer(chat, by.account))
        author = ChatLine.Author.HOUSE
    recent = chat.lines.filter(author=author, at__gt=at - _MINUTE).count()
    refuse_if(chat_rules.why_not_say(text, recent=recent))
    line = add_line(chat, author=author, text=text.strip(), by=by.account, at=at)
    chat.said_at = at
    chat.save(update_fields=["said_at"])
    return line
