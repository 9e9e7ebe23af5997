"""Every act on a case, times everybody of the staff, by a token that acts as them.

A program gets what the page gives: the same act is open, or refused with the same sentence; what
cannot be seen is not there. What becomes of each by page is in ``post_table.py``.
"""

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.architecture.fingerprints import Fingerprints
from tests.architecture.post_table import (
    ACTS,
    AGAIN,
    DESK,
    DONE,
    FORBIDDEN,
    NOTHING,
    OF_EVERY_CASE,
    POSTERS,
    REFUSED,
    SIGN_IN,
    UNKNOWN,
    WORK,
    Post,
    of_case,
)
from tests.architecture.post_world import POSTED_AT, PostWorld, the_post_world
from tests.architecture.test_posts import _Then, filled, outcome_of
from valedor.foundation import moments
from valedor.people.models import Account
from valedor.procedures import house_rules
from valedor.programs.models import ApiToken
from valedor.programs.tokens import PREFIX, digest_of

pytestmark = pytest.mark.django_db
KEPT = frozenset({"api_givenanswer", "casefile_readentry"})
BY_POST = [post for post in ACTS if post.method == "post"]


def _on_a_thing(noun: str, case: str, item: str, **data: Any) -> Post:
    """An act on a thing that has a page of its own on the desk (``desk:letter``…)."""
    arguments = {"reference": f"the {case} case", "noun": noun, "item": item or None}
    return Post(name="desk:act_on", arguments=arguments, data=data, outcomes=of_case(*WORK))


ON_OTHER_PAGES = [
    _on_a_thing("letter-handover", "written", "the letter on paper"),
    _on_a_thing(
        "letter-posting",
        "written",
        "the letter on paper",
        posted_at="2026-11-24T08:00:00+00:00",
        proof="No. 7.",
    ),
    _on_a_thing("call-attempt", "open", "the promised call", result="no_answer"),
    _on_a_thing("call-cancellation", "open", "the promised call"),
    _on_a_thing("incident-joining", "open", "", incident="the incident"),
    _on_a_thing("incident-declining", "open", "", incident="the incident"),
    _on_a_thing("incident-leaving", "enquiry", "the gathered incident", reason="Not water."),
]

# What is posted on other pages of the desk, by its name there: the act, what it is done to, and
# what is sent besides.
AT_DESK: dict[str, tuple[str, str, dict[str, Any]]] = {
    "desk:inquiry": ("area-answer", "the question to the area", {}),
    "desk:area_notice": ("area-notice", "the notice", {}),
    "desk:booking_new": ("booking", "besos:counter", {}),
    "desk:thanks_read": ("thanks-reading", "the thanks to the area", {}),
    "desk:absences": ("absence", "", {}),
    "desk:absence_end": ("absence-end", "the absence", {}),
    "desk:persons": ("person-merger", "", {"known": "the open case"}),
    "desk:person_parting": ("person-parting", "the merge", {}),
    "desk:team": ("giving-out", "", {"team": "attention"}),
    "desk:leaving": ("passing-on", "bruno", {}),
}


@dataclass
class Acting:
    """A program that acts as one of the posters."""

    world: PostWorld
    fingerprints: Fingerprints
    tokens: dict[str, str]

    def do(self, viewer: str, post: Post) -> tuple[str, HttpResponse]:
        """What becomes of an act; then all is as it was."""
        data = filled(self.world, post)
        for name, value in AT_DESK.get(post.name, ("", "", {}))[2].items():
            data[name] = self.world.named(value)
        headers = self.headers(viewer) | {"idempotency-key": "once"}
        with transaction.atomic():
            if any(isinstance(value, SimpleUploadedFile) for value in data.values()):
                response = Client().post(self.address(post), data, headers=headers)
            else:
                response = Client().post(
                    self.address(post), json.dumps(data), "application/json", headers=headers
                )
            changed = self.fingerprints.changed()
            transaction.set_rollback(True)
        if changed:
            house_rules.forget()
        outcome = outcome_of(response, changed - KEPT)  # type: ignore[arg-type]
        assert outcome == DONE or not changed - KEPT, f"{post.label}: {viewer}: {changed}"
        return outcome, response  # type: ignore[return-value]

    def look(self, viewer: str, post: Post) -> HttpResponse:
        """How an act stands for somebody."""
        with transaction.atomic():
            response = Client().get(self.address(post), headers=self.headers(viewer))
            transaction.set_rollback(True)
        return response  # type: ignore[return-value]

    def address(self, post: Post) -> str:
        if post.name in AT_DESK:
            noun, thing, _more = AT_DESK[post.name]
            return f"/api/v1/acts/{noun}" + (f"/{self.world.named(thing)}" if thing else "")
        reference, noun, item = (
            self.world.named(post.arguments.get(name)) for name in ("reference", "noun", "item")
        )
        place = "" if item is None else f"/{item}"
        return f"/api/v1/cases/{reference}/acts/{noun}{place}"

    def headers(self, viewer: str) -> dict[str, str]:
        return {"authorization": f"Bearer {self.tokens[viewer]}", "accept-language": "en"}


