"""Every act of the desk that is on no case, times everybody of the staff, by a token that acts as
them: who may do it on its page may do it by API, and nobody else.
"""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from tests.architecture.post_table import (
    AGAIN,
    DONE,
    FORBIDDEN,
    HANDLE,
    NOTHING,
    READS_ARTICLES,
    REFUSED,
    SHOWN,
    UNKNOWN,
    WORK,
    Outcomes,
    of_case,
    staff,
)
from tests.architecture.post_world import POSTED_AT
from tests.architecture.test_acts_by_api import AT_DESK, KEPT, Acting, _by_api
from tests.architecture.test_acts_by_api import acting as acting
from tests.architecture.test_posts import outcome_of
from valedor.acts.desk import DESK_ACTS
from valedor.incidents.duty.models import DutyChange, DutyPlan
from valedor.procedures import house_rules

pytestmark = pytest.mark.django_db

_SAID = dict.fromkeys(("ca", "es", "en"), "A main broke.")
_LATER = "2026-11-29T20:00:00+01:00"
_WORKING_THERE = staff(*HANDLE, "recused", elsewhere=NOTHING, two_hats=REFUSED)
_OF_INCIDENTS = _WORKING_THERE | dict.fromkeys(("agent", "approver", "auditor"), REFUSED)
_OF_HELD = staff(*WORK, "recused", auditor=REFUSED, two_hats=REFUSED, elsewhere=NOTHING)
_OF_PERSONS = staff(*WORK, auditor=REFUSED, two_hats=REFUSED, elsewhere=NOTHING, recused=NOTHING)
_REGISTERING = staff(*WORK, "recused", elsewhere=NOTHING, two_hats=NOTHING)
_NOBODY_NOW = {**_OF_HELD, **dict.fromkeys((*WORK, "recused"), REFUSED)}
_WRITING = staff("lead", "administrator", **READS_ARTICLES)
_DUTY = {**of_case(*WORK), "approver": FORBIDDEN, "auditor": FORBIDDEN}
_ON_DUTY = staff("lead", agent=REFUSED, handler=REFUSED, recused=REFUSED, two_hats=REFUSED)
_ON_DUTY["elsewhere"] = NOTHING

_OF_HEARINGS = staff(*HANDLE, auditor=REFUSED, two_hats=REFUSED, elsewhere=NOTHING, recused=NOTHING)
_NO_SUCH_HEARING = staff(*HANDLE, "auditor", "two_hats", "elsewhere", "recused", outcome=NOTHING)

# By noun: what it is done to, what is sent, and what becomes of it for everybody.
ROWS: dict[str, tuple[Any, dict[str, Any], Outcomes]] = {
    "incident": (
        "besos",
        {
            "title": dict.fromkeys(("ca", "es", "en"), "No water"),
            "words": _SAID,
            "began_at": "2026-11-20T08:00:00+01:00",
            "expected_end_at": _LATER,
            "places": "Raval",
        },
        staff(*HANDLE, "recused", elsewhere=NOTHING, two_hats=NOTHING),
    ),
    "incident-gathering": (
        "the incident",
        {"cases": ["the open case"]},
        # Whoever takes no part in that case is told that it is not there.
        {**of_case(*WORK), "approver": REFUSED, "auditor": REFUSED, "recused": SHOWN},
    ),
    "incident-news": (
        "the incident",
        {"words": _SAID, "expected_end_at": _LATER},
        _OF_INCIDENTS,
    ),
    "incident-end": (
        "the incident",
        {"words": _SAID, "ended_at": POSTED_AT.isoformat()},
        _OF_INCIDENTS,
    ),
    "incident-closing": (
        "the incident",
        {},
        {**_OF_INCIDENTS, **dict.fromkeys((*HANDLE, "recused"), REFUSED)},  # It lasts.
    ),
    # Who sees none of its cases cannot say how many it reaches.
    "incident-answer": (
        "the gathered incident",
        {"words": _SAID, "cases": 1},
        {**_WORKING_THERE, "recused": REFUSED},
    ),
    "incident-answer-rest": (
        "the gathered incident",
        {"cases": 1},
        {**_WORKING_THERE, **dict.fromkeys((*HANDLE, "recused"), REFUSED)},  # Nobody answered yet.
    ),
    "incident-notice": (
        ("the incident", "the incident's line"),
        {"people": 1},
        _WORKING_THERE,
    ),
    "duty-taking": ("the call-out", {}, _DUTY),
    "duty-change": (
        "the duty plan",
        {
            "begins_at": "2026-12-07T09:00:00+01:00",
            "ends_at": "2026-12-07T12:00:00+01:00",
            "account": "omar",
        },
        _ON_DUTY,  # Others than the lead hand over what is theirs, and it is nobody's of them.
    ),
    "duty-change-end": (
        "the duty change",
        {},
        _ON_DUTY,
    ),
    "held-filing": (
        "the held post",
        {"reference": "the open case", "text": "It happened again."},
        {**_OF_HELD, "recused": AGAIN},
    ),
    "held-aside": ("the held post", {"reason": "An advertisement."}, _OF_HELD),
    "held-taking-up": ("the held post", {}, _NOBODY_NOW),
    "held-sparing": ("the held spam", {}, _OF_HELD),
    "held-row": ("the rejected row", {"row": "x"}, _NOBODY_NOW),
    "held-row-aside": ("the rejected row", {"reason": "An empty line."}, _OF_HELD),
    "public-message": (
        "besos",
        {
            "network": "Mastodon",
            "address": "https://mastodon.example/1",
            "author": "@ana",
            "text": "Nobody comes.",
            "seen_at": "2026-11-20T09:00:00+01:00",
            "language": "ca",
            "kind": "complaint",
        },
        _REGISTERING,
    ),
    "scans": (
        "",
        {
            "entity": "besos",
            "channel": "letter",
            "received_at": "2026-11-20T09:00:00+01:00",
            "file": SimpleUploadedFile("letter.pdf", b"%PDF-1.7", "application/pdf"),
        },
        {**_REGISTERING, "elsewhere": AGAIN, "two_hats": AGAIN},
    ),
    "printing": ("besos", {}, {**_REGISTERING, "recused": REFUSED}),
    "consent": (
        "the person of the open case",
        {
            "entity": "besos",
            "given_at": "2026-11-20T09:00:00+01:00",
            "occasion": "own_wish",
            "channel": "telephone",
            "giver": "person",
            "language": "es",
            "words": "Yes.",
            "version": "M-12",
        },
        _OF_PERSONS,
    ),
    "consent-withdrawal": (
        "the person of the new case",
        {"entity": "besos", "channel": "telephone"},
        _OF_PERSONS,
    ),
    "article": (
        "",
        {"key": "leak", "shelf": "hours", "entities": ["besos"], "title": _SAID, "body": _SAID},
        staff("lead", "administrator", two_hats=AGAIN),  # A lead of Ipê.
    ),
    "article-version": (
        "hours",
        {"body": _SAID},
        staff("lead", "administrator", two_hats=NOTHING),
    ),
    "article-publishing": (
        "hours",
        {},
        {**_WRITING, **dict.fromkeys(("lead", "administrator"), REFUSED)},  # It is published.
    ),
    "article-withdrawal": ("hours", {}, _WRITING),
    "guidance": (
        "besos:kind-complaint",
        {"brief": _SAID},
        staff("lead", "administrator", two_hats=NOTHING),
    ),
    "impressions": ("besos", {"days": 5}, _WRITING),
    "hearing-answer": (
        "the hearing",
        {"text": "By mistake."},
        _OF_HEARINGS,
    ),
    "hearing-proposal": (
        "the hearing",
        {"option": "apology", "text": "We are sorry.", "answer_by": "2026-12-04"},
        {**_OF_HEARINGS, "auditor": FORBIDDEN},
    ),
    # It is a question, no proposal and no opinion.
    **{
        noun: ("the hearing", {}, _NO_SUCH_HEARING)
        for noun in ("hearing-offer", "hearing-opinion", "hearing-done")
    },
    "declaration": ("", {"has_ties": "no"}, staff("ombudsman")),
    "order": (
        "besos:connection",
        {"language": "es", "name": "Ana Puig", "telephone": "600 100 200"},
        _REGISTERING,
    ),
}


