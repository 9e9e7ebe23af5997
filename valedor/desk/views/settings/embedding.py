"""Which sites may show the form of an entity inside their own pages, and the line they write."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from valedor.desk.pages import StaffRequest, staff_page
from valedor.people.actions.entities import change_entity
from valedor.people.models import Entity
from valedor.people.permissions import Permission

from .shell import entity_or_404, form_page, save

TAB = "desk:settings:embedding"


class EmbeddingForm(forms.Form):
    """The sites, a line each."""

    use_required_attribute = False

    embedding_sites = forms.CharField(
        label=gettext_lazy("Sites that may show the form, a line each"),
        help_text=gettext_lazy(
            "https://www.example.org; https://*.example.org for every host below. None: no site "
            "may."
        ),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def sites(self) -> list[str]:
        """The origins, as they are compared."""
        lines = self.cleaned_data["embedding_sites"].split()
        return list(dict.fromkeys(line.strip().rstrip("/").lower() for line in lines))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def embedding(request: StaffRequest, key: str) -> HttpResponse:
    """One form, and what the other site writes into its page."""
    entity = entity_or_404(key)
    initial = {"embedding_sites": "\n".join(entity.embedding_sites)}
    form = EmbeddingForm(request.POST or None, initial=initial)
    done = save(
        request,
        form,
        lambda at: change_entity(entity, embedding_sites=form.sites(), by=request.user, at=at),
        reverse(TAB, args=[key]),
    )
    return done or form_page(
        request,
        TAB,
        _("The form on other sites"),
        form,
        entity=entity,
        lede=_("The site writes one line where the form is to stand. No cookie is needed there."),
        template="desk/settings/embedding.html",
        more=_lines(entity),
    )


def _lines(entity: Entity) -> dict[str, Any]:
    address = settings.PUBLIC_URL + reverse("portal:embedded", args=[entity.key])
    script = static("scripts/embed.js")
    return {
        "is_open": bool(entity.embedding_sites),
        # Shown as text: the template escapes the line, and the line its own words.
        "line": f'<iframe data-valedor src="{address}?lang={entity.default_language}" '
        f'title="{escape(entity.name)}" width="100%" height="900"></iframe>',
        "script": f'<script src="{settings.PUBLIC_URL}{script}" async></script>',
        "address": f"{address}?lang={entity.default_language}",
    }
