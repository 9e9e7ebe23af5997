"""Programs that act as somebody of the cast, and a clock that the tests set."""

import json
from datetime import datetime, timedelta, tzinfo
from typing import Any, cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.cast import Cast
from valedor.foundation import moments
from valedor.people.models import Account, Entity
from valedor.programs.tokens import issue_token


class Clock:
    """What time it is for whoever asks ``moments.now``."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
        self.at = at
        clock = self

        class _Then(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
                return clock.at.astimezone(tz)

        monkeypatch.setattr(moments, "datetime", _Then)


class Acting:
    """A program with a token that acts as a member of the staff."""

    def __init__(
        self, account: Account, entity: Entity, *, at: datetime, scopes: tuple[str, ...] = ()
    ) -> None:
        self.name = f"as {account.username}"
        self.token = issue_token(
            self.name,
            entity,
            scopes or ("cases:act", "cases:read", "cases:register"),
            account=account,
            lasts=timedelta(days=90),
            by=None,
            at=at,
        )
        self.sent = 0

    def get(self, path: str, **headers: str) -> HttpResponse:
        return cast(HttpResponse, Client().get(f"/api/v1/{path}", headers=self._headers(headers)))

    def post(
        self,
        path: str,
        body: Any = None,
        *,
        key: str = "",
        files: tuple[SimpleUploadedFile, ...] = (),
    ) -> HttpResponse:
        self.sent += 1
        headers = self._headers({"Idempotency-Key": key or f"k-{self.sent}"})
        address = f"/api/v1/{path}"
        if files:
            parts = {**(body or {}), "file": list(files)}
            return cast(HttpResponse, Client().post(address, parts, headers=headers))
        content = b"" if body is None else json.dumps(body)
        return cast(
            HttpResponse, Client().post(address, content, "application/json", headers=headers)
        )

    def act(self, reference: str, noun: str, body: Any = None, **more: Any) -> Any:
        """Do an act that has to be open; what came of it."""
        response = self.post(f"cases/{reference}/acts/{noun}", body, **more)
        assert response.status_code == 200, response.content
        return json.loads(response.content)

    def acts(self, reference: str) -> dict[str, Any]:
        """The acts on a case by noun and thing, as they are listed."""
        listed = json.loads(self.get(f"cases/{reference}/acts").content)
        return {
            one["noun"] if one["item"] is None else f"{one['noun']}/{one['item']}": one
            for one in listed["acts"]
        }

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Accept-Language": "en"} | more


def program_of(cast: Cast, account: Account, *, at: datetime) -> Acting:
    """One at Besòs."""
    return Acting(account, cast.besos, at=at)
