"""The description of the interface that is committed is the one that is served."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from ninja import Schema

from valedor.api import schemas
from valedor.api.describe import written
from valedor.api.interface import description

COMMITTED = Path(__file__).resolve().parents[3] / "docs/reference/openapi.json"
FORBIDDEN = (
    "ticket",
    "issue",
    "user",
    "data",
    "info",
    "manager",
    "helper",
    "utils",
    "common",
    "core",
)


def test_the_committed_description_is_current() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == written(), (
        "The interface changed: type make docs and look at the difference."
    )


@pytest.mark.django_db
def test_the_description_is_served() -> None:
    response = Client().get("/api/v1/openapi.json")

    assert response.status_code == 200
    assert json.loads(response.content) == description()


def test_it_is_openapi_3_1_and_every_post_asks_for_a_key() -> None:
    document = description()

    assert document["openapi"].startswith("3.1")
    posts = [operation for _path, method, operation in operations(document) if method == "post"]
    assert posts
    for operation in posts:
        assert any(
            one["name"] == "Idempotency-Key" and one["required"] for one in operation["parameters"]
        )


def test_every_failure_is_a_problem_document() -> None:
    document = description()

    for _path, _method, operation in operations(document):
        assert operation["security"]
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                schema = answer["content"]["application/problem+json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/ProblemDocument"}


def test_names_are_words_of_the_house() -> None:
    names = {
        word
        for schema in vars(schemas).values()
        if isinstance(schema, type) and issubclass(schema, Schema)
        for name in schema.model_fields
        for word in name.split("_")
    }

    assert not names & set(FORBIDDEN)


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
