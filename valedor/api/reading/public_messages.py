"""Public messages whose authors were asked."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from valedor.acts.reading import public_messages as public_read
from valedor.api.asking import as_json
from valedor.api.looking import (
    ONE_PROBLEMS,
    as_person,
    looking,
    there,
)
from valedor.channels.models import PublicMessage
from valedor.channels.social import words as public_words
from valedor.channels.social.links import link_to
from valedor.channels.social.social_rules import ANSWERED_WITHIN, why_not_answer
from valedor.people.permissions import Permission

router = Router()


class PublicMessageLine(Schema):
    """A public message whose author was asked. Its words are here only while they may answer."""

    number: int
    entity: str
    network: str
    address: str
    author: str
    text: str
    kind: str
    language: str
    state: Literal["asked", "agreed", "declined", "own_words", "lapsed", "withdrawn"]
    seen_at: datetime
    noted_at: datetime
    noted_by: str


class PublicMessages(Schema):
    """The newest first; at most a hundred."""

    messages: list[PublicMessageLine]


class PublicMessageView(PublicMessageLine):
    """One of them. ``to_paste`` is the reply that asks its author, until ``asked_until``;
    ``reference`` the case that it is in.
    """

    to_paste: str | None
    asked_until: datetime
    reference: str | None


@router.get(
    "/public-messages",
    auth=as_person(Permission.REGISTER),
    response={200: PublicMessages} | ONE_PROBLEMS,
    summary="List public messages",
    operation_id="list_public_messages",
    tags=["public messages"],
)
def list_public_messages(request: HttpRequest) -> HttpResponse:
    """Which authors were asked, and what came of it."""
    with looking(request, "public_messages") as (viewer, _at):
        found = public_read.public_messages_seen_by(viewer)
        lines = [PublicMessageLine(**_public(one)) for one in found]
        return as_json(PublicMessages(messages=lines))


@router.get(
    "/public-messages/{int:number}",
    auth=as_person(Permission.REGISTER),
    response={200: PublicMessageView} | ONE_PROBLEMS,
    summary="Read a public message",
    operation_id="read_public_message",
    tags=["public messages"],
)
def read_public_message(request: HttpRequest, number: int) -> HttpResponse:
    """What was noted, and what to write to its author in public."""
    with looking(request, "public_message") as (viewer, at):
        one = public_read.public_message_for(viewer, number)
        is_open = why_not_answer(one, at=at) is None
        is_seen = public_read.is_seen(viewer, one.case)
        view = PublicMessageView(
            **_public(one),
            to_paste=public_words.to_paste(one, link_to(one)) if is_open else None,
            asked_until=there(one.noted_at + ANSWERED_WITHIN, one.entity),
            reference=one.case.reference if is_seen and one.case else None,
        )
        return as_json(view)


def _public(one: PublicMessage) -> dict[str, Any]:
    return {
        "number": one.pk,
        "entity": one.entity.key,
        "network": one.network,
        "address": one.address,
        "author": one.author,
        "text": one.text,
        "kind": one.kind,
        "language": one.language,
        "state": one.state,
        "seen_at": there(one.seen_at, one.entity),
        "noted_at": there(one.noted_at, one.entity),
        "noted_by": one.noted_by.username,
    }
