"""What the person does on their case: write, add files, accept, contest, withdraw, draw a new code.

Every post is kept raw before anything reads it, like the form that opened the case; one that cannot
be done yet comes back with its words and its files.
"""

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from valedor.casefile.models import Kind
from valedor.foundation.refusals import Refused, refuse_if
from valedor.handling.actions.accept_answer import accept_answer
from valedor.handling.actions.change_kind import change_kind
from valedor.handling.actions.close import withdraw
from valedor.handling.actions.issue_access_code import issue_access_code
from valedor.handling.queries import case_state
from valedor.portal import access, admission, office, office_page, places, receipts
from valedor.portal.access import SentBefore
from valedor.portal.case_page import case_page
from valedor.portal.forms import ContestForm, KindForm, MessageForm, WithdrawForm
from valedor.portal.inside import Inside, inside, office_too, page_of_case
from valedor.portal.ordered import what_withdrawing_does
from valedor.portal.posts import Posted, token_for
from valedor.portal.second_look import contest_in_words, why_not_contest
from valedor.portal.standing import ACT, READ, WRITE, let_in_too, why_not_money
from valedor.portal.views.asking import ask_once_more, confirm, held, not_kept, refusal_of
from valedor.portal.writing import take_message


# ------------------------------------------------------------------ words
# A cookie that other sites cannot send along (SameSite) lets in here, and every form carries a
# signed token of its own case: the body must be kept before Django's own check would read it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
@office_too
@let_in_too(READ, to_write=WRITE)
def messages(place: Inside) -> HttpResponse:
    """Write to the house or to the ombudsman, answer what was asked, add evidence."""
    posted = place.posted
    if posted is None:
        return redirect(page_of_case(place))
    if posted.is_step:
        return _again(place, posted)
    if trouble := posted.trouble():
        return _again(place, posted, trouble, status=422)
    if not posted.text and not posted.brings_files:
        return _again(place, posted, _("Write something, or choose a file."), status=422)
    try:
        take = office.say_in_words if place.case.is_of_the_office else take_message
        refused = take(place, posted)
    except Refused as refusal:
        return _again(place, posted, str(refusal.refusal), status=409)
    except OSError:
        return _again(place, posted, not_kept(), status=503)
    except SentBefore:
        return _sent_before(place, posted)
    for sentence in refused:
        notices.warning(place.request, sentence)
    notices.success(place.request, _("We have it. It is on the page of your case."))
    return redirect(page_of_case(place))


def _again(place: Inside, posted: Posted, trouble: str = "", *, status: int = 200) -> HttpResponse:
    """The page of the case with what was typed, the files, and what is wrong with it."""
    is_office = place.case.is_of_the_office
    shown = office_page.file_page(place) if is_office else case_page(place)
    context = shown | held(place, posted, trouble)
    context["message_form"] = MessageForm(initial={"text": posted.text})
    for tick in ("is_complete", "in_mediation"):
        context[tick] = bool(posted.post.text(tick))
    template = "office_file.html" if is_office else "case.html"
    return places.page(place.request, template, place.house, context, status=status)


def _sent_before(place: Inside, posted: Posted) -> HttpResponse:
    """A form that came twice: the first is on the page, the second is put aside."""
    posted.hold()
    return redirect(page_of_case(place))


# ------------------------------------------------------------------ the answer
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
@let_in_too(ACT)
def acceptance(place: Inside) -> HttpResponse:
    """Say yes to the answer."""
    money = why_not_money(place, [one.amount for one in case_state(place.case).offered])

    def do(_posted: Posted) -> None:
        refuse_if(money)
        accept_answer(place.case, by=place.by, at=place.at)

    return ask_once_more(
        place,
        do,
        title=_("Accept the answer"),
        words=_("The case can then be closed. What was offered to you is carried out."),
        action=_("Accept it"),
        refusal=str(money or "") or refusal_of(place, "accept_answer"),
        done=_("You have accepted the answer."),
    )


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
@let_in_too(ACT)
def contest(place: Inside) -> HttpResponse:
    """Say no to the answer, with reasons: somebody else looks at it again."""
    state = case_state(place.case)
    refusal = str(why_not_contest(state, by=place.by, at=place.at) or "")
    posted = place.posted
    if posted is None:
        return _contest_page(place, ContestForm(), refusal=refusal)
    if posted.is_step:
        return _contest_page(place, ContestForm(initial={"text": posted.text}), refusal=refusal)
    form, trouble = ContestForm(posted.post.fields), posted.trouble()
    if not trouble and form.is_valid() and not refusal:
        try:
            sentences = contest_in_words(place, posted)
        except Refused as refused:
            refusal = str(refused.refusal)
        except SentBefore:
            return _sent_before(place, posted)
        except OSError:
            trouble = not_kept()
        else:
            for sentence in sentences:
                notices.warning(place.request, sentence)
            notices.success(place.request, _("We have it: somebody else takes a second look."))
            return redirect(page_of_case(place))
    status = 409 if refusal else 422
    return _contest_page(place, form, refusal=refusal, trouble=trouble, status=status)


