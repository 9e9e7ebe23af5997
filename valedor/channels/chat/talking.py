"""What every act in a chat does alike: lock it, add a line, tell who holds how many."""

from datetime import datetime

from valedor.channels.chat.models import Chat, ChatLine
from valedor.people.models import Account


def chat_locked(chat: Chat) -> Chat:
    """The same chat, fresh and locked until the transaction ends."""
    found = Chat.objects.select_for_update(of=("self",)).select_related("taken_by", "case__entity")
    return found.get(pk=chat.pk)


def add_line(
    chat: Chat,
    *,
    author: ChatLine.Author,
    at: datetime,
    text: str = "",
    by: Account | None = None,
    notice: str = "",
) -> ChatLine:
    """Write a line of a locked chat."""
    return ChatLine.objects.create(
        chat=chat,
        case_id=chat.case_id,
        entity_id=chat.entity_id,
        seats=chat.seats,
        author=author,
        notice=notice,
        text=text,
        by=by,
        at=at,
    )


def held_by(account: Account) -> int:
    """How many chats somebody is in."""
    return Chat.objects.filter(taken_by=account, ended_at=None).count()
