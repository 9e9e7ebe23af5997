"""Why guidance may not read like this, and why an impression may not be noted. Pure."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.knowledge.models import Manner
from valedor.knowledge.rules import why_not_complete
from valedor.people.permissions import Permission

LINES, LONGEST_BRIEF, LONGEST_PART = 3, 400, 4000
SHORTEST_KEPT, LONGEST_KEPT, USUALLY_KEPT = 1, 90, 14
TALKS = (Permission.ANSWER_ENQUIRIES, Permission.HANDLE)


def why_not_sheet(key: str, *, is_known: bool) -> Refusal | None:
    """Guidance is about a manner, a way of speaking, a kind of contact or a subject."""
    if is_known:
        return None
    return Refusal(
        "unknown_sheet",
        _("There is nothing called “%(key)s” to give guidance on: no kind, no subject."),
        {"key": key},
    )


def why_not_publish(
    parts: Mapping[str, Mapping[str, str]], *, languages: Sequence[str]
) -> Refusal | None:
    """Three short lines at least, and whatever is said is said in every language."""
    brief = parts["brief"]
    if any(len(words.splitlines()) > LINES for words in brief.values()):
        return Refusal(
            "brief_too_many_lines", _("What stands beside the form has three lines at most.")
        )
    if any(len(words) > LONGEST_BRIEF for words in brief.values()):
        return _too_long(LONGEST_BRIEF)
    if any(len(words) > LONGEST_PART for text in parts.values() for words in text.values()):
        return _too_long(LONGEST_PART)
    written = [brief, *(text for name, text in parts.items() if name != "brief" and text)]
    return why_not_complete(written, languages)


def _too_long(longest: int) -> Refusal:
    return Refusal(
        "text_too_long",
        _("A text is too long: at most %(longest)s characters."),
        {"longest": longest},
    )


def why_not_keep(days: int) -> Refusal | None:
    """What was noticed of somebody is kept briefly."""
    if SHORTEST_KEPT <= days <= LONGEST_KEPT:
        return None
    return Refusal("impressions_kept_wrongly", _("Impressions are kept from 1 to 90 days."))


def why_not_note(case: Case, viewer: Viewer, manner: str) -> Refusal | None:
    """Whoever talks with people notes it, while the conversation goes on."""
    if manner and manner not in Manner.values:
        return Refusal("unknown_manner", _("Choose one of the six, or none."))
    if not viewer.within(case.entity_id).permissions & set(TALKS):
        return Refusal("talks_with_nobody", _("Whoever talks with people notes this."))
    if case.closed_at is not None:
        return Refusal("conversation_over", _("The conversation is over: the case is closed."))
    return None
