"""Begin to talk: about something new, in the transaction that registers it, or about a case."""

from datetime import datetime

from valedor.casefile.models import Case
from valedor.channels.chat import chat_rules
from valedor.channels.chat.models import Chat, ChatLine
from valedor.foundation import rows
from valedor.foundation.refusals import refuse_if


def beginning(case: Case, text: str, *, language: str, at: datetime) -> list[rows.Statement]:
    """The statements that begin a chat with its first words, for whoever registers the case."""
    chat, line = _composed(case, text, language, at)
    return [rows.insert_of(chat), rows.insert_of(line)]


def begin(case: Case, *, text: str, language: str, at: datetime) -> Chat:
    """Begin to talk about a case that is there. Where a chat is going on, it is that one.

    Raises ``Refused`` for words that cannot be taken.
    """
    refuse_if(chat_rules.why_not_say(text, recent=0))
    going_on = Chat.objects.filter(case=case, ended_at=None).first()
    if going_on is not None:
        return going_on
    chat, line = _composed(case, text, language, at)
    rows.write([chat, line])
    return chat


def _composed(case: Case, text: str, language: str, at: datetime) -> tuple[Chat, ChatLine]:
    chat = rows.fresh(
        Chat,
        case=case,
        entity_id=case.entity_id,
        language=language,
        begun_at=at,
        said_at=at,
        person_seen_at=at,
    )
    line = rows.fresh(
        ChatLine,
        chat=chat,
        case=case,
        entity_id=case.entity_id,
        author=ChatLine.Author.PERSON,
        text=text,
        at=at,
    )
    return chat, line
