"""Acts by API that are not on one case: many given out at once, an area's answer, days away, people
known twice.
"""

from contextlib import suppress
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from valedor.acts.desk import DESK_ACTS, Desk, DeskAct
from valedor.acts.other_houses import LISTS_OF_THE_HOUSE
from valedor.api import schemas
from valedor.api.asking import KEY_PARAMETER, as_json, token_of_call
from valedor.api.authentication import Bearer, not_permitted
from valedor.api.filling import Sent, filled_at_desk
from valedor.api.shapes import shape_of
from valedor.casefile.viewing import Viewer, viewing
from valedor.foundation import moments
from valedor.foundation.refusals import Refusal, refuse_if
from valedor.people.permissions import Permission
from valedor.programs.models import ApiToken
from valedor.programs.tokens import viewer_of

# Which of them a role permits is asked of each act, as of its page.
router = Router(tags=["acts"], auth=Bearer(ApiToken.Scope.ACT, tuple(Permission)))

NAMED = "/acts/{noun}"
ON_A_THING = f"{NAMED}/{{thing}}"
_PROBLEMS = dict.fromkeys((401, 403, 404), schemas.ProblemDocument)
_POST_PROBLEMS = dict.fromkeys((400, 401, 403, 404, 409, 413, 422), schemas.ProblemDocument)
_DOING: dict[str, Any] = {
    "response": {200: schemas.DeskActDone} | _POST_PROBLEMS,
    "openapi_extra": {"parameters": [KEY_PARAMETER]},
}


@router.get(
    "/acts",
    response={200: schemas.DeskActs} | _PROBLEMS,
    summary="List the acts that are not on one case",
    operation_id="list_desk_acts",
)
def list_desk_acts(request: HttpRequest) -> HttpResponse:
    """Those that the person's roles permit, on each thing that they may be done to."""
    token, at = token_of_call(request), moments.now()
    viewer = viewer_of(token)
    with viewing(viewer), timezone.override(token.entity.timezone):
        views = []
        for act in DESK_ACTS.values():
            if not _is_permitted(act, viewer):
                continue
            if act.things is None:
                views.append(_view_of(act, Desk(viewer, at)))
                continue
            for thing, name in act.things(Desk(viewer, at)):
                views.append(_view_of(act, Desk(viewer, at, thing), name))
    return as_json(schemas.DeskActs(acts=views))


@router.get(
    NAMED,
    response={200: schemas.DeskActView} | _PROBLEMS,
    summary="Read an act",
    operation_id="read_desk_act",
)
def read_desk_act(request: HttpRequest, noun: str) -> HttpResponse:
    """Whether it is open to the person now, and what it asks; else why not."""
    return _shown(request, noun, None)


@router.get(
    ON_A_THING,
    response={200: schemas.DeskActView} | _PROBLEMS,
    summary="Read an act",
    operation_id="read_desk_act_on",
)
def read_desk_act_on(request: HttpRequest, noun: str, thing: str) -> HttpResponse:
    """The same of an act on one thing: a question to an area, somebody who leaves."""
    return _shown(request, noun, thing)


@router.post(NAMED, summary="Do an act", operation_id="do_desk_act", **_DOING)
def do_desk_act(request: HttpRequest, noun: str) -> HttpResponse:
    """Do it as the person would."""
    return _done(request, noun, None)


@router.post(ON_A_THING, summary="Do an act", operation_id="do_desk_act_on", **_DOING)
def do_desk_act_on(request: HttpRequest, noun: str, thing: str) -> HttpResponse:
    """The same on one thing."""
    return _done(request, noun, thing)


def _shown(request: HttpRequest, noun: str, thing: str | None) -> HttpResponse:
    token = token_of_call(request)
    viewer = viewer_of(token)
    act = _act_named(noun, thing, viewer)
    with viewing(viewer), timezone.override(token.entity.timezone):
        view = _view_of(act, Desk(viewer, moments.now(), thing or ""))
    return as_json(view)


def _done(request: HttpRequest, noun: str, thing: str | None) -> HttpResponse:
    token = token_of_call(request)
    viewer = viewer_of(token)
    act = _act_named(noun, thing, viewer)
    with viewing(viewer), timezone.override(token.entity.timezone):
        sent = Sent(request)
        desk = Desk(viewer, moments.now(), thing or "", sent.files)
        refuse_if(_refusal(act, desk))
        form = filled_at_desk(act, desk, sent)
        with transaction.atomic():
            words = act.do(desk, form.cleaned_data)
    answer = schemas.DeskActDone(
        words=words,
        remarks=desk.said,
        reference=desk.reference or None,
        access_code=desk.code or None,
        address=f"/api/v1/{desk.made}" if desk.made else None,
    )
    return as_json(answer)


def acts_on(desk: Desk, *nouns: str) -> list[schemas.DeskActView]:
    """How some acts stand on a thing that is read, as far as the person's roles permit them."""
    views = []
    for noun in nouns:
        if _is_permitted(DESK_ACTS[noun], desk.viewer):
            with suppress(Http404):  # Not for them.
                views.append(_view_of(DESK_ACTS[noun], desk))
    return views


def _act_named(noun: str, thing: str | None, viewer: Viewer) -> DeskAct:
    act = DESK_ACTS.get(noun)
    if act is None or act.with_item is (thing is None):
        raise Http404
    if not _is_permitted(act, viewer):
        raise not_permitted()
    return act


def _is_permitted(act: DeskAct, viewer: Viewer) -> bool:
    """As of the page: one of its permissions, or any role where it asks for none; and no list of
    the house for people of another one.
    """
    if viewer.only_teams and act.page.removeprefix("desk:") in LISTS_OF_THE_HOUSE:
        return False
    if not act.permissions:
        return bool(viewer.roles)
    return bool(viewer.permissions & set(act.permissions))


def _refusal(act: DeskAct, desk: Desk) -> Refusal | None:
    return act.why_not(desk) if act.why_not else None


def _view_of(act: DeskAct, desk: Desk, name: str = "") -> schemas.DeskActView:
    refusal = _refusal(act, desk)
    place = f"/{desk.thing}" if act.with_item else ""
    return schemas.DeskActView(
        noun=act.noun,
        thing=desk.thing if act.with_item else None,
        title=str(act.title),
        name=name,
        explanation=str(act.words),
        address=f"/api/v1/acts/{act.noun}{place}",
        is_open=refusal is None,
        why_not=schemas.WhyNot(code=refusal.code, detail=str(refusal)) if refusal else None,
        takes_files=act.with_files,
        body=shape_of(act.form(desk)) if refusal is None else None,
    )
