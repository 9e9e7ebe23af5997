"""Who else has a case open, in words."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from valedor.handling.presence import Here


def presence_of(reference: str, here: Sequence[Here]) -> dict[str, Any]:
    """The line above the page of a case, and where it is asked for again."""
    return {
        "here": [_words(one) for one in here],
        "presence_url": reverse("desk:presence", args=[reference]),
    }


def _words(one: Here) -> str:
    told = {"name": one.name}
    if not one.form:
        return _("%(name)s has this open.") % told
    noun = one.form.rpartition("-")[0] if one.form.rpartition("-")[2].isdecimal() else one.form
    if noun == "response":
        return _("%(name)s has this open, and is writing the answer.") % told
    if noun == "message":
        return _("%(name)s has this open, and is writing to the person.") % told
    return _("%(name)s has this open, and is writing.") % told