def _address(acting: Acting, noun: str, thing: Any) -> str:
    named = acting.world.named
    parts = thing if isinstance(thing, tuple) else (thing,)
    place = ":".join(str(named(part)) for part in parts)
    return f"/api/v1/acts/{noun}" + (f"/{place}" if place else "")


def _do(acting: Acting, viewer: str, noun: str, thing: Any, body: dict[str, Any]) -> Any:
    data = {name: acting.world.named(value) for name, value in body.items()}
    headers = acting.headers(viewer) | {"idempotency-key": "once"}
    address = _address(acting, noun, thing)
    with transaction.atomic():
        if "file" in data:
            data["file"].seek(0)
            response = Client().post(address, data, headers=headers)
        else:
            response = Client().post(address, json.dumps(data), "application/json", headers=headers)
        changed = acting.fingerprints.changed()
        transaction.set_rollback(True)
    if changed:
        house_rules.forget()
    return outcome_of(response, changed - KEPT), response  # type: ignore[arg-type]


def test_every_act_of_the_desk_is_asked_of_everybody() -> None:
    walked = {noun for noun, _thing, _more in AT_DESK.values()} | set(ROWS)
    assert walked == set(DESK_ACTS)


def test_whoever_may_on_its_page_may_by_api_and_nobody_else(acting: Acting) -> None:
    plan = DutyPlan.objects.get(entity__key="besos")
    acting.world.names |= {
        "the duty plan": plan.pk,
        "the duty change": _a_change(plan).pk,
    }
    acting.fingerprints.take()
    wrong = []
    for noun, (thing, body, outcomes) in ROWS.items():
        for viewer in acting.tokens:
            expected = _by_api(viewer, outcomes[viewer])
            got, response = _do(acting, viewer, noun, thing, body)
            if got != expected:
                told = response.content[:300]
                wrong.append(f"{noun}: {viewer}: {got}, should be {expected}: {told!r}")
            elif expected in {NOTHING, FORBIDDEN, UNKNOWN}:
                with transaction.atomic():
                    shown = Client().get(
                        _address(acting, noun, thing), headers=acting.headers(viewer)
                    )
                    transaction.set_rollback(True)
                if outcome_of(shown, set()) != expected:  # type: ignore[arg-type]
                    wrong.append(f"{noun}: {viewer} looks: {shown.status_code}")
    assert not wrong, "\n".join(wrong)
    assert any(row[2]["handler"] == DONE for row in ROWS.values())


def _a_change(plan: DutyPlan) -> DutyChange:
    return DutyChange.objects.create(
        plan=plan,
        begins_at=POSTED_AT,
        ends_at=POSTED_AT + timedelta(days=1),
        recorded_at=POSTED_AT,
    )