def _contest_page(
    place: Inside, form: ContestForm, *, refusal: str, trouble: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "case": place.case,
        "form": form,
        "refusal": refusal,
        "limits": receipts.limits_in_words(),
        "token": token_for(place.case),
        "back_url": page_of_case(place),
    }
    if place.posted is not None:
        context |= held(place, place.posted, trouble)
    context["language_form"] = "contesting"
    return places.page(place.request, "contest.html", place.house, context, status=status)


# ------------------------------------------------------------------ not going on
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
@office_too
@let_in_too(ACT)
def withdrawal(place: Inside) -> HttpResponse:
    """Say that one does not go on. It is asked once more before it is done."""
    if place.case.is_of_the_office:
        return office.withdrawal(place)

    def do(posted: Posted) -> None:
        withdraw(place.case, by=place.by, at=place.at, reason=posted.text)

    words = _(
        "We stop looking into it and close it. You can file the same again, "
        "and you lose no right before other bodies or the courts."
    )
    ordered = what_withdrawing_does(place.case)
    return ask_once_more(
        place,
        do,
        title=_("Withdraw the case"),
        words=f"{words} {ordered}".rstrip(),
        action=_("Withdraw the case"),
        refusal=refusal_of(place, "withdraw"),
        done=_("You have withdrawn the case."),
        is_danger=True,
        form=WithdrawForm(initial={"text": place.posted.text if place.posted else ""}),
    )


# ------------------------------------------------------------------ what it is
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
@let_in_too(ACT)
def kind(place: Inside) -> HttpResponse:
    """Say that it is a complaint, or a claim: it becomes one with the dates that it has."""
    posted = place.posted
    form = KindForm(posted.post.fields if posted else None)
    if posted is not None and posted.is_step:
        form = KindForm(initial={name: posted.post.text(name) for name in form.fields})

    def do(posted: Posted) -> None:
        chosen = Kind(form.cleaned_data["kind"])
        change_kind(place.case, kind=chosen, reason=posted.text, by=place.by, at=place.at)

    return ask_once_more(
        place,
        do,
        title=_("This is a complaint"),
        words=_(
            "Whatever we have called it until now: if you say that it is a complaint, it is one. "
            "The days to answer you are counted from the day on which you first wrote to us."
        ),
        action=_("Deal with it as that"),
        refusal=refusal_of(place, "change_kind"),
        done=_("We deal with it as a complaint now. Its dates stay the same."),
        form=form,
    )


# ------------------------------------------------------------------ the way in
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
@office_too
def access_code(place: Inside) -> HttpResponse:
    """Draw a new access code, shown once; the old one opens nothing any more."""
    posted = place.posted
    if posted is None or posted.is_step or not posted.is_ours:
        return _page_asked(place)
    try:
        code = issue_access_code(place.case, by=place.by, at=place.at)
    except Refused as refused:
        return _page_asked(place, refusal=str(refused.refusal), status=409)
    posted.join(place.case)
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
    )
    return response


def _page_asked(place: Inside, *, refusal: str = "", status: int = 200) -> HttpResponse:
    return confirm(
        place,
        title=_("A new access code"),
        words=_(
            "It is shown once on the next page. The code you have now and the links in our "
            "messages until now stop working: nobody to whom one was forwarded comes in any more."
        ),
        action=_("Draw a new code"),
        refusal=refusal,
        status=status,
    )
