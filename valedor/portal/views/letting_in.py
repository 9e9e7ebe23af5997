"""Into one's case: by reference and access code, or by a mailed link."""

from datetime import datetime
from hmac import compare_digest

from django.conf import settings
from django.contrib import messages as notices
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valedor.casefile.letters import MailedLink, read_mailed_link, where_short_leads
from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.email.composing import office_address
from valedor.foundation import rows
from valedor.foundation.access_codes import digest_of
from valedor.foundation.jobs import job_row
from valedor.foundation.moments import now
from valedor.foundation.references import names_a_file
from valedor.intake import attempts
from valedor.intake.models import Attempt
from valedor.participants.models import Participant
from valedor.participants.queries import codes_of, participant_with_record
from valedor.portal import access, admission, places, standing
from valedor.portal.forms import SignInForm
from valedor.portal.links import send_new_link
from valedor.portal.tasks import tell_of_wrong_codes
from valedor.procedures.house_rules import HouseRules


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, entity_key: str) -> HttpResponse:
    """Ask for reference and code. A case that does not exist is answered like a wrong code."""
    house, at = places.house_of(request, entity_key), now()
    if request.method != "POST":
        form = SignInForm(initial={"reference": request.GET.get("for", "")[:40]})
        return _sign_in_page(request, house, form)
    if request.POST.get("step") == "language":
        return _sign_in_page(request, house, SignInForm(initial=request.POST.dict()))
    form = SignInForm(request.POST)
    address = request.META.get("REMOTE_ADDR", "")
    if _has_tried_too_often(address, at):
        trouble = _(
            "Too many wrong codes came from your network. Try again in an hour, or call us."
        )
        return _sign_in_page(request, house, form, trouble=trouble, status=429)
    if not form.is_valid():
        return _sign_in_page(request, house, form, status=422)
    given = form.cleaned_data
    case, who = _opened(house, given["reference"], given["access_code"])
    if case is None:
        _note_wrong_code(house, form.cleaned_data["reference"], address, at)
        form.add_error(None, _("No case of ours goes with this reference and this access code."))
        return _sign_in_page(request, house, form, status=422)
    if who is not None and (out := standing.out_page(request, house, case, who, at=at)):
        return out
    response = redirect("portal:case", entity_key=entity_key, reference=case.reference)
    if who is not None:
        admission.let_in(response, case, via="own_code", at=at, participant=who)
        return response
    admission.let_in(response, case, via="code", at=at)
    return goes_on(response, house, case, at=at)


def _sign_in_page(
    request: HttpRequest,
    house: HouseRules,
    form: SignInForm,
    *,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "trouble": trouble, "language_form": "letting_in"}
    if names_a_file(str(form["reference"].value() or "")):
        context |= {"is_file": True, "office_address": office_address(house.entity.pk)}
    return places.page(request, "sign_in.html", house, context, status=status)


def _has_tried_too_often(address: str, at: datetime) -> bool:
    limit = settings.RATE_WRONG_CODES_PER_HOUR
    statement, values = attempts.counting(Attempt.What.WRONG_CODE, address, at=at, up_to=limit)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.fetchone()[0]) >= limit


def _opened(
    house: HouseRules, reference: str, access_code: str
) -> tuple[Case | None, Participant | None]:
    """The case that reference and code open together, and whose code it is where somebody was let
    in with one of their own. The same queries whatever was typed.
    """
    with viewing(the_house(house.entity)):
        case = access.case_with_reference(house.entity, reference)
        others = codes_of(case.pk if case else 0)
    known = bytes(case.access_code_digest or b"") if case else b""
    typed = digest_of(access_code, key=settings.SECRET_KEY)
    if compare_digest(known, typed):
        return case, None
    found = [one for one in others if compare_digest(bytes(one.code_digest or b""), typed)]
    return (case, found[0]) if found else (None, None)


