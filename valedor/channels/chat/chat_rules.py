"""What may not be done in a chat, and why. Pure."""

from django.utils.translation import gettext_lazy as _

from valedor.casefile.viewing import Viewer
from valedor.channels.chat.models import Chat
from valedor.foundation.refusals import Refusal
from valedor.people.models import Account
from valedor.people.permissions import Permission

LONGEST_LINE = 2000
LINES_A_MINUTE = 20
TALKS = frozenset({Permission.HANDLE, Permission.ANSWER_ENQUIRIES})


def why_not_attend(viewer: Viewer) -> Refusal | None:
    """Whoever answers enquiries somewhere may sit at the chats."""
    if viewer.permissions & TALKS:
        return None
    return Refusal("not_permitted", _("Your role does not let you do this."))


def why_not_here(chat: Chat) -> Refusal | None:
    """Nothing is said in a chat that has ended."""
    if chat.ended_at is None:
        return None
    return Refusal("chat_ended", _("This chat has ended."))


def why_not_begin(*, is_attended: bool) -> Refusal | None:
    """Nobody is made to talk to an empty chair."""
    if is_attended:
        return None
    return Refusal("chat_empty", _("Nobody is at the chat now."))


def why_not_take(chat: Chat, viewer: Viewer, *, held: int, most: int) -> Refusal | None:
    """One person talks with one person, and holds only so many talks at once."""
    if refusal := why_not_here(chat) or why_not_attend(viewer.within(chat.entity_id)):
        return refusal
    if chat.taken_by_id == viewer.account_id:
        return Refusal("chat_is_yours", _("You have this chat."))
    if chat.taken_by is not None:
        return Refusal("chat_taken", _("%(name)s has this chat."), {"name": chat.taken_by.name})
    if held >= most:
        return Refusal(
            "chats_full",
            _("You are in %(number)s chats: end one, or leave this to somebody else."),
            {"number": held},
        )
    return None


def why_not_answer(chat: Chat, by: Account) -> Refusal | None:
    """Only whoever took a chat speaks for the house, ends it or leaves it."""
    if refusal := why_not_here(chat):
        return refusal
    if chat.taken_by_id != by.pk:
        return Refusal("chat_not_yours", _("Take the chat first."))
    return None


def why_not_say(text: str, *, recent: int) -> Refusal | None:
    """A line has words, not too many, and they do not come faster than anybody can read."""
    if not text.strip():
        return Refusal("no_words", _("Write something."))
    if len(text) > LONGEST_LINE:
        return Refusal(
            "line_too_long",
            _("This has %(length)s characters; a line takes %(most)s. Send it in parts."),
            {"length": len(text), "most": LONGEST_LINE},
        )
    if recent >= LINES_A_MINUTE:
        return Refusal("too_fast", _("These were many lines at once: wait a moment."))
    return None


def why_not_desk(most_at_once: int) -> Refusal | None:
    """Somebody holds between one and twenty chats."""
    if 1 <= most_at_once <= 20:
        return None
    return Refusal("most_at_once", _("One person can hold from 1 to 20 chats."))
