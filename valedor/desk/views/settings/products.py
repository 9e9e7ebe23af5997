"""What can be ordered at one entity, and what is asked for it."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from valedor.design.words_form import WordsForm
from valedor.desk.pages import StaffRequest, staff_page
from valedor.orders.actions.set_product import set_product
from valedor.orders.models import Product
from valedor.orders.queries import every_product
from valedor.orders.questions import questions_of
from valedor.people.models import Entity, Team
from valedor.people.permissions import Permission

from .shell import Listing, ListRow, entity_or_404, form_page, listing, save

TAB = "desk:settings:products"


class ProductForm(WordsForm):
    """Something that can be ordered; its key only while it is new."""

    use_required_attribute = False

    at_home = forms.BooleanField(
        label=gettext_lazy("We bring it to the person: ask for the address"), required=False
    )
    team = forms.ChoiceField(label=gettext_lazy("Team that receives it"), required=False)
    is_offered = forms.BooleanField(label=gettext_lazy("Offered"), required=False, initial=True)

    def __init__(
        self, *args: Any, entity: Entity, product: Product | None = None, **kwargs: Any
    ) -> None:
        if product is not None:
            kwargs["initial"] = {
                "at_home": product.at_home,
                "team": product.team.key if product.team else "",
                "is_offered": product.ended_at is None,
            }
        super().__init__(*args, **kwargs)
        for name, label, rows in (
            ("name", _("Name"), 0),
            ("about", _("What it is, what it costs"), 3),
            ("questions", _("What you ask for it, a question a line"), 4),
        ):
            self.add_words(
                name,
                label,
                getattr(product, name) if product else None,
                spoken=entity.languages,
                rows=rows,
            )
        first = next(name for name in self.fields if name.startswith("questions_"))
        self.fields[first].help_text = _(
            "A star at the end of a line: it must be answered. "
            "The same questions in every language."
        )
        self._teams: dict[str, Team] = {team.key: team for team in entity.teams.order_by("key")}
        teams = [(team.key, str(team.name)) for team in self._teams.values()]
        self.fields["team"].choices = [("", _("The reception")), *teams]  # type: ignore[attr-defined]
        if product is None:
            self.fields["key"] = forms.CharField(
                label=_("Key"), max_length=40, help_text=_("Small letters: new-connection")
            )

    def said(self) -> dict[str, Any]:
        """What the action is told."""
        said: dict[str, Any] = {name: self.cleaned_data[name] for name in self.base_fields}
        for name in ("name", "about", "questions"):
            said[name] = self.words(name)
        return said | {"team": self._teams.get(said["team"])}


@require_safe
@staff_page(Permission.CONFIGURE)
def products(request: StaffRequest, key: str) -> HttpResponse:
    """Everything that can be ordered, or could be once."""
    entity = entity_or_404(key)
    rows = [
        ListRow(
            url=reverse("desk:settings:product", args=[key, one.key]),
            cells=[
                str(one.name),
                one.key,
                str(len(questions_of(one.questions, entity.default_language))),
            ],
            tag="" if one.ended_at is None else _("not offered"),
        )
        for one in every_product(entity)
    ]
    table = Listing(
        columns=[_("What can be ordered"), _("Key"), _("Questions")],
        rows=rows,
        empty=_("Nothing can be ordered yet"),
        empty_words=_("Add a product or a service, and what you ask for it."),
    )
    return listing(
        request, TAB, entity.name, table, entity=entity,
        add_url=reverse("desk:settings:product_new", args=[key]),
        add=_("Add something to order"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def product_new(request: StaffRequest, key: str) -> HttpResponse:
    """Something new to order."""
    entity = entity_or_404(key)
    form = ProductForm(request.POST or None, entity=entity)
    return _page(request, entity, form, "", title=_("Add something to order"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def product(request: StaffRequest, key: str, product_key: str) -> HttpResponse:
    """One thing that can be ordered."""
    entity = entity_or_404(key)
    found = next((one for one in every_product(entity) if one.key == product_key), None)
    if found is None:
        raise Http404
    form = ProductForm(request.POST or None, entity=entity, product=found)
    return _page(request, entity, form, product_key, title=str(found.name))


def _page(
    request: StaffRequest, entity: Entity, form: ProductForm, key: str, *, title: str
) -> HttpResponse:
    to = reverse(TAB, args=[entity.key])
    done = save(
        request,
        form,
        lambda at: set_product(
            entity, key or form.cleaned_data["key"], **form.said(), by=request.user, at=at
        ),
        to,
    )
    lede = _("An order is confirmed in writing, and the person is told of every step.")
    return done or form_page(request, TAB, title, form, entity=entity, lede=lede, cancel_url=to)
