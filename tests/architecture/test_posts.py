"""Every address that takes posts, times everybody who may come (``post_table.py``).

A post that is not done changes no row but those that keep what arrived. Each probe is a savepoint
that is rolled back, so that everybody finds the same world.
"""

import copy
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils.http import urlencode

from tests.architecture.access_table import NO_EVENT
from tests.architecture.fingerprints import Fingerprints
from tests.architecture.post_table import (
    AGAIN,
    ASKED,
    DONE,
    FORBIDDEN,
    KEPT,
    LIBRARIES,
    NOTHING,
    OF_EVERY_CASE,
    POSTERS,
    POSTS,
    REFUSED,
    SHOWN,
    SIGN_IN,
    TOLD_ELSEWHERE,
    UNKNOWN,
    WITHOUT_TOKEN,
    Post,
)
from tests.architecture.post_world import POSTED_AT, PostWorld, the_post_world
from tests.architecture.visitors import Headers
from valedor.acts import ACTS
from valedor.foundation import moments
from valedor.procedures import house_rules

pytestmark = pytest.mark.django_db
_STATUS = {401: UNKNOWN, 403: FORBIDDEN, 404: NOTHING, 409: REFUSED, 422: AGAIN}
_PARTS = {
    "reference": "the open case",
    "entity_key": "besos",
    "key": "besos",
    "noun": "note",
    "event_id": NO_EVENT,
}
NOT_THERE = "api-v1:api-root"  # It answers 404 to everybody.
_keys = count(1)


