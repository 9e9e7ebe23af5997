"""What was said in a chat, as one text in the person's language and the entity's hours."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from valedor.channels.chat.models import Chat, ChatLine


def transcript_of(chat: Chat) -> str | None:
    """Every line with its hour and its author; nothing where only the first words were said, since
    these opened the case or stand in it already.
    """
    lines = list(chat.lines.select_related("by").order_by("pk"))
    said = [one for one in lines if one.author != ChatLine.Author.NOTICE]
    opened_it = chat.begun_at == chat.case.received_at
    if len(said) < (2 if opened_it else 1):
        return None
    zone = ZoneInfo(chat.case.entity.timezone)
    with translation.override(chat.language):
        return "\n".join(_told(lines, zone))


def words_of(line: ChatLine) -> str:
    """A line's words; a notice is a sentence in the reader's language."""
    if not line.notice:
        return line.text
    name = line.by.name if line.by else ""
    return str(ChatLine.Notice(line.notice).label) % {"name": name}


def _told(lines: Iterable[ChatLine], zone: ZoneInfo) -> Iterable[str]:
    for line in lines:
        hour = f"{line.at.astimezone(zone):%H:%M}"
        if line.notice:
            yield f"[{hour}] {words_of(line)}"
        else:
            name = line.by.name if line.by else _("The person")
            yield f"[{hour}] {name}: {line.text}"
