"""What is typed in the form of an act and not sent yet: a draft of its author's, a window each.

The pages of a case and those of a file of the ombudsman's office keep drafts alike.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from valedor.acts import Act, Situation
from valedor.acts.act import ActForm
from valedor.desk.pages import StaffRequest
from valedor.handling.draft_place import new_place
from valedor.handling.models import Draft
from valedor.people.unsent import AGAIN
from valedor.telling import spoken

SEEN = "seen"
PLACE = "draft_place"
_NOT_TYPED = {"csrfmiddlewaretoken", SEEN, PLACE, "preview", "draft", AGAIN}
LONGEST_DRAFT = 100_000
Drafts = Mapping[str, Sequence[Draft]]


def fresh_form(known: Act, situation: Situation, drafts: Drafts, *, wanted: str = "") -> ActForm:
    """A form as somebody finds it: with their newest draft or the one ``wanted``, else with what
    the case says. What they wrote in another window lies beside it.
    """
    initial = dict(known.initial(situation)) if known.initial else {}
    kept = drafts.get(known.draft_name(situation.item), ()) if known.keeps_draft else ()
    draft = next((one for one in kept if str(one.pk) == wanted), kept[0] if kept else None)
    form = known.form(situation, initial=initial)
    if draft is not None:
        form.initial.update(
            {name: text for name, text in draft.content.items() if name in form.fields}
        )
        form.saved_at = draft.saved_at  # type: ignore[attr-defined]
        form.place = new_place(draft.pk, draft.version)  # type: ignore[attr-defined]
        form.beside = [one for one in kept if one is not draft]  # type: ignore[attr-defined]
    return form


def typed_in(request: StaffRequest) -> dict[str, str]:
    """The fields of a form as a draft holds them."""
    return {
        key: str(request.POST[key])[:LONGEST_DRAFT].replace("\0", "")
        for key in request.POST
        if key not in _NOT_TYPED and len(key) <= 60
    }


def draft_context(
    form: ActForm, zone: str, *, act_url: str, draft_url: str, drop_url: Callable[[int], str]
) -> dict[str, Any]:
    """What the form of an act shows of its drafts. ``draft_url`` is empty where none is kept."""
    saved_at = getattr(form, "saved_at", None)
    return {
        "draft_url": draft_url,
        "draft_words": draft_words(saved_at, zone) if saved_at else "",
        "draft_place": form.data.get(PLACE) or getattr(form, "place", None) or new_place(),
        "beside": [
            {
                "words": _("Written in another window, saved at %(hour)s")
                % {"hour": spoken.hour(one.saved_at, zone)},
                "text": "\n\n".join(
                    str(text) for text in one.content.values() if str(text).strip()
                ),
                "use_url": f"{act_url}?draft={one.pk}",
                "drop_url": drop_url(one.pk),
            }
            for one in getattr(form, "beside", [])
        ],
    }


def draft_words(saved_at: datetime, zone: str) -> str:
    """That what is typed is kept, and since when."""
    return _("Draft saved at %(hour)s, not sent") % {"hour": spoken.hour(saved_at, zone)}


def kept_words(saved_at: datetime, zone: str, *, has_others: bool) -> str:
    """The same once it has been kept: another window may have kept something, too."""
    words = draft_words(saved_at, zone)
    if has_others:
        words += ". " + _("What you wrote in another window is kept beside it: reload to see it.")
    return words
