"""What a chat's page shows to the person."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from valedor.channels.chat import presence
from valedor.channels.chat.models import Chat, ChatLine
from valedor.channels.chat.transcript import words_of
from valedor.portal import queries
from valedor.portal.inside import Inside
from valedor.telling import spoken

_LONG = 180  # Seconds after which nobody is asked to wait any more.


def may_begin(place: Inside) -> bool:
    """Whether somebody sits there to talk about a case that has no chat yet."""
    return presence.desk_of(place.house) is not None and presence.is_attended(
        place.house.entity.pk, at=place.at
    )


def told(place: Inside, chat: Chat | None, *, after: str = "") -> dict[str, Any]:
    """The lines after one of them, how it stands in words, and a mark by which a page knows
    whether that has changed.
    """
    if chat is None:
        return {"lines": [], "last": 0, "stands": "", "state": "none", "is_over": False}
    lines = chat.lines.select_related("by").order_by("pk")
    if after.isdecimal():
        lines = lines.filter(pk__gt=int(after[:19]))
    shown = [_line(place, one) for one in lines]
    state, stands = _stands(place, chat)
    return {
        "lines": shown,
        "last": shown[-1]["pk"] if shown else after or 0,
        "state": state,
        "stands": stands,
        "is_over": chat.ended_at is not None,
    }


def _line(place: Inside, line: ChatLine) -> dict[str, Any]:
    zone = place.house.entity.timezone
    is_theirs = line.author == ChatLine.Author.PERSON
    author = _("You") if is_theirs else line.by.name if line.by else ""
    return {
        "pk": line.pk,
        "side": "event" if line.notice else "ours" if is_theirs else "theirs",
        "author": "" if line.notice else author,
        "initials": spoken.initials(author),
        "when": spoken.hour(line.at, zone),
        "at": line.at.isoformat(),
        "text": words_of(line),
    }


def _stands(place: Inside, chat: Chat) -> tuple[str, str]:
    if chat.ended_at is not None:
        return "ended", _("This chat has ended. What was said is on the page of your case.")
    if chat.taken_by is not None:
        words = _("You are talking with %(name)s.") % {"name": chat.taken_by.name}
        return f"with {chat.taken_by_id}", words
    if (place.at - chat.begun_at).total_seconds() > _LONG:
        return "long", _(
            "Nobody is free yet. You need not wait: your case is registered, and somebody answers "
            "it. If you stay, we talk here as soon as we can."
        )
    if not (before := queries.chats_before(chat)):
        return "next", _("Somebody will be with you in a moment: you are next.")
    words = ngettext(
        "Somebody will be with you soon: %(number)s person is before you.",
        "Somebody will be with you soon: %(number)s people are before you.",
        before,
    )
    return f"waits {before}", words % {"number": before}
