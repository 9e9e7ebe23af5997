"""Whether an entity is talked to by chat on its portal, and who answers there."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from valedor.casefile.models import Kind
from valedor.channels.chat.actions.set_desk import set_chat_desk
from valedor.desk.pages import StaffRequest, staff_page
from valedor.desk.queries.chats import desk_of
from valedor.people.models import Entity
from valedor.people.permissions import Permission

from .shell import entity_or_404, form_page, save

TAB = "desk:settings:chat"


class ChatDeskForm(forms.Form):
    """How an entity is talked to."""

    use_required_attribute = False

    is_active = forms.BooleanField(
        label=gettext_lazy("The portal offers talk by chat"), required=False, initial=True
    )
    team = forms.ChoiceField(label=gettext_lazy("Team that receives"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("What a new contact is"), choices=Kind.choices, initial=Kind.ENQUIRY
    )
    most_at_once = forms.IntegerField(
        label=pgettext_lazy("chats", "How many one person holds at once"),
        min_value=1,
        max_value=20,
        initial=3,
    )

    def __init__(self, *args: Any, entity: Entity, **kwargs: Any) -> None:
        desk = desk_of(entity)
        if desk is not None:
            kwargs["initial"] = {
                "is_active": desk.is_active,
                "team": desk.team.key if desk.team else "",
                "kind": desk.kind,
                "most_at_once": desk.most_at_once,
            }
        super().__init__(*args, **kwargs)
        self._teams = {team.key: team for team in entity.teams.order_by("key")}
        teams = [(team.key, str(team.name)) for team in self._teams.values()]
        self.fields["team"].choices = [("", _("The reception")), *teams]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """What the action is told."""
        return self.cleaned_data | {"team": self._teams.get(self.cleaned_data["team"])}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def chat(request: StaffRequest, key: str) -> HttpResponse:
    """One form: an entity has one chat."""
    entity = entity_or_404(key)
    form = ChatDeskForm(request.POST or None, entity=entity)
    done = save(
        request,
        form,
        lambda at: set_chat_desk(entity, **form.said(), by=request.user, at=at),
        reverse(TAB, args=[key]),
    )
    lede = _("People see it on the portal while somebody sits at the chats of the desk.")
    return done or form_page(request, TAB, _("Talk by chat"), form, entity=entity, lede=lede)
