"""A public message noted, so that its author can be asked whether it may become a case."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import Http404
from django.utils.translation import gettext as _

from valedor.acts.desk.desk_act import Desk
from valedor.acts.forms.public_messages import PublicMessageForm
from valedor.acts.reading.public_messages import entities_registered_for
from valedor.channels.social.actions.note import note_public_message
from valedor.people.models import Entity


class NotingForm(PublicMessageForm):
    """Where it stands, who wrote it, what it says."""

    grows: ClassVar[str] = ""

    def __init__(self, situation: Desk, *data: Any) -> None:
        self.situation = situation
        super().__init__(*data, entity=entity_of(situation), viewer=situation.viewer)

    def clean(self) -> dict[str, Any]:
        """As the action takes it."""
        given = dict(super().clean() or {})
        return given if self.errors else given | {"said": self.said()}


def entities(desk: Desk) -> list[tuple[str, str]]:
    """Those for which its author registers."""
    return [(one.key, one.name) for one in entities_registered_for(desk.viewer)]


def entity_of(desk: Desk) -> Entity:
    """The one that the address names. Raises ``Http404``."""
    for one in entities_registered_for(desk.viewer):
        if one.key == desk.thing:
            return one
    raise Http404


def why_not_note(desk: Desk) -> None:
    """Nothing stands against it; an entity for which one does not register is not there."""
    entity_of(desk)


def do_note(desk: Desk, given: Mapping[str, Any]) -> str:
    made = note_public_message(
        entity_of(desk), **given["said"], viewer=desk.viewer, by=desk.account, at=desk.at
    )
    desk.made = f"public-messages/{made.pk}"
    return _("It is noted: read there what to write to its author.")
