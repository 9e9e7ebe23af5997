"""The endpoints: read what was asked, fetch by access, call the action, answer."""

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from valedor.api import queries, schemas
from valedor.api.access import program_viewer_of, viewer_of
from valedor.api.asking import KEY_PARAMETER, as_json, case_named, note, token_of_call
from valedor.api.authentication import Bearer, not_permitted
from valedor.api.faults import Fault
from valedor.api.models import ApiToken
from valedor.api.problems import AtFault, Problem
from valedor.casefile.access import case_for
from valedor.casefile.actors import COMPLAINANT, By, staff
from valedor.casefile.filters import read_filters
from valedor.casefile.models import Case, Entry, Kind
from valedor.casefile.viewing import viewing
from valedor.foundation import moments
from valedor.handling.actions.receive_message import receive_message
from valedor.handling.actions.send_message import send_message
from valedor.intake.actions.receive import receive
from valedor.intake.submission import MandateGiven, PersonGiven, Submission
from valedor.people.permissions import Permission
from valedor.procedures.house_rules import HouseRules, house_rules
from valedor.procedures.refusals import nearest
from valedor.procedures.vocabulary_tables import vocabulary

router = Router()

FILTERS = (
    "kind", "category", "area", "team", "stage", "severity", "channel", "language", "received_from",
    "received_to",
)  # fmt: skip
_OLDEST = timedelta(days=3660)
_READ_PROBLEMS = {401: schemas.ProblemDocument, 403: schemas.ProblemDocument}
_CASE_PROBLEMS = _READ_PROBLEMS | {404: schemas.ProblemDocument}
_POST_PROBLEMS = dict.fromkeys((400, 401, 403, 409, 413, 422), schemas.ProblemDocument)

Scope = ApiToken.Scope


@router.post(
    "/cases",
    auth=Bearer(Scope.REGISTER, [Permission.REGISTER]),
    response={201: schemas.Registered} | _POST_PROBLEMS,
    summary="Register a case",
    operation_id="register_case",
    tags=["cases"],
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
def register_case(request: HttpRequest, body: schemas.Registration) -> HttpResponse:
    """Register a contact. The answer holds the access code, which is told this once.

    A token that acts as a person registers as they do at the desk, by any channel.
    """
    token, at = token_of_call(request), moments.now()
    by = _registrar(token)
    if by is None and body.channel != "api":
        words = _("What a program hands in came by “api”: a person names another channel.")
        raise AtFault(422, Fault("body", "channel", "channel_of_a_person", words))
    seen_as = program_viewer_of(token)  # Its person may see no case that goes to another team.
    with viewing(seen_as):
        house = house_rules(token.entity_id)
        submission = _submission(request, body, house, at)
        registration = receive(submission, by=by, at=at)
        case = case_for(seen_as, registration.case.reference)
        view = queries.view_of(case)
    answer = schemas.Registered(case=view, access_code=registration.access_code)
    response = as_json(answer, status=201)
    response["Location"] = f"/api/v1/cases/{case.reference}"
    response["ETag"] = _tag(view)
    return response


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
    for name in request.GET:
        if name not in {*FILTERS, "cursor", "limit"}:
            words = _("There is no parameter “%(name)s”; there are: %(known)s.") % {
                "name": name[:60],
                "known": ", ".join((*FILTERS, "cursor", "limit")),
            }
            raise AtFault(400, Fault("query", name[:60], "parameter_unknown", words))
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
    tag = _tag(view)
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
    response={201: schemas.MessageView, 404: schemas.ProblemDocument} | _POST_PROBLEMS,
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


def _registrar(token: ApiToken) -> By | None:
    """The person who registers, where the token acts as one who may at its entity."""
    if token.account is None:
        return None
    if not viewer_of(token).within(token.entity_id).may(Permission.REGISTER):
        raise not_permitted()
    return staff(token.account)


def _submission(
    request: HttpRequest, body: schemas.Registration, house: HouseRules, at: datetime
) -> Submission:
    received_at = body.received_at or at
    if received_at > at + timedelta(minutes=5):
        words = _("“received_at” lies in the future.")
        raise AtFault(422, Fault("body", "received_at", "received_in_future", words))
    if received_at < at - _OLDEST:
        words = _("“received_at” lies more than ten years back: import it.")
        raise AtFault(422, Fault("body", "received_at", "received_too_early", words))
    for key in body.facts:
        if key not in vocabulary("facts"):
            raise _unknown("facts", "fact_unknown", key, vocabulary("facts"))
    sender = body.representative or body.complainant
    mandate = None
    if body.representative is not None:
        mandate = MandateGiven(
            represented=_person(body.complainant),
            basis=body.representative.basis,
            expires_on=body.representative.expires_on,
        )
    return Submission(
        entity_id=house.entity.pk,
        kind=Kind(body.kind),
        channel=Case.Channel(body.channel),
        language=body.language or house.entity.default_language,
        received_at=min(received_at, at),
        person=_person(sender),
        mandate=mandate,
        answer_channel=Case.Channel(body.answer_channel),
        subject=body.subject,
        narrative=body.narrative,
        grievances=tuple(body.grievances),
        remedy_sought=body.remedy_sought,
        category_id=_category(body.category, house),
        contract_number=body.contract_number,
        facts=body.facts,
        is_vulnerable=body.is_vulnerable,
        touches_safety=body.touches_safety,
        raw_id=request.raw.pk,  # type: ignore[attr-defined]
    )


def _person(given: schemas.Represented) -> PersonGiven:
    return PersonGiven(
        name=given.name,
        email=given.email,
        telephone=given.telephone,
        postal_address=given.postal_address,
        identity_number=given.identity_number,
        place=given.place,
        is_company=given.is_company,
    )


def _category(key: str | None, house: HouseRules) -> int | None:
    if key is None:
        return None
    for category in house.categories.values():
        if category.key == key:
            return category.pk
    known = [category.key for category in house.categories.values()]
    raise _unknown("category", "category_unknown", key, known)


def _unknown(field: str, code: str, typed: str, known: Collection[str]) -> AtFault:
    """A key that the house does not know, with the one that may have been meant."""
    named = {"field": field, "typed": typed[:60], "near": nearest(typed, known)}
    if named["near"]:
        words = _("“%(field)s” knows no key “%(typed)s”; near to it is “%(near)s”.") % named
    else:
        words = _("“%(field)s” knows no key “%(typed)s”; this entity has none.") % named
    return AtFault(422, Fault("body", field, code, words))


def _tag(view: schemas.CaseView) -> str:
    content: Mapping[str, Any] = view.model_dump(mode="json")
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return f'"{digest[:32]}"'
