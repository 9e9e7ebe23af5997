"""The endpoints: read what was asked, fetch by access, call the action, answer."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from valedor.api import queries, schemas
from valedor.api.asking import KEY_PARAMETER, as_json, case_named, note, token_of_call
from valedor.api.authentication import Bearer
from valedor.api.faults import Fault
from valedor.api.looking import refuse_unknown
from valedor.api.problems import AtFault, Problem
from valedor.casefile.actors import COMPLAINANT, By
from valedor.casefile.filters import read_filters
from valedor.casefile.models import Case, Entry
from valedor.casefile.viewing import viewing
from valedor.foundation import moments
from valedor.handling.actions.receive_message import receive_message
from valedor.handling.actions.send_message import send_message
from valedor.programs.models import ApiToken
from valedor.programs.tokens import viewer_of

router = Router()

FILTERS = (
    "kind", "category", "area", "team", "stage", "severity", "channel", "language", "received_from",
    "received_to",
)  # fmt: skip
_READ_PROBLEMS = {401: schemas.ProblemDocument, 403: schemas.ProblemDocument}
_CASE_PROBLEMS = _READ_PROBLEMS | {404: schemas.ProblemDocument}
POST_PROBLEMS = dict.fromkeys((400, 401, 403, 409, 413, 422), schemas.ProblemDocument)

Scope = ApiToken.Scope


@router.get(
    "/cases",
    auth=Bearer(Scope.READ),
    response={200: schemas.CasePage, 400: schemas.ProblemDocument, 422: schemas.ProblemDocument}
    | _READ_PROBLEMS,
    summary="List cases, the newest first",
    operation_id="list_cases",
    tags=["cases"],
    openapi_extra={
        "parameters": [
            {"in": "query", "name": name, "required": False, "schema": {"type": "string"}}
            for name in FILTERS
        ]
    },
)
def list_cases(
    request: HttpRequest,
    cursor: str = Query("", max_length=400),  # type: ignore[type-arg]
    limit: int = Query(25, ge=1, le=100),  # type: ignore[type-arg]
) -> HttpResponse:
    """Cases of the token's entity. A filter that cannot be read is refused, never left out."""
    token = token_of_call(request)
    viewer = viewer_of(token)
    if viewer.only_teams:
        words = _("People of another house take no lists along: read the cases one by one.")
        raise Problem(403, "no_lists_for_another_house", words)
    refuse_unknown(request, (*FILTERS, "cursor", "limit"))
    with viewing(viewer):
        filters = read_filters({name: request.GET.get(name, "") for name in FILTERS}, viewer)
        if filters.troubles:
            raise AtFault(
                400,
                *(
                    Fault("query", name, "filter_unreadable", trouble)
                    for name, trouble in filters.troubles.items()
                ),
            )
        zone = ZoneInfo(token.entity.timezone)
        return as_json(queries.page_of(viewer, filters, cursor, limit, zone))


@router.get(
    "/cases/{reference}",
    auth=Bearer(Scope.READ),
    response={200: schemas.CaseView, 304: None} | _CASE_PROBLEMS,
    summary="Read a case",
    operation_id="read_case",
    tags=["cases"],
)
def read_case(request: HttpRequest, reference: str) -> HttpResponse:
    """A case, with an ETag; asked with If-None-Match, an unchanged one is a 304."""
    viewer = viewer_of(token_of_call(request))
    with viewing(viewer):
        case = case_named(viewer, reference)
        view = queries.view_of(case)
        note(request, case, "case")
    tag = tag_of(view)
    asked = {
        one.strip().removeprefix("W/")
        for one in request.headers.get("If-None-Match", "").split(",")
    }
    response = HttpResponse(status=304) if tag in asked or "*" in asked else as_json(view)
    response["ETag"] = tag
    return response


@router.post(
    "/cases/{reference}/messages",
    auth=Bearer(Scope.WRITE),
    response={201: schemas.MessageView, 404: schemas.ProblemDocument} | POST_PROBLEMS,
    summary="Send a message",
    operation_id="send_message",
    tags=["messages"],
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
def post_message(request: HttpRequest, reference: str, body: schemas.NewMessage) -> HttpResponse:
    """Hand in what the complainant says, or write to them for the house."""
    viewer, at = viewer_of(token_of_call(request)), moments.now()
    with viewing(viewer):
        case = case_named(viewer, reference)
        if body.author == "complainant":
            message = receive_message(
                case,
                text=body.text,
                channel=Case.Channel.API,
                by=COMPLAINANT,
                at=at,
                raw=request.raw,  # type: ignore[attr-defined]
            )
        else:
            message = send_message(case, text=body.text, by=By(Entry.Actor.SYSTEM), at=at)
    view = schemas.MessageView(
        direction=message.direction,  # type: ignore[arg-type]
        channel=message.channel,
        text=body.text,
        at=message.at.astimezone(ZoneInfo(case.entity.timezone)),
    )
    response = as_json(view, status=201)
    response["Location"] = f"/api/v1/cases/{case.reference}/messages"
    return response


@router.get(
    "/cases/{reference}/messages",
    auth=Bearer(Scope.READ),
    response={200: schemas.MessagePage} | _CASE_PROBLEMS,
    summary="List the messages of a case",
    operation_id="list_messages",
    tags=["messages"],
)
def list_messages(
    request: HttpRequest,
    reference: str,
    cursor: str = Query("", max_length=400),  # type: ignore[type-arg]
    limit: int = Query(100, ge=1, le=100),  # type: ignore[type-arg]
) -> HttpResponse:
    """The correspondence, the oldest first."""
    viewer = viewer_of(token_of_call(request))
    with viewing(viewer):
        case = case_named(viewer, reference)
        found = queries.messages_of(case, cursor, limit)
        note(request, case, "messages")
    return as_json(found)


@router.get(
    "/cases/{reference}/journey",
    auth=Bearer(Scope.READ),
    response={200: schemas.Journey} | _CASE_PROBLEMS,
    summary="Read the journey of a case",
    operation_id="read_journey",
    tags=["cases"],
)
def read_journey(request: HttpRequest, reference: str) -> HttpResponse:
    """The timeline as the token's seats see it, and every deadline with how it is counted."""
    viewer = viewer_of(token_of_call(request))
    with viewing(viewer):
        case = case_named(viewer, reference)
        journey = queries.journey_of(case)
        note(request, case, "journey")
    return as_json(journey)


@router.get(
    "/token",
    auth=Bearer(),
    response={200: schemas.TokenHealth, 401: schemas.ProblemDocument},
    summary="Ask whether a token lives, and what it may",
    operation_id="read_token",
    tags=["token"],
)
def read_token(request: HttpRequest) -> HttpResponse:
    """The token's own name, entity and scopes, and as whom it acts."""
    token = token_of_call(request)
    return as_json(
        schemas.TokenHealth(
            name=token.name,
            entity=token.entity.key,
            account=token.account.username if token.account else None,
            scopes=list(token.scopes),
            issued_at=token.issued_at,
            last_used_at=token.last_used_at,
            expires_at=token.expires_at,
        )
    )


def tag_of(view: schemas.CaseView) -> str:
    content: Mapping[str, Any] = view.model_dump(mode="json")
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return f'"{digest[:32]}"'
