"""The stamped receipt: what somebody who came to the counter carries away (Ley 39/2015, art. 16.3;
ISO 10002, 7.3).

It names the reference, the day and the hour, and what was handed in, page by page. The way to the
case is a link of its own, in writing and as a square for a telephone; the access code is told in
person and stands on no paper that is kept.
"""

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from valedor.casefile import letters
from valedor.casefile.models import Case, Document, Entry, EntryContent
from valedor.casefile.paper.typeset import typeset
from valedor.channels.post.separator import squares_of
from valedor.foundation.refusals import Refusal, Refused
from valedor.foundation.spoken_dates import moment_in_words


def stamped_receipt(case: Case, entry: Entry, *, at: datetime) -> bytes:
    """A receipt for papers handed in, as PDF/A-2a in the language of the case. ``entry`` is the
    line that tells of them; the link on it is good for thirty days from ``at``.

    Raises ``Refused`` for a case whose content was erased.
    """
    if case.erased_at is not None:
        raise Refused(Refusal("case_erased", _("What was filed has been erased.")))
    with translation.override(case.language):
        values = _values(case, entry, at)
    return typeset("stamped", values, case.language, at=at)


def _values(case: Case, entry: Entry, at: datetime) -> dict[str, Any]:
    entity = case.entity
    person = case.mandate.representative if case.mandate else case.complainant
    content = EntryContent.objects.filter(pk=entry.pk).first()
    what = str(content.details.get("what", "")) if content else ""
    pages = int(entry.particulars["pages"])
    files = Document.objects.filter(
        pk__in=entry.particulars["documents"], case=case.pk, erased_at=None
    ).order_by("pk")
    link = letters.mailed_link(case, person, at=at)
    moment = moment_in_words(entry.at, entity.timezone, case.language)
    return {
        "title": _("Stamped receipt"),
        "foot": f"{entity.name} · {case.reference}",
        "entity": entity.name,
        "address": entity.postal_address,
        "stamp": [pgettext("stamp", "RECEIVED"), entity.name, moment, case.reference],
        "facts": [
            [_("Reference"), case.reference],
            [_("Handed in by"), person.name if person else _("somebody without a name")],
            [_("Day and hour"), moment],
            [_("What was handed in"), what],
            [
                _("Pages"),
                ngettext("%(number)s page", "%(number)s pages", pages) % {"number": pages},
            ],
        ],
        "files_title": _("Scanned at the counter"),
        "files": [{"name": one.name, "sha256": one.sha256} for one in files],
        "follow": _("How to follow your case"),
        "follow_words": _(
            "Open this address, or hold the camera of a telephone over the square. It works for "
            "thirty days; after that, with the reference and the access code that you were told, "
            "at %(address)s."
        )
        % {"address": letters.page_of(case)},
        "link": link,
        "squares": squares_of(link),
        "square_words": _("The link to your case"),
    }
