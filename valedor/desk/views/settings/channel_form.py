"""What the forms of a mailbox, of a telephone line and of an SMS gateway have in common."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from valedor.channels.models import Gateway, Line, Mailbox
from valedor.desk.pages import StaffRequest
from valedor.people.models import Entity

from .shell import form_page, save


class ChannelForm(forms.Form):
    """A way to reach an entity that a team looks after. Its key is asked only while it is new; a
    secret that is left empty stays as it is.
    """

    use_required_attribute = False
    secrets: ClassVar[frozenset[str]] = frozenset({"secret"})
    key_words: ClassVar[Any] = ""

    def __init__(
        self, *args: Any, entity: Entity, row: Mailbox | Line | Gateway | None = None, **kwargs: Any
    ) -> None:
        if row is not None:
            kwargs["initial"] = {
                name: getattr(row, name)
                for name in self.base_fields
                if name != "team" and name not in self.secrets
            } | {"team": row.team.key if row.team else ""}
        super().__init__(*args, **kwargs)
        self._teams = {team.key: team for team in entity.teams.order_by("key")}
        teams = [(team.key, str(team.name)) for team in self._teams.values()]
        self.fields["team"].choices = [("", _("The reception")), *teams]  # type: ignore[attr-defined]
        if row is None:
            self.fields["key"] = forms.CharField(
                label=_("Key"), max_length=40, help_text=self.key_words
            )
            return
        for name in self.secrets & set(self.base_fields):
            if getattr(row, name, None):
                self.fields[name].help_text = _("Leave it empty to keep the one that is set.")

    def said(self) -> dict[str, Any]:
        """What the action is told."""
        said = {name: self.cleaned_data[name] for name in self.base_fields}
        return said | {"team": self._teams.get(said["team"])}


def channel_page(
    request: StaffRequest,
    tab: str,
    form: ChannelForm,
    act: Callable[..., object],
    *,
    entity: Entity,
    key: str = "",
    title: str,
    lede: str = "",
) -> HttpResponse:
    """The form of one way to reach an entity, sent or not: a new one asks for its ``key``. ``act``
    is told what was typed, and ``tab`` names the list that it leads back to.
    """
    to = reverse(tab, args=[entity.key])
    done = save(
        request,
        form,
        lambda at: act(
            entity, key or form.cleaned_data["key"], **form.said(), by=request.user, at=at
        ),
        to,
    )
    return done or form_page(request, tab, title, form, entity=entity, lede=lede, cancel_url=to)
