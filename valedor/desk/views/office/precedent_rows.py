"""Precedents as rows: in the list, and beside a file whose opinion is drafted."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer
from valedor.desk.queue_rows import marked
from valedor.review.office.precedents.queries import Found, likely_for
from valedor.telling import spoken


def row_of(one: Found) -> dict[str, Any]:
    """A precedent in a list."""
    precedent, file = one.precedent, one.precedent.case
    signed = spoken.local_day(precedent.signed_at, file.entity.timezone)
    return {
        "reference": file.reference,
        "subject": file.subject or _("Without a title"),
        "url": f"{reverse('desk:office_file', args=[file.reference])}#draft",
        "entity": file.entity.name,
        "category": str(precedent.category.name) if precedent.category else "",
        "outcome": str(precedent.get_outcome_display()),
        "signed": spoken.day(signed),
        "excerpt": marked(one.excerpt),
        "language": file.language,
    }


def likely(viewer: Viewer, file: Case) -> list[dict[str, Any]]:
    """The precedents of the subject of a file, for whoever drafts its opinion."""
    return [row_of(one) for one in likely_for(viewer, file)]
