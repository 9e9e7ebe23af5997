"""Bodies outside the house: every version, a new one, a correction, the last day."""

from datetime import datetime

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from valedor.bodies.actions.set_body import end_body, set_body
from valedor.bodies.models import Body
from valedor.bodies.queries import body_version, every_body
from valedor.bodies.taking_in import as_csv
from valedor.desk.pages import StaffRequest, staff_page
from valedor.disputes.queries import open_cases_before
from valedor.people.permissions import Permission
from valedor.procedures.plain_names import place_name
from valedor.procedures.vocabulary_tables import word
from valedor.telling import spoken

from .body_form import BodyForm, LastDayForm
from .shell import Listing, ListRow, form_page, listing, save

TAB = "desk:settings:bodies"


@require_safe
@staff_page(Permission.CONFIGURE)
def bodies(request: StaffRequest) -> HttpResponse:
    """Every version of every body, with since when and until when it holds."""
    rows = [
        ListRow(
            url=reverse("desk:settings:body", args=[one.pk]),
            cells=[
                str(one.name),
                _capital(word("bodies", one.kind)),
                one.municipality or place_name(one.place),
                _since(one),
                spoken.day(one.checked_on),
            ],
            tag="" if one.valid_until is None else _("ends"),
        )
        for one in every_body()
    ]
    table = Listing(
        columns=[
            pgettext("office", "Body"),
            _("What kind of body"),
            _("Whom it serves"),
            _("Valid"),
            _("Last checked on"),
        ],
        rows=rows,
        empty=_("No body is known yet"),
        empty_words=_(
            "Letters and pages then name kinds of bodies only. Add the ones of your place, or "
            "bring in a file with valedor bodies."
        ),
    )
    return listing(
        request,
        TAB,
        _("Bodies outside the house"),
        table,
        lede=_(
            "Whom letters and pages name when somebody wants to go further: by place, trade and "
            "amount, on the day of the letter."
        ),
        add_url=reverse("desk:settings:body_new"),
        add=_("Add a body"),
        more={
            "file_url": reverse("desk:settings:bodies_table"),
            "file": _("All of them as a table"),
        },
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _since(body: Body) -> str:
    since = {"begins": spoken.day(body.valid_from)}
    if body.valid_until is None:
        return _("from %(begins)s") % since
    return _("from %(begins)s to %(ends)s") % {**since, "ends": spoken.day(body.valid_until)}


@require_safe
@staff_page(Permission.CONFIGURE)
def bodies_table(request: StaffRequest) -> HttpResponse:
    """All of them as a file that can be read back (``valedor bodies``)."""
    response = HttpResponse(as_csv(every_body()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="bodies.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def body_new(request: StaffRequest) -> HttpResponse:
    """A body that nobody has written down yet."""
    form = BodyForm(request.POST or None)
    return _page(request, form, "", title=_("Add a body"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def body(request: StaffRequest, pk: int) -> HttpResponse:
    """One version: what it says is corrected here."""
    found = _or_404(pk)
    form = BodyForm(request.POST or None, body=found)
    return _page(
        request, form, found.key, title=str(found.name), version=found,
        lede=_("Correct what was written down wrongly. If the body moved or changed, begin a new "
               "version: letters that were sent stay as they were."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def body_next(request: StaffRequest, pk: int) -> HttpResponse:
    """A new version of a body that moved or changed, from a day on."""
    found = _or_404(pk)
    form = BodyForm(request.POST or None, body=found, is_new=True)
    return _page(
        request, form, found.key, title=_("New version: %(name)s") % {"name": found.name},
        lede=_("From its first day on letters and pages name this one; the version before it ends "
               "on the day before."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def body_end(request: StaffRequest, pk: int) -> HttpResponse:
    """The last day of a body, with how many cases are before one of its kind now."""
    found, to = _or_404(pk), reverse(TAB)
    form = LastDayForm(request.POST or None)
    done = save(
        request,
        form,
        lambda at: end_body(
            found,
            form.cleaned_data["on"],
            by=request.user,
            at=at,
            reason=form.cleaned_data["reason"],
        ),
        to,
    )
    waiting = open_cases_before(found.kind, country=found.country)
    lede = _("Letters and pages of later days name it no longer; its versions stay on record.")
    if waiting:
        lede += " " + ngettext(
            "%(count)s open case is before a body of this kind: if it lies there, it stays there, "
            "and whoever handles it should ask the body who goes on with it.",
            "%(count)s open cases are before a body of this kind: those that lie there stay there, "
            "and whoever handles them should ask the body who goes on with them.",
            waiting,
        ) % {"count": waiting}
    return done or form_page(
        request, TAB, _("It ends: %(name)s") % {"name": found.name}, form,
        lede=lede, submit=_("Say its last day"), cancel_url=to,
    )  # fmt: skip


def _or_404(pk: int) -> Body:
    found = body_version(pk)
    if found is None:
        raise Http404
    return found


def _page(
    request: StaffRequest,
    form: BodyForm,
    key: str,
    *,
    title: str,
    version: Body | None = None,
    lede: str = "",
) -> HttpResponse:
    to = reverse(TAB)

    def set_it(at: datetime) -> object:
        said = form.said()
        if version is not None:
            said["valid_from"] = version.valid_from
        return set_body(key or form.cleaned_data["key"], **said, by=request.user, at=at)

    done = save(request, form, set_it, to)
    more = {}
    if version is not None:
        more = {
            "next_url": reverse("desk:settings:body_next", args=[version.pk]),
            "end_url": reverse("desk:settings:body_end", args=[version.pk]),
        }
    return done or form_page(
        request, TAB, title, form, lede=lede, cancel_url=to,
        template="desk/settings/body.html", more=more,
    )  # fmt: skip
