"""A POST happens once, however often and however closely it is sent."""

import json
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from valedor.api import registering
from valedor.api.models import GivenAnswer
from valedor.api.once import forget_old_answers
from valedor.api.tests.test_interface import COMPLAINT, Program, an_entity, is_problem, told
from valedor.casefile.models import Case, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation import moments
from valedor.intake.actions.receive import receive
from valedor.people.models import Entity
from valedor.procedures.publishing import publish_packs


@pytest.fixture
def besos(db: None) -> Entity:
    publish_packs(at=moments.now())
    return an_entity("besos")


def how_many(entity: Entity) -> tuple[int, int]:
    """Cases, and raw messages."""
    with viewing(the_house(entity)):
        return Case.objects.count(), RawMessage.objects.count()


def test_the_same_request_gets_the_same_answer(besos: Entity) -> None:
    program = Program(besos)
    first = program.post("cases", COMPLAINT, key="k-1")
    again = program.post("cases", COMPLAINT, key="k-1")

    assert (again.status_code, again.content) == (201, first.content)
    assert (again["Location"], again["ETag"]) == (first["Location"], first["ETag"])
    assert again["Idempotency-Replayed"] == "true"
    assert how_many(besos) == (1, 1)


def test_a_key_may_stand_in_quotation_marks(besos: Entity) -> None:
    program = Program(besos)
    first = program.post("cases", COMPLAINT, key='"k-1"')

    assert program.post("cases", COMPLAINT, key="k-1").content == first.content


def test_another_body_under_the_same_key_is_refused(besos: Entity) -> None:
    program = Program(besos)
    program.post("cases", COMPLAINT, key="k-1")
    other = program.post("cases", COMPLAINT | {"subject": "Otra"}, key="k-1")

    assert is_problem(other, 409, "idempotency_key_reused")
    assert how_many(besos) == (1, 1)


def test_another_case_under_the_same_key_is_refused(besos: Entity) -> None:
    program = Program(besos)
    references = [
        told(program.post("cases", COMPLAINT, key=key))["case"]["reference"] for key in ("a", "b")
    ]
    message = {"author": "complainant", "text": "Hola"}

    assert program.post(f"cases/{references[0]}/messages", message, key="m").status_code == 201
    other = program.post(f"cases/{references[1]}/messages", message, key="m")
    assert is_problem(other, 409, "idempotency_key_reused")


@pytest.mark.parametrize("key", [None, "", "  ", "a b", "x" * 256, "ñ"])
def test_without_a_key_nothing_happens(besos: Entity, key: str | None) -> None:
    response = Program(besos).post("cases", COMPLAINT, key=key)

    assert is_problem(response, 400, "idempotency_key_missing")
    assert how_many(besos) == (0, 0)


def test_keys_belong_to_a_token_and_an_endpoint(besos: Entity) -> None:
    one, other = Program(besos), Program(besos, "cases:register")
    reference = told(one.post("cases", COMPLAINT, key="k"))["case"]["reference"]

    assert (
        one.post(
            f"cases/{reference}/messages", {"author": "complainant", "text": "x"}, key="k"
        ).status_code
        == 201
    )
    assert told(other.post("cases", COMPLAINT, key="k"))["case"]["reference"] != reference


def test_a_refusal_is_answered_again_too(besos: Entity) -> None:
    program = Program(besos)
    body = COMPLAINT | {"category": "none-such"}
    first = program.post("cases", body, key="k")
    again = program.post("cases", body, key="k")

    assert is_problem(again, 422, "category_unknown")
    assert again.content == first.content
    assert again["Idempotency-Replayed"] == "true"


def test_answers_are_stored_so_that_only_the_key_opens_them(besos: Entity) -> None:
    answered = told(Program(besos).post("cases", COMPLAINT, key="k-1"))
    given = GivenAnswer.objects.get()
    stored = b"".join(
        bytes(part) for part in (given.answer, given.key_digest, given.request_digest)
    )

    for secret in (answered["access_code"], answered["case"]["reference"], "Ana Puig", "k-1"):
        assert secret.encode() not in stored


def test_after_seven_days_an_answer_is_forgotten(besos: Entity) -> None:
    program = Program(besos)
    first = told(program.post("cases", COMPLAINT, key="k"))
    GivenAnswer.objects.update(answered_at=moments.now() - timedelta(days=7, minutes=1))

    assert forget_old_answers(at=moments.now()) == 1
    again = told(program.post("cases", COMPLAINT, key="k"))
    assert again["case"]["reference"] != first["case"]["reference"]
    assert again["access_code"] != first["access_code"]


def test_too_large_a_body_is_refused_before_it_is_read(besos: Entity) -> None:
    response = Program(besos).post("cases", b"[" + b" " * (2 * 2**20) + b"]")

    assert is_problem(response, 413, "body_too_large")
    assert how_many(besos) == (0, 0)


# ------------------------------------------------------------------ at the same time
def test_two_parallel_requests_register_one_case(committed_database: str) -> None:
    publish_packs(at=moments.now())
    entity = an_entity("besos")
    program = Program(entity)
    start = threading.Barrier(6)
    answers: list[tuple[int, bytes]] = []

    def send() -> None:
        mine = Program.__new__(Program)
        mine.token, mine.client = program.token, type(program.client)()
        start.wait()
        try:
            response = mine.post("cases", COMPLAINT, key="together")
            answers.append((response.status_code, response.content))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 6
    made = {content for status, content in answers if status == 201}
    assert len(made) == 1
    others = [json.loads(content) for status, content in answers if status != 201]
    assert {other["code"] for other in others} <= {"request_running"}
    assert how_many(entity)[0] == 1


def test_while_the_first_still_runs_the_second_is_told_to_wait(committed_database: str) -> None:
    publish_packs(at=moments.now())
    entity = an_entity("besos")
    program = Program(entity)
    is_inside, may_go_on = threading.Event(), threading.Event()
    first: list[Any] = []

    def slow(*args: Any, **kwargs: Any) -> Any:
        is_inside.set()
        may_go_on.wait(20)
        return receive(*args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registering, "receive", slow)

        def send() -> None:
            try:
                first.append(program.post("cases", COMPLAINT, key="slow"))
            finally:
                connection.close()

        thread = threading.Thread(target=send)
        thread.start()
        assert is_inside.wait(20)
        second = program.post("cases", COMPLAINT, key="slow")
        may_go_on.set()
        thread.join()

    assert is_problem(second, 409, "request_running")
    assert int(second["Retry-After"]) >= 1
    assert first[0].status_code == 201
    assert program.post("cases", COMPLAINT, key="slow").content == first[0].content


def test_a_crash_leaves_neither_case_nor_answer(
    besos: Entity, monkeypatch: pytest.MonkeyPatch
) -> None:
    from valedor.api.once import _Run

    program = Program(besos)

    def dies(*_args: object) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(_Run, "_remember", dies)
        assert program.post("cases", COMPLAINT, key="k").status_code == 500
    assert how_many(besos) == (0, 1)
    assert not GivenAnswer.objects.exists()

    assert program.post("cases", COMPLAINT, key="k").status_code == 201
    assert how_many(besos)[0] == 1
