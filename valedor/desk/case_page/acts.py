"""What can be done to a case, and what can be written."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from valedor.acts import ACTS, GROUPS, Act, Situation
from valedor.casefile.models import Case
from valedor.design.parts import MenuItem
from valedor.desk.case_page.addresses import url_of

COMPOSER = ("message", "note", "area-question")
"""What the page lets one write at once."""
# What does not concern a case at all needs no grey button with a sentence.
_NOT_WORTH_SHOWING = frozenset(
    {
        "not_marked",
        "nothing_asked",
        "not_complex",
        "not_closed",
        "already_protected",
        "not_protected",
    }
)


def groups_of(situation: Situation) -> list[dict[str, Any]]:
    """Every act with its button, greyed with the rule's own sentence where it may not be done."""
    groups = []
    for key, title in GROUPS.items():
        acts = []
        for act in ACTS.values():
            if act.group != key or (act.concerns and not act.concerns(situation)):
                continue
            refusal = act.refusal(situation)
            if refusal is not None and refusal.code in _NOT_WORTH_SHOWING:
                continue
            acts.append(
                {
                    "id": f"act-{act.noun}",
                    "label": str(act.title),
                    "icon": act.icon,
                    "url": url_of(situation.case, act.noun),
                    "refusal": str(refusal) if refusal else "",
                }
            )
        if acts:
            acts.sort(key=lambda one: bool(one["refusal"]))
            groups.append({"title": str(title), "acts": acts})
    return groups


def tabs_of(case: Case, chosen: str, allowed: Sequence[Act]) -> list[MenuItem]:
    """What can be written: to the person, for colleagues, to an area."""
    names = {
        "message": _("Reply to the person"),
        "note": _("Internal note"),
        "area-question": _("Ask an area"),
    }
    address = reverse("desk:case", args=[case.reference])
    return [
        MenuItem(
            name=names[act.noun],
            url=f"{address}?write={act.noun}#composer",
            is_current=act.noun == chosen,
        )
        for act in allowed
    ]
