"""Which bodies one entity has joined and so accepts beforehand: arbitration boards, above all."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from valedor.bodies.actions.join import join
from valedor.bodies.models import Adhesion
from valedor.bodies.queries import adhesion_of, adhesions_in_file, bodies_to_join, every_body
from valedor.bodies.told import limits_in_words
from valedor.desk.pages import StaffRequest, staff_page
from valedor.foundation.moments import local_day, now
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.telling import spoken

from .body_form import AdhesionForm
from .shell import Listing, ListRow, entity_or_404, form_page, listing, save

TAB = "desk:settings:adhesions"


@require_safe
@staff_page(Permission.CONFIGURE)
def adhesions(request: StaffRequest, key: str) -> HttpResponse:
    """What the entity has joined, and what it left."""
    entity = entity_or_404(key)
    names = {body.key: str(body.name) for body in every_body()}
    rows = [
        ListRow(
            url=reverse("desk:settings:adhesion", args=[key, one.pk]),
            cells=[
                names.get(one.body, one.body),
                limits_in_words(one, spoken.language()) or _("every matter, any amount"),
                spoken.day(one.valid_from),
                spoken.day(one.valid_until) if one.valid_until else "",
            ],
        )
        for one in adhesions_in_file(entity)
    ]
    table = Listing(
        columns=[pgettext("office", "Body"), _("Limits"), _("First day"), _("Last day")],
        rows=rows,
        empty=_("The entity has joined nothing"),
        empty_words=_(
            "People are told that arbitration is open only if the entity accepts it case by case. "
            "Write down what it joined, and since when."
        ),
    )
    return listing(
        request, TAB, entity.name, table, entity=entity,
        lede=_("A body that the entity has joined may decide without asking it first."),
        add_url=reverse("desk:settings:adhesion_new", args=[key]), add=_("Join a body"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def adhesion_new(request: StaffRequest, key: str) -> HttpResponse:
    """One more that it joined."""
    entity = entity_or_404(key)
    known = bodies_to_join(entity, on=local_day(now(), entity.timezone))
    form = AdhesionForm(request.POST or None, entity=entity, bodies=known)
    return _page(request, entity, form, None, title=_("Join a body"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def adhesion(request: StaffRequest, key: str, pk: int) -> HttpResponse:
    """One of them: its limits, and the day on which it ends."""
    entity = entity_or_404(key)
    found = adhesion_of(entity, pk)
    if found is None:
        raise Http404
    form = AdhesionForm(request.POST or None, entity=entity, adhesion=found)
    return _page(request, entity, form, found, title=found.body)


def _page(
    request: StaffRequest,
    entity: Entity,
    form: AdhesionForm,
    found: Adhesion | None,
    *,
    title: str,
) -> HttpResponse:
    to = reverse(TAB, args=[entity.key])
    done = save(
        request,
        form,
        lambda at: join(
            entity,
            found.body if found else form.cleaned_data["body"],
            valid_from=found.valid_from if found else form.cleaned_data["valid_from"],
            **form.said(),
            by=request.user,
            at=at,
        ),
        to,
    )
    return done or form_page(request, TAB, title, form, entity=entity, cancel_url=to)
