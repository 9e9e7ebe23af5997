"""The cases and incidents that this case has to do with."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from valedor.acts import Situation
from valedor.desk.alike import signs_in_words
from valedor.desk.case_page.addresses import url_of
from valedor.desk.queries.joining import Together
from valedor.desk.queries.repeating import Repeated
from valedor.foundation.moments import local_day
from valedor.incidents.collective.models import Membership
from valedor.people.permissions import Permission
from valedor.telling import spoken


def memberships_of(situation: Situation, found: Sequence[Membership]) -> list[dict[str, Any]]:
    """The wider incidents that the case belongs to, or may: for those who work on it."""
    works = {Permission.HANDLE, Permission.ANSWER_ENQUIRIES} & situation.viewer.permissions
    return [
        {
            "title": str(one.incident.title),
            "url": reverse("desk:incident", args=[one.incident_id]),
            "case": one.case_id,
            "is_proposed": one.state == Membership.State.PROPOSED,
            "signs": ", ".join(str(Membership.Sign(sign).label) for sign in one.signs),
            "may": bool(works),
        }
        for one in found
        if one.state == Membership.State.JOINED or one.incident.closed_at is None
    ]


def together_of(situation: Situation, together: Sequence[Together]) -> list[dict[str, str]]:
    """Related cases, those that go on here, and what was a part of this one."""
    how = {
        "merged": _("goes on here"),
        "related": _("related"),
        "origin": _("this one was a part of it"),
        "part": _("was a part of this one"),
    }
    case, may = situation.case, situation.refusals["relate"] is None
    shown = []
    for one in together:
        if one.what not in how:
            continue
        url, back = reverse("desk:case", args=[one.reference]), ""
        if one.what == "merged":
            url, back = (
                f"{url}?own",
                reverse("desk:act_on", args=[one.reference, "mergers", one.row]),
            )
        elif one.what == "related":
            back = url_of(case, "relations", one.row)
        shown.append(
            {
                "url": url,
                "reference": one.reference,
                "subject": one.subject,
                "how": how[one.what],
                "back": back if may else "",
            }
        )
    return shown


def repeated_of(situation: Situation, repeated: Sequence[Repeated]) -> list[dict[str, str]]:
    """Open cases that may be about the same, with what speaks for it and the two ways out."""
    case, here = situation.case, situation.viewer.within(situation.case.entity_id)
    may_merge = situation.refusals["merge"] is None
    may_part = bool(here.permissions & {Permission.HANDLE, Permission.ANSWER_ENQUIRIES})
    return [
        {
            "reference": one.reference,
            "url": reverse("desk:case", args=[one.reference]),
            "subject": one.subject,
            "when": spoken.short_day(local_day(one.received_at, case.entity.timezone)),
            "signs": signs_in_words(one.signs),
            "told": _("The receipt told the person of the first one.") if one.is_told else "",
            "merge_url": url_of(case, "merger") if may_merge else "",
            "part_url": reverse(
                "desk:act_on",
                args=[one.reference if one.is_later else case.reference, "repetitions", one.row],
            )
            if may_part
            else "",
        }
        for one in repeated
    ]


def goes_on_in(situation: Situation, together: Sequence[Together]) -> dict[str, str]:
    """Where a merged case goes on, if the viewer sees that one."""
    kept = next((one for one in together if one.what == "kept"), None)
    if kept is None:
        return {}
    return {
        "reference": kept.reference,
        "url": reverse("desk:case", args=[kept.reference]),
        "back": url_of(situation.case, "mergers", kept.row)
        if situation.viewer.within(situation.case.entity_id).may(Permission.HANDLE)
        else "",
    }
