"""People under more than one record: they are one, or two after all."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from valedor.acts import persons as reading
from valedor.acts.persons import Known
from valedor.design.parts import Fact
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.views.settings.shell import do, save
from valedor.foundation.moments import local_day
from valedor.foundation.refusals import Refusal, Refused
from valedor.people.actions.merge_persons import merge_persons, unmerge_persons
from valedor.people.models import ContactPoint
from valedor.people.permissions import Permission
from valedor.telling import spoken

PLACE = "house:persons"


class MergeForm(forms.Form):
    """Which record stays, which counts as that one, and how that is known."""

    use_required_attribute = False

    kept = forms.ChoiceField(
        label=gettext_lazy("The record that stays"),
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Choose the record that stays.")},
    )
    absorbed = forms.ChoiceField(
        label=gettext_lazy("The record that counts as that one"),
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Choose the other record.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("How do you know that they are the same person?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        error_messages={
            "required": gettext_lazy("Say how you know that they are the same person.")
        },
    )

    def __init__(self, apart: list[Known], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.person.pk): one.person for one in apart}
        choices = [(str(one.person.pk), _in_words(one)) for one in apart]
        for name in ("kept", "absorbed"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CORRECT, Permission.AUDIT)
def persons(request: StaffRequest) -> HttpResponse:
    """Find somebody; say that two records are one person."""
    typed = request.GET.get("q", "")[:200].replace("\0", "").strip()
    known = reading.known_as(request.viewer, typed)
    apart = [one for one in known if one.counts_as is None and _corrects(request, one)]
    form = MergeForm(apart, request.POST if request.method == "POST" else None)
    done = save(
        request,
        form,
        lambda at: merge_persons(
            form.people[form.cleaned_data["kept"]],
            absorbed=form.people[form.cleaned_data["absorbed"]],
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=at,
        ),
        _address(typed),
    )
    if done is not None:
        return done
    may = request.viewer.may(Permission.CORRECT)
    context = {
        "title": _("People with several records"),
        "typed": typed,
        "records": [_record(one) for one in known],
        "form": form if may and len(apart) > 1 else None,
        "may": may,
        "doubles": [] if typed else _doubles(request),
    }
    status = 422 if form.is_bound and form.errors else 200
    return page(request, "desk/persons.html", context, status=status, place=PLACE)


@require_POST
@staff_page(Permission.CORRECT, Permission.AUDIT)
def parting(request: StaffRequest, merge_id: int) -> HttpResponse:
    """They are two people after all."""
    merge = reading.merge_with(merge_id)
    kept = reading.person_known(request.viewer, merge.kept_id) if merge else None
    if merge is None or kept is None:
        raise Http404
    if not _corrects(request, kept):
        raise Refused(Refusal("not_permitted", _("Your role does not let you merge people.")))
    return do(
        request,
        lambda at: unmerge_persons(merge, by=request.user, at=at),
        _address(request.POST.get("q", "")),
    )


def _corrects(request: StaffRequest, one: Known) -> bool:
    """Whether a case of theirs lies where a role of this viewer's corrects cases."""
    theirs = request.viewer.entities_where(Permission.CORRECT)
    return any(case.entity_id in theirs for case in one.cases)


def _address(typed: str) -> str:
    query = urlencode({"q": typed[:200]}) if typed else ""
    return f"{reverse('desk:persons')}?{query}" if query else reverse("desk:persons")


def _record(one: Known) -> dict[str, Any]:
    merge = one.counts_as
    return {
        "number": one.person.pk,
        "name": one.person.name or _("Without a name"),
        "url": reverse("desk:person", args=[one.person.pk]),
        "facts": facts_of(one),
        "cases": [
            {
                "url": reverse("desk:case", args=[case.reference]),
                "reference": case.reference,
                "subject": case.subject,
                "entity": case.entity.name,
            }
            for case in one.cases
        ],
        "merge": merge,
        "since": spoken.short_day(local_day(merge.at, _zone(one))) if merge else "",
        "part_url": reverse("desk:person_parting", args=[merge.pk]) if merge else "",
        "absorbs": len(one.absorbs),
    }


def facts_of(one: Known) -> list[Fact]:
    """What tells people apart."""
    names = {
        ContactPoint.Kind.EMAIL: _("E-mail"),
        ContactPoint.Kind.TELEPHONE: _("Telephone"),
        ContactPoint.Kind.POST: _("Address"),
    }
    facts = [
        *((names[ContactPoint.Kind(point.kind)], point.value) for point in one.points),
        (_("Identity number"), one.person.identity_number),
        (_("Place"), one.person.place),
        (_("Known since"), spoken.short_day(local_day(one.person.created_at, _zone(one)))),
    ]
    return [Fact(name=name, value=value) for name, value in facts if value]


def _zone(one: Known) -> str:
    """That of whoever dealt with them; a person belongs to no place."""
    return one.cases[0].entity.timezone if one.cases else "UTC"


def _in_words(one: Known) -> str:
    cases = ", ".join(case.reference for case in one.cases[:3])
    return f"{one.person.name or _('Without a name')} ({cases})"


def _doubles(request: StaffRequest) -> list[dict[str, str]]:
    return [
        {
            "names": " · ".join(one.person.name or _("Without a name") for one in group),
            "url": _address(group[0].cases[0].reference),
        }
        for group in reading.probable_doubles(request.viewer)
    ]
