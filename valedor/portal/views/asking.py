"""What pages of a case share: a step that is asked once more, and a form that comes back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages as notices
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from valedor.foundation.refusals import Refused
from valedor.handling.queries import case_state
from valedor.handling.rules import why_not_all_for_person
from valedor.portal import places, receipts
from valedor.portal.inside import Inside, page_of_case
from valedor.portal.posts import Posted, token_for

Do = Callable[[Posted], None]


def held(place: Inside, posted: Posted, trouble: str = "") -> dict[str, Any]:
    """A form that comes back: its files lie with us, and its next post brings them along."""
    try:
        posted = posted.hold()
    except OSError:
        trouble = not_kept()
    files, refused = posted.files_shown()
    return {
        "trouble": trouble,
        "is_back": True,
        "language_form": "write",
        "token": token_for(place.case, posted.token),
        "files": files,
        "refused": [receipts.refused_row(one.name, one.refused, one.size) for one in refused],
    }


def not_kept() -> str:
    return _("Your files could not be kept. Choose them again, or send the words without them.")


def refusal_of(place: Inside, act: str) -> str:
    state = case_state(place.case)
    return str(why_not_all_for_person(state, actor=place.by.actor)[act] or "")


def ask_once_more(
    place: Inside,
    do: Do,
    *,
    title: str,
    words: str,
    action: str,
    refusal: str,
    done: str,
    is_danger: bool = False,
    form: Form | None = None,
) -> HttpResponse:
    """A step that is asked for on a page of its own, and done by a post."""
    status, trouble, posted = 200, "", place.posted
    if posted is not None and not posted.is_step:
        trouble = posted.trouble()
        if trouble or (form is not None and form.is_bound and not form.is_valid() and not refusal):
            status = 422
        else:
            try:
                do(posted)
            except Refused as refused:
                status, refusal = 409, str(refused.refusal)
            else:
                posted.join(place.case)
                notices.success(place.request, done)
                return redirect(page_of_case(place))
    return confirm(
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


def confirm(
    place: Inside,
    *,
    title: str,
    words: str,
    action: str,
    refusal: str = "",
    trouble: str = "",
    is_danger: bool = False,
    form: Form | None = None,
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
        "token": token_for(place.case),
        "back_url": page_of_case(place),
    }
    if place.posted is not None:
        context |= held(place, place.posted, trouble)
    context["language_form"] = "confirming"
    return places.page(place.request, "confirm.html", place.house, context, status=status)
