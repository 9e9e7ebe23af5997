"""Consent to promotional contact: written down as it was given, and taken back as easily."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts import persons as reading
from valedor.acts.desk.areas import number_of
from valedor.acts.desk.desk_act import Desk, DeskForm
from valedor.acts.forms.promotion import ConsentForm
from valedor.acts.persons import Known
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.people.actions.promotion import NOT_PERMITTED, record_consent, withdraw_consent
from valedor.people.models import Entity, PromotionConsent
from valedor.people.permissions import Permission


class YesForm(ConsentForm):
    """A yes, as it was given."""

    grows: ClassVar[str] = ""

    def __init__(self, situation: Desk, data: Any = None, _files: Any = None) -> None:
        self.situation = situation
        known = person_of(situation)
        super().__init__(recorded_for(situation.viewer, known), data, at=situation.at)

    def clean_entity(self) -> Entity:
        """The entity itself."""
        return self.entities[self.cleaned_data["entity"]]


class NoForm(DeskForm):
    """From whom they want nothing promotional any more, and how they said it."""

    entity = forms.ChoiceField(label=gettext_lazy("Who may write to them?"))
    channel = forms.ChoiceField(
        label=gettext_lazy("How did they say it?"), choices=PromotionConsent.Channel.choices
    )

    def prepare(self) -> None:
        theirs = recorded_for(self.situation.viewer, person_of(self.situation))
        self.entities = {one.key: one for one in theirs}
        self.fields["entity"].choices = [(one.key, one.name) for one in theirs]  # type: ignore[attr-defined]

    def clean_entity(self) -> Entity:
        """The entity itself."""
        return self.entities[self.cleaned_data["entity"]]


def person_of(desk: Desk) -> Known:
    """The one whom the address names, as far as its author sees a case of theirs. Raises
    ``Http404``.
    """
    known = reading.person_known(desk.viewer, number_of(desk))
    if known is None:
        raise Http404
    return known


def recorded_for(viewer: Viewer, known: Known) -> list[Entity]:
    """The entities of their cases at which this viewer writes down what people say."""
    theirs = viewer.entities_where(Permission.REGISTER)
    found = {case.entity_id: case.entity for case in known.cases if case.entity_id in theirs}
    return [found[key] for key in sorted(found)]


def why_not_say(desk: Desk) -> Refusal | None:
    """Whoever registers for an entity of a case of theirs writes it down."""
    return None if recorded_for(desk.viewer, person_of(desk)) else NOT_PERMITTED


def do_record(desk: Desk, given: Mapping[str, Any]) -> str:
    record_consent(
        person_of(desk).person,
        entity=given["entity"],
        channel=PromotionConsent.Channel(given["channel"]),
        occasion=PromotionConsent.Occasion(given["occasion"]),
        giver=PromotionConsent.Giver(given["giver"]),
        words=given["words"],
        version=given["version"],
        language=given["language"],
        given_at=given["given_at"],
        by=desk.account,
        at=desk.at,
    )
    return _("The consent is written down. They can withdraw it at any time.")


def do_withdraw(desk: Desk, given: Mapping[str, Any]) -> str:
    withdraw_consent(
        person_of(desk).person,
        entity=given["entity"],
        channel=PromotionConsent.Channel(given["channel"]),
        by=desk.account,
        at=desk.at,
    )
    return _("The consent is withdrawn: nothing promotional is sent any more.")
