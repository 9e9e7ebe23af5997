"""What the person does on their case: write, add files, accept, contest, withdraw, draw a new code.

Every post is kept raw before anything reads it, like the form that opened the case.
"""

from collections.abc import Callable

from django.contrib import messages as notices
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from valedor.foundation.refusals import Refused
from valedor.handling.actions.accept_answer import accept_answer
from valedor.handling.actions.close import withdraw
from valedor.handling.actions.issue_access_code import issue_access_code
from valedor.handling.queries import case_state
from valedor.handling.rules import why_not_all_for_person
from valedor.portal import access, admission, places, writing
from valedor.portal.case_page import case_page
from valedor.portal.forms import ContestForm, MessageForm, WithdrawForm
from valedor.portal.inside import Inside, inside, page_of_case
from valedor.portal.second_look import contest_in_words, why_not_contest
from valedor.portal.writing import Written

Do = Callable[[Written], None]


# A cookie that other sites cannot send along (SameSite) lets in here, and every form carries a
# signed token of its own case: the body must be kept before Django's own check would read it.
@csrf_exempt
@inside
def messages(place: Inside) -> HttpResponse:
    """Write to the house, answer what was asked, add evidence."""
    if place.request.method != "POST":
        return redirect(page_of_case(place))
    written = writing.keep(place)
    if not written.is_ours:
        return _again(place, written, writing.not_ours())
    if not written.text and not written.post.files and not written.post.refused:
        return _again(place, written, _("Write something, or choose a file."))
    if trouble := written.trouble():
        return _again(place, written, trouble)
    try:
        refused = writing.take_message(place, written)
    except Refused as refusal:
        return _again(place, written, str(refusal.refusal), status=409)
    except IntegrityError:
        return redirect(page_of_case(place))
    for sentence in refused:
        notices.warning(place.request, sentence)
    notices.success(place.request, _("We have it. It is on the page of your case."))
    return redirect(page_of_case(place))


def _again(place: Inside, written: Written, trouble: str, *, status: int = 422) -> HttpResponse:
    """The page of the case with what was typed and what is wrong with it."""
    form = MessageForm(initial={"text": written.text})
    context = {
        **case_page(place),
        "message_form": form,
        "trouble": trouble,
        "token": writing.token_for(place.case),
    }
    return places.page(place.request, "case.html", place.house, context, status=status)


@csrf_exempt
@inside
def acceptance(place: Inside) -> HttpResponse:
    """Say yes to the answer."""
    refusal = why_not_all_for_person(case_state(place.case), actor=place.by.actor)["accept_answer"]

    def do(_written: Written) -> None:
        accept_answer(place.case, by=place.by, at=place.at)

    return _asked(
        place,
        do,
        title=_("Accept the answer"),
        words=_("The case can then be closed. What was offered to you is carried out."),
        action=_("Accept it"),
        refusal=str(refusal or ""),
        done=_("You have accepted the answer."),
    )


@csrf_exempt
@inside
def contest(place: Inside) -> HttpResponse:
    """Say no to the answer, with reasons: somebody else looks at it again."""
    form = ContestForm()
    refusal = str(why_not_contest(case_state(place.case), by=place.by, at=place.at) or "")
    trouble = ""
    if place.request.method == "POST":
        written = writing.keep(place)
        form = ContestForm(written.post.fields)
        trouble = writing.not_ours() if not written.is_ours else written.trouble()
        if not trouble and form.is_valid():
            try:
                sentences = contest_in_words(place, written)
            except Refused as refused:
                refusal = str(refused.refusal)
            else:
                for sentence in sentences:
                    notices.warning(place.request, sentence)
                notices.success(place.request, _("We have it: somebody else takes a second look."))
                return redirect(page_of_case(place))
    status = 200
    if place.request.method == "POST":
        status = 409 if refusal else 422
    context = {
        "case": place.case,
        "form": form,
        "refusal": refusal,
        "trouble": trouble,
        "token": writing.token_for(place.case),
        "back_url": page_of_case(place),
    }
    return places.page(place.request, "contest.html", place.house, context, status=status)


@csrf_exempt
@inside
def withdrawal(place: Inside) -> HttpResponse:
    """Say that one does not go on. It is asked once more before it is done."""
    refusal = why_not_all_for_person(case_state(place.case), actor=place.by.actor)["withdraw"]

    def do(written: Written) -> None:
        withdraw(place.case, by=place.by, at=place.at, reason=written.text)

    return _asked(
        place,
        do,
        title=_("Withdraw the case"),
        words=_(
            "We stop looking into it and close it. You can file the same again, "
            "and you lose no right before other bodies or the courts."
        ),
        action=_("Withdraw it"),
        refusal=str(refusal or ""),
        done=_("You have withdrawn the case."),
        is_danger=True,
        form=WithdrawForm(),
    )


@csrf_exempt
@inside
def access_code(place: Inside) -> HttpResponse:
    """Draw a new access code, shown once; the old one opens nothing any more."""
    if place.request.method == "POST":
        written = writing.keep(place)
        if written.is_ours:
            try:
                code = issue_access_code(place.case, by=place.by, at=place.at)
            except Refused as refused:
                return _page_asked(place, refusal=str(refused.refusal), status=409)
            written.join(place.case)
            case = access.case_anew(place.case)
            response = places.page(
                place.request,
                "new_code.html",
                place.house,
                {"case": case, "access_code": code, "back_url": page_of_case(place)},
            )
            admission.let_in(
                response,
                case,
                via=place.admission.via,
                at=place.at,
                person_id=place.admission.person_id,
                made_at=place.admission.at,
            )
            return response
    return _page_asked(place)


def _page_asked(place: Inside, *, refusal: str = "", status: int = 200) -> HttpResponse:
    return _confirm(
        place,
        title=_("A new access code"),
        words=_("It is shown once on the next page. The code you have now stops working."),
        action=_("Draw a new code"),
        refusal=refusal,
        status=status,
    )


def _asked(
    place: Inside,
    do: Do,
    *,
    title: str,
    words: str,
    action: str,
    refusal: str,
    done: str,
    is_danger: bool = False,
    form: WithdrawForm | None = None,
) -> HttpResponse:
    """A step that is asked for on a page of its own, and done by a post."""
    status, trouble = 200, ""
    if place.request.method == "POST":
        written = writing.keep(place)
        if not written.is_ours:
            status, trouble = 422, writing.not_ours()
        else:
            try:
                do(written)
            except Refused as refused:
                status, refusal = 409, str(refused.refusal)
            else:
                written.join(place.case)
                notices.success(place.request, done)
                return redirect(page_of_case(place))
    return _confirm(
        place,
        title=title,
        words=words,
        action=action,
        refusal=refusal,
        trouble=trouble,
        is_danger=is_danger,
        form=form,
        status=status,
    )


def _confirm(
    place: Inside,
    *,
    title: str,
    words: str,
    action: str,
    refusal: str = "",
    trouble: str = "",
    is_danger: bool = False,
    form: WithdrawForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "case": place.case,
        "title": title,
        "words": words,
        "action": action,
        "refusal": refusal,
        "trouble": trouble,
        "is_danger": is_danger,
        "form": form,
        "token": writing.token_for(place.case),
        "back_url": page_of_case(place),
    }
    return places.page(place.request, "confirm.html", place.house, context, status=status)