class _Then(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return POSTED_AT.astimezone(tz)


@pytest.fixture
def world(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> PostWorld:
    settings.DOCUMENTS = tmp_path
    made = the_post_world()
    monkeypatch.setattr(moments, "datetime", _Then)
    return made


@pytest.fixture
def fingerprints(world: PostWorld) -> Fingerprints:
    for viewer in POSTERS:
        world.visitors.of(viewer)
    taken = Fingerprints()
    taken.take()
    return taken


def probe(
    world: PostWorld, fingerprints: Fingerprints, viewer: str, post: Post
) -> tuple[str, set[str]]:
    """What becomes of a post, and which tables changed; then all is as it was."""
    client, headers = world.visitors.of(viewer)
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        response = send(client, headers, world, post, filled(world, post))
        changed = fingerprints.changed()
        transaction.set_rollback(True)
    client.cookies = cookies
    if changed:
        house_rules.forget()
    return outcome_of(response, changed - post.keeps), changed


def send(
    client: Client, headers: Headers, world: PostWorld, post: Post, data: dict[str, Any]
) -> HttpResponse:
    """Send it as a browser does, or as a program where the address is the interface's."""
    address = address_of(world, post)
    ask: Any = getattr(client, post.method)
    response: HttpResponse
    if post.name.startswith("api-v1:"):
        headers = headers | {"idempotency-key": f"key-{next(_keys)}"}
        response = ask(address, json.dumps(data), "application/json", headers=headers)
    elif post.method == "delete":
        response = ask(address, urlencode(data), headers=headers)
    else:
        response = ask(address, data, headers=headers)
    return response


def address_of(world: PostWorld, post: Post) -> str:
    """Its address, with its query."""
    kwargs = {name: world.named(value) for name, value in post.arguments.items()}
    query = {name: world.named(value) for name, value in post.query.items()}
    return reverse(post.name, kwargs=kwargs, query=query or None)


def filled(world: PostWorld, post: Post) -> dict[str, Any]:
    """What is sent: the page's own form where the row asks for it, and the row's words over it."""
    typed = {name: world.named(value) for name, value in post.data.items()}
    if post.arguments.get("noun") == "document":
        typed["file"] = SimpleUploadedFile("bill.txt", b"Two charges.", "text/plain")
    if post.name == "desk:scan_in":
        typed["scans"] = SimpleUploadedFile("letter.pdf", b"%PDF-1.7", "application/pdf")
    if post.arguments.get("noun") == "received-message":
        typed["received_at"] = "2026-11-20T12:00"
    if not post.fills:
        return typed
    if post.label not in world.names:
        client, headers = world.visitors.of(post.doers[0])
        shown = client.get(address_of(world, post), headers=headers)
        assert shown.status_code == 200, f"{post.label} shows no form: {shown.status_code}"
        world.names[post.label] = dict(_fields(shown.context["form"]))
    return dict(world.names[post.label], **typed)


def _fields(form: Any) -> Iterator[tuple[str, Any]]:
    for bound in form:
        value = bound.value()
        if (
            value is None
            or value is False
            or value == ""
            or bound.field.widget.needs_multipart_form
        ):
            continue
        yield bound.name, "on" if value is True else value


def outcome_of(response: HttpResponse, changed: set[str]) -> str:
    """In the words of the table."""
    if response.status_code in {301, 302}:
        to = response["Location"]
        if to.startswith("/accounts/"):
            return SIGN_IN
        if "/case?for=" in to:
            return ASKED
    if 200 <= response.status_code < 400:
        return DONE if changed else SHOWN
    return _STATUS.get(response.status_code, str(response.status_code))


def _taken(world: PostWorld, method: str) -> set[str]:
    """Every address, without its particulars, that does something with this method.

    It is asked as somebody whom it knows: 405 is said before anything about rights.
    """
    taken = set()
    for name, parts in _addresses(get_resolver()):
        if name.startswith(LIBRARIES) or name == NOT_THERE:
            continue
        known = {"desk": "lead", "api-v1": "anonymous"}.get(name.split(":")[0], "complainant")
        client, headers = world.visitors.of(known)
        with transaction.atomic():
            address = _sample(world, name, parts)
            response = getattr(client, method)(address, headers=headers)
            transaction.set_rollback(True)
        if response.status_code != 405:
            taken.add(address)
    return taken


def _known(world: PostWorld, method: str) -> set[str]:
    """The same of the table."""
    named = {post.name for post in POSTS if post.method == method}
    return {
        _sample(world, name, parts) for name, parts in _addresses(get_resolver()) if name in named
    }


def _sample(world: PostWorld, name: str, parts: Sequence[str]) -> str:
    kwargs = {part: world.named(_PARTS.get(part, 1)) for part in parts}
    return reverse(name, kwargs=kwargs)


def _addresses(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every named address with the names of its parts."""
    for name, ways in resolver.reverse_dict.lists():
        if isinstance(name, str):
            yield space + name, tuple(ways[0][0][0][1])
    for namespace, (_prefix, inner) in resolver.namespace_dict.items():
        yield from _addresses(inner, f"{space}{namespace}:")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_every_address_that_does_something_is_in_the_table(world: PostWorld, method: str) -> None:
    missing = _taken(world, method) - _known(world, method)
    assert missing == set(), "add a row to tests/architecture/post_table.py"


def test_every_act_of_the_desk_is_in_the_table() -> None:
    acts = [post for post in POSTS if post.name.startswith("desk:act")]
    assert {post.arguments["noun"] for post in acts} == set(ACTS)


def test_the_table_names_no_address_that_is_gone() -> None:
    assert {post.name for post in POSTS} - {
        name for name, _parts in _addresses(get_resolver())
    } == set()


def test_every_row_has_an_outcome_for_everybody_and_somebody_for_whom_it_is_done() -> None:
    assert [post.label for post in POSTS if set(post.outcomes) != set(POSTERS)] == []
    done = {post.name for post in POSTS if post.doers}
    assert [post.label for post in POSTS if post.name not in done | TOLD_ELSEWHERE] == []


@pytest.mark.parametrize("group", ["desk:act", "desk:", "portal:", "api-v1:"])
def test_everybody_gets_the_outcome_of_the_table(
    world: PostWorld, fingerprints: Fingerprints, group: str
) -> None:
    wrong = []
    for post in POSTS:
        if not post.name.startswith(group) or (
            group == "desk:" and post.name.startswith("desk:act")
        ):
            continue
        for viewer in POSTERS:
            got, changed = probe(world, fingerprints, viewer, post)
            expected = post.outcomes[viewer]
            if got != expected:
                wrong.append(
                    f"{post.label}: {viewer}: {got}, should be {expected} {sorted(changed)}"
                )
            elif got != DONE and changed - post.keeps:
                wrong.append(f"{post.label}: {viewer}: {got}, and yet changed {sorted(changed)}")
    assert not wrong, "\n".join(wrong)


def test_a_thing_of_another_case_is_not_there(world: PostWorld, fingerprints: Fingerprints) -> None:
    """Whoever may act on one case reaches no finding, question or letter of another through it."""
    wrong = []
    for post in POSTS:
        if post.name != "desk:act_on" or post.arguments["noun"] in OF_EVERY_CASE:
            continue
        moved = replace(post, arguments={**post.arguments, "reference": "the new case"})
        for viewer in ("handler", "lead"):
            got, changed = probe(world, fingerprints, viewer, moved)
            if got != NOTHING or changed:
                wrong.append(f"{post.label}: {viewer}: {got}, changed {sorted(changed)}")
    assert not wrong, "\n".join(wrong)


def test_no_page_takes_a_post_without_the_token_of_its_form(
    world: PostWorld, fingerprints: Fingerprints
) -> None:
    """Another site can make a browser post, with its cookies, but knows no token.

    Forms of a case carry a token of their own and keep what came without it, undone. The form by
    which anybody complains borrows nobody's rights; programs send no cookie.
    """
    browsers = {
        viewer: world.visitors.afresh(viewer, checks_tokens=True)
        for viewer in {post.doers[0] for post in POSTS if post.doers}
    }
    fingerprints.take()
    wrong = []
    for post in POSTS:
        if not post.doers or post.name in WITHOUT_TOKEN:
            continue
        data = {name: it for name, it in filled(world, post).items() if name != "token"}
        client, headers = browsers[post.doers[0]]
        with transaction.atomic():
            response = send(client, headers, world, post, data)
            changed = fingerprints.changed() - KEPT
            transaction.set_rollback(True)
        if changed or outcome_of(response, changed) not in {FORBIDDEN, AGAIN, SHOWN}:
            wrong.append(f"{post.label}: {response.status_code}, changed {sorted(changed)}")
    assert not wrong, "\n".join(wrong)


def test_pages_of_libraries_take_no_post_without_a_token(world: PostWorld) -> None:
    open_ones = []
    for viewer in ("anonymous", "handler"):
        client, headers = world.visitors.afresh(viewer, checks_tokens=True)
        for name, parts in _addresses(get_resolver()):
            if name.startswith(LIBRARIES):
                kwargs = dict.fromkeys(parts, 1)
                address = reverse(name, kwargs=kwargs)
                status = client.post(address, {}, headers=headers).status_code
                if status not in {403, 404, 405}:
                    open_ones.append(f"{name}: {viewer} got {status}")
    assert not open_ones, "\n".join(open_ones)
