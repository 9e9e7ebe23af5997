"""What the pages of knowledge share: who opens them, their tabs, and an article as a row."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from valedor.acts.reading.knowledge import entities_read_by, to_see_to
from valedor.casefile.viewing import Viewer
from valedor.design.parts import MenuItem
from valedor.knowledge.models import ArticleVersion
from valedor.people.permissions import Permission

PLACE = "house:knowledge"
READS = (Permission.SEE_CASES, Permission.EDIT_KNOWLEDGE)
EXCERPT = 180


def tabs_of(viewer: Viewer, here: str, at: datetime) -> list[MenuItem]:
    """The ways between the pages; what waits is counted for those who can see to it."""
    tabs: list[tuple[str, str, int | None]] = [
        ("knowledge", pgettext("knowledge", "Articles"), None)
    ]
    tabs.append(("guidance", pgettext("knowledge", "Guidance"), None))
    if viewer.may(Permission.EDIT_KNOWLEDGE):
        waiting = len(to_see_to(viewer, at))
        tabs.append(("knowledge_due", pgettext("knowledge", "To see to"), waiting))
    return [
        MenuItem(name=name, url=reverse(f"desk:{key}"), count=count, is_current=key == here)
        for key, name, count in tabs
    ]


def row_of(version: ArticleVersion) -> dict[str, Any]:
    """An article in a list: its title and how it begins, in the reader's language."""
    return {
        "pk": version.pk,
        "url": reverse("desk:article", args=[version.article.key]),
        "title": str(version.title),
        "excerpt": excerpt_of(str(version.body)),
        "shelf": version.get_shelf_display(),
    }


def excerpt_of(text: str) -> str:
    """How a text begins, cut between words."""
    flat = " ".join(text.split())
    if len(flat) <= EXCERPT:
        return flat
    return flat[: flat.rfind(" ", 0, EXCERPT)].rstrip(" .,;:") + "…"


def several(viewer: Viewer) -> bool:
    """Whether the reader has to be told of which entity something is."""
    return len(entities_read_by(viewer)) > 1


def says(count: int, no: int) -> str:
    """How people judged it, in a sentence."""
    return _("It answered %(yes)s, it did not answer %(no)s.") % {"yes": count, "no": no}
