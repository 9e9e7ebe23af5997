"""Incidents whole: declared, told more of, ended, the cases that they brought gathered, closed."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from valedor.acts.desk.areas import number_of
from valedor.acts.desk.desk_act import Desk, DeskForm
from valedor.acts.desk.giving_out import References
from valedor.acts.forms.incidents import DeclareForm, EndForm, TellForm
from valedor.acts.reading import incidents as reading
from valedor.acts.reading.public_messages import entities_registered_for
from valedor.casefile.access import case_for
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal, Refused
from valedor.incidents.collective import incident_rules
from valedor.incidents.collective.actions.declare import (
    close_incident,
    declare,
    end,
    still_open,
    tell_more,
)
from valedor.incidents.collective.actions.gather import join
from valedor.incidents.collective.models import Incident
from valedor.people.models import Entity

AT_ONCE = 500


# ------------------------------------------------------------------ declared
class IncidentForm(DeclareForm):
    """What befalls many."""

    grows: ClassVar[str] = ""

    def __init__(self, situation: Desk, *data: Any) -> None:
        self.situation = situation
        super().__init__(*data, entity=entity_of(situation))

    def clean(self) -> dict[str, Any]:
        """As the action takes it."""
        given = dict(super().clean() or {})
        return given if self.errors else given | {"said": self.said()}


def entities(desk: Desk) -> list[tuple[str, str]]:
    """Where its author declares one."""
    return [
        (one.key, one.name)
        for one in entities_registered_for(desk.viewer)
        if incident_rules.why_not_work(desk.viewer, one.pk) is None
    ]


def entity_of(desk: Desk) -> Entity:
    """The one that the address names. Raises ``Http404``."""
    for one in entities_registered_for(desk.viewer):
        if one.key == desk.thing:
            return one
    raise Http404


def why_not_declare(desk: Desk) -> Refusal | None:
    return incident_rules.why_not_work(desk.viewer, entity_of(desk).pk)


def do_declare(desk: Desk, given: Mapping[str, Any]) -> str:
    made = declare(entity_of(desk), **given["said"], by=desk.account, at=desk.at)
    desk.made = f"incidents/{made.pk}"
    return _("It is declared: gather the cases that it brought so far.")


# ------------------------------------------------------------------ told more of, and over
class NewsForm(TellForm):
    """What is known now, and until when it is expected to last."""

    grows: ClassVar[str] = ""

    def __init__(self, situation: Desk, *data: Any) -> None:
        self.situation, found = situation, incident_of(situation)
        super().__init__(*data, entity=found.entity, expected=found.expected_end_at)

    def clean(self) -> dict[str, Any]:
        """With the words as one text."""
        return dict(super().clean() or {}) | {"told": self.words("words")}


class OverForm(EndForm):
    """When it ended, and what people are told."""

    grows: ClassVar[str] = ""

    def __init__(self, situation: Desk, *data: Any) -> None:
        self.situation = situation
        super().__init__(*data, entity=incident_of(situation).entity, at=situation.at)

    def clean(self) -> dict[str, Any]:
        """With the words as one text."""
        return dict(super().clean() or {}) | {"told": self.words("words")}


def incident_of(desk: Desk) -> Incident:
    """The one that the address names. Raises ``Http404``."""
    return reading.incident_for(desk.viewer, number_of(desk))


def why_not_tell(desk: Desk) -> Refusal | None:
    return why_not_work_on(desk.viewer, incident_of(desk))


def do_tell(desk: Desk, given: Mapping[str, Any]) -> str:
    tell_more(
        incident_of(desk),
        words=given["told"],
        expected_end_at=given["expected_end_at"],
        by=desk.account,
        at=desk.at,
    )
    return _("It is told on the portal now.")


def why_not_end(desk: Desk) -> Refusal | None:
    found = incident_of(desk)
    return incident_rules.why_not_work(desk.viewer, found.entity_id) or incident_rules.why_not_end(
        found, ended_at=found.began_at, at=desk.at
    )


def do_end(desk: Desk, given: Mapping[str, Any]) -> str:
    end(
        incident_of(desk),
        ended_at=given["ended_at"],
        words=given["told"],
        by=desk.account,
        at=desk.at,
    )
    return _("It has ended; its cases are still to be answered.")


def why_not_close(desk: Desk) -> Refusal | None:
    found = incident_of(desk)
    open_cases, waiting = still_open(found)
    return incident_rules.why_not_work(
        desk.viewer, found.entity_id
    ) or incident_rules.why_not_close(found, open_cases=open_cases, waiting=waiting)


def do_close(desk: Desk, given: Mapping[str, Any]) -> str:
    close_incident(incident_of(desk), by=desk.account, at=desk.at)
    return _("The incident is closed.")


# ------------------------------------------------------------------ its cases
class GatheringForm(DeskForm):
    """Which cases belong to it."""

    cases = References(
        label=gettext_lazy("Which cases?"),
        error_messages={"required": gettext_lazy("Choose at least one case.")},
    )

    def clean_cases(self) -> list[str]:
        """No more than the page takes at once."""
        given: list[str] = self.cleaned_data["cases"]
        if len(given) > AT_ONCE:
            words = _("At most %(number)s cases at once.") % {"number": AT_ONCE}
            raise forms.ValidationError(words)
        return given


def why_not_gather(desk: Desk) -> Refusal | None:
    found = incident_of(desk)
    return incident_rules.why_not_gather(
        desk.viewer, found.entity_id
    ) or incident_rules.why_not_go_on(found)


def do_gather(desk: Desk, given: Mapping[str, Any]) -> str:
    """Each case on its own: what is refused for one does not stop the others."""
    found, done = incident_of(desk), 0
    for reference in given["cases"]:
        try:
            join(found, case_for(desk.viewer, reference), by=desk.account, at=desk.at)
        except Http404:
            desk.said.append(_("%(case)s is not here any more.") % {"case": reference})
        except Refused as refused:
            desk.said.append(f"{reference}: {refused.refusal}")
        else:
            done += 1
    words = ngettext("%(number)s case joined.", "%(number)s cases joined.", done)
    return words % {"number": done} if done else _("No case joined.")


def why_not_work_on(viewer: Viewer, found: Incident) -> Refusal | None:
    """Whoever works there, while it is not closed."""
    return incident_rules.why_not_work(viewer, found.entity_id) or incident_rules.why_not_go_on(
        found
    )