def _note_wrong_code(house: HouseRules, reference: str, address: str, at: datetime) -> None:
    with viewing(the_house(house.entity)):
        rows.send(
            [
                attempts.noting(Attempt.What.WRONG_CODE, address, at=at, reference=reference),
                job_row(tell_of_wrong_codes, entity_id=house.entity.pk, reference=reference),
            ]
        )


@login_not_required
@require_safe
def short(_request: HttpRequest, code: str) -> HttpResponse:
    """The address in a short message, which leads where a mailed link does."""
    with viewing(the_house()):
        target = where_short_leads(code)
    if target is None:
        raise Http404
    response = HttpResponseRedirect(target)
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response


def by_link(request: HttpRequest, house: HouseRules, reference: str, signed: str) -> HttpResponse:
    """A mailed link was opened: it becomes a cookie, and the address is cleaned."""
    at, link = now(), read_mailed_link(signed)
    case = _case_of_link(house, link.case_id, reference) if link else None
    if link is None or case is None:
        trouble = _(
            "This link is not one of ours, or a part of it is missing. "
            "Copy the whole address from the letter, or use your access code."
        )
        form = SignInForm(initial={"reference": reference.upper()})
        return _sign_in_page(request, house, form, trouble=trouble, status=403)
    who = _participant_of_link(house, link.person_id)
    if who is not None and who.case_id == case.pk:
        if out := standing.out_page(request, house, case, who, at=at):
            return out
    elif who is not None:
        link = MailedLink(0, link.person_id, link.made_at)  # Let in to another case: good for none.
    if not link.is_good(case, at=at):
        return places.page(
            request, "link_expired.html", house, {"signed": signed, "reference": case.reference},
            status=410,
        )  # fmt: skip
    response = redirect("portal:case", entity_key=house.entity.key, reference=case.reference)
    admission.let_in(
        response, case, via="link", at=at, person_id=link.person_id, made_at=link.made_at
    )
    if who is not None:
        return response
    return goes_on(response, house, case, at=at, person_id=link.person_id)


def goes_on(
    response: HttpResponse,
    house: HouseRules,
    case: Case,
    *,
    at: datetime,
    person_id: int | None = None,
) -> HttpResponse:
    """The same answer; or, for a merged case, the way to the one in which it goes on."""
    if case.merged_into_id is None:
        return response
    with viewing(the_house(house.entity)):
        kept = access.case_it_goes_on_in(case)
    onward = redirect("portal:case", entity_key=house.entity.key, reference=kept.reference)
    onward.cookies = response.cookies
    admission.let_in(onward, kept, via="link", at=at, person_id=person_id)
    return onward


def _participant_of_link(house: HouseRules, person_id: int | None) -> Participant | None:
    with viewing(the_house(house.entity)):
        return participant_with_record(person_id or 0)


def _case_of_link(house: HouseRules, case_id: int, reference: str) -> Case | None:
    with viewing(the_house(house.entity)):
        return access.case_of_link(house.entity, case_id, reference)


@login_not_required
@require_POST
def new_link(request: HttpRequest, entity_key: str) -> HttpResponse:
    """Send a new link to the address that is known. Which one, or whether any, is not told."""
    house, at = places.house_of(request, entity_key), now()
    link = read_mailed_link(request.POST.get("link", ""))
    if link is not None:
        with viewing(the_house(house.entity)):
            send_new_link(house, link, at=at)
    said = _(
        "If we have an e-mail address of yours, a new link is on its way there. "
        "It may take some minutes. Nothing comes? Use your access code, or call us."
    )
    notices.success(request, said)
    return redirect("portal:sign_in", entity_key=entity_key)


@login_not_required
@require_POST
def leave(request: HttpRequest, entity_key: str) -> HttpResponse:
    """Close the case's pages on this computer."""
    response = redirect("portal:entity", entity_key=entity_key)
    admission.let_out(response, entity_key, list(request.COOKIES))
    return response
