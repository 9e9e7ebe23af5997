"""Whether a case belongs to an incident that gathers many."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts import queries as reading
from valedor.acts.act import ActForm, Situation
from valedor.acts.words import text_field
from valedor.foundation.refusals import Refusal
from valedor.incidents.collective import incident_rules
from valedor.incidents.collective.actions.gather import decline, join, leave
from valedor.incidents.collective.models import Incident
from valedor.people.models import Account


class IncidentForm(ActForm):
    """Which incident."""

    incident = forms.ChoiceField(
        label=gettext_lazy("Which incident?"),
        error_messages={"required": gettext_lazy("Choose the incident.")},
    )

    def prepare(self) -> None:
        found = reading.incidents_open_at(self.situation.case)
        self.incidents = {str(one.pk): one for one in found}
        self.fields["incident"].choices = [  # type: ignore[attr-defined]
            (key, str(one.title)) for key, one in self.incidents.items()
        ]

    def clean_incident(self) -> Incident:
        """The incident itself."""
        return self.incidents[self.cleaned_data["incident"]]


class LeavingForm(ActForm):
    """Why a case goes its own way."""

    reason = text_field(gettext_lazy("Reason"), rows=2)


def why_not_gather(situation: Situation) -> Refusal | None:
    return incident_rules.why_not_gather(situation.viewer, situation.case.entity_id)


def why_not_leave(situation: Situation) -> Refusal | None:
    _incident(situation)
    return why_not_gather(situation)


def do_join(situation: Situation, given: Mapping[str, Any]) -> str:
    join(given["incident"], situation.case, by=_account(situation), at=situation.at)
    return _("The case is one of the incident's now.")


def do_decline(situation: Situation, given: Mapping[str, Any]) -> str:
    decline(given["incident"], situation.case, by=_account(situation), at=situation.at)
    return _("The case is not one of the incident's.")


def do_leave(situation: Situation, given: Mapping[str, Any]) -> str:
    leave(
        _incident(situation),
        situation.case,
        reason=given["reason"],
        by=_account(situation),
        at=situation.at,
    )
    return _("The case goes its own way.")


def _incident(situation: Situation) -> Incident:
    return reading.incident_joined(situation.case, situation.item or 0)


def _account(situation: Situation) -> Account:
    assert situation.viewer.account is not None  # noqa: S101 -- acts are done by staff
    return situation.viewer.account