@pytest.fixture
def acting(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Acting:
    settings.DOCUMENTS = tmp_path
    world = the_post_world()
    monkeypatch.setattr(moments, "datetime", _Then)
    tokens = dict(_tokens(world))
    fingerprints = Fingerprints()
    fingerprints.take()
    return Acting(world, fingerprints, tokens)


def _tokens(world: PostWorld) -> Iterator[tuple[str, str]]:
    """A token for everybody who has, or had, an account: also where none would be issued."""
    for viewer in POSTERS:
        client, _headers = world.visitors.of(viewer)
        account_id = client.session.get("_auth_user_id")
        if account_id is None:
            continue
        typed = f"{PREFIX}{viewer}"
        ApiToken.objects.create(
            name=f"as {viewer}",
            entity=world.cast.besos,
            account=Account.objects.get(pk=account_id),
            scopes=["cases:act"],
            digest=digest_of(typed),
            issued_at=POSTED_AT,
            last_used_at=POSTED_AT,
            expires_at=POSTED_AT + timedelta(days=1),
        )
        yield viewer, typed


def _by_api(viewer: str, by_page: str) -> str:
    """Who is sent to a sign-in by page is told so by API."""
    if by_page != SIGN_IN:
        return by_page
    return FORBIDDEN if viewer == "without_second_factor" else UNKNOWN


def test_everybody_gets_by_api_what_their_page_gives(acting: Acting) -> None:
    """The outcome is the page's; it is open exactly where it is not refused; and the sentence is
    the same beside the button, on the page that refuses and in the problem.
    """
    wrong = []
    for post in BY_POST:
        for viewer in acting.tokens:
            expected = _by_api(viewer, post.outcomes[viewer])
            got, response = acting.do(viewer, post)
            if got != expected:
                told = response.content[:300]
                wrong.append(f"{post.label}: {viewer}: {got}, should be {expected}: {told!r}")
                continue
            shown = acting.look(viewer, post)
            if expected in {NOTHING, FORBIDDEN, UNKNOWN}:
                if outcome_of(shown, set()) != expected:
                    wrong.append(f"{post.label}: {viewer} looks: {shown.status_code}")
                continue
            act = json.loads(shown.content)
            if act["is_open"] is not (expected in {DONE, AGAIN}):
                wrong.append(f"{post.label}: {viewer}: open {act['is_open']}")
            elif expected == REFUSED:
                wrong += _different_words(acting, viewer, post, act["why_not"], response)
    assert not wrong, "\n".join(wrong)
    assert {"handler", "recused", "elsewhere", "former_colleague"} <= set(acting.tokens)


def _different_words(
    acting: Acting, viewer: str, post: Post, why_not: dict[str, str], refused: HttpResponse
) -> Iterator[str]:
    problem = json.loads(refused.content)
    if (problem["code"], problem["detail"]) != (why_not["code"], why_not["detail"]):
        yield f"{post.label}: {viewer}: {problem} is not {why_not}"
    client, headers = acting.world.visitors.of(viewer)
    address = acting.address(post).replace("/api/v1/", "/desk/").replace("/acts/", "/")
    with transaction.atomic():
        page = client.get(address, headers=headers)
        transaction.set_rollback(True)
    if why_not["detail"] not in html.unescape(page.content.decode()):
        yield f"{post.label}: {viewer}: the page does not say: {why_not['detail']}"


def test_a_thing_of_another_case_is_not_there(acting: Acting) -> None:
    wrong = []
    for post in BY_POST:
        if "item" not in post.arguments or post.arguments["noun"] in OF_EVERY_CASE:
            continue
        moved = replace(post, arguments={**post.arguments, "reference": "the new case"})
        for viewer in ("handler", "lead"):
            got, _response = acting.do(viewer, moved)
            if got != NOTHING:
                wrong.append(f"{post.label}: {viewer}: {got}")
    assert not wrong, "\n".join(wrong)


def test_the_list_names_every_act_that_somebody_could_do(acting: Acting) -> None:
    """An act of a row stands in the list of its case, on that thing, as open as it is."""
    for viewer in ("handler", "lead", "approver", "agent"):
        for post in BY_POST:
            if post.outcomes[viewer] not in {DONE, REFUSED}:
                continue
            reference = acting.world.named(post.arguments["reference"])
            with transaction.atomic():
                response = Client().get(
                    f"/api/v1/cases/{reference}/acts", headers=acting.headers(viewer)
                )
                transaction.set_rollback(True)
            listed = {one["address"]: one for one in json.loads(response.content)["acts"]}
            one = listed[acting.address(post)]
            assert one["is_open"] is (post.outcomes[viewer] == DONE), post.label
            assert (one["body"] is None) is not one["is_open"], post.label


def test_letters_and_promised_calls_are_seen_to_by_whoever_does_on_their_pages(
    acting: Acting,
) -> None:
    wrong = []
    for post in ON_OTHER_PAGES:
        for viewer in acting.tokens:
            expected = _by_api(viewer, post.outcomes[viewer])
            got, response = acting.do(viewer, post)
            if got != expected:
                told = response.content[:300]
                wrong.append(f"{post.label}: {viewer}: {got}, should be {expected}: {told!r}")
            elif expected in {DONE, REFUSED}:
                act = json.loads(acting.look(viewer, post).content)
                if act["is_open"] is not (expected == DONE):
                    wrong.append(f"{post.label}: {viewer}: open {act['is_open']}")
    assert not wrong, "\n".join(wrong)


def test_acts_that_are_not_on_one_case_are_as_on_their_pages(acting: Acting) -> None:
    wrong = []
    at_desk = [post for post in DESK if post.name in AT_DESK]
    assert {post.name for post in at_desk} == set(AT_DESK)
    for post in at_desk:
        for viewer in acting.tokens:
            expected = _by_api(viewer, post.outcomes[viewer])
            got, response = acting.do(viewer, post)
            if got != expected:
                told = response.content[:300]
                wrong.append(f"{post.label}: {viewer}: {got}, should be {expected}: {told!r}")
            elif expected in {NOTHING, FORBIDDEN, UNKNOWN}:
                shown = outcome_of(acting.look(viewer, post), set())
                if shown != expected:
                    wrong.append(f"{post.label}: {viewer} looks: {shown}")
    assert not wrong, "\n".join(wrong)
