"""Every POST happens once: its answer is remembered under its ``Idempotency-Key`` for seven days.

What is posted is kept raw before anything reads it, but for what staff do: that is no message from
outside, and the timeline has it behind the walls of its case. The answer is written in the
transaction of the act, so that after a crash either both are there or neither; while a request runs
it holds a lock that dies with its connection.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _

from valedor.api import queries
from valedor.api.authentication import token_of
from valedor.api.faults import Fault
from valedor.api.models import GivenAnswer
from valedor.api.problems import problem
from valedor.casefile.arrivals import raw_of
from valedor.casefile.models import Case, RawMessage
from valedor.casefile.seats import EVERYONE
from valedor.casefile.viewing import Viewer, viewing
from valedor.foundation import moments, rows
from valedor.foundation.sealed import CannotOpen, keyed, seal_bytes, unseal_bytes
from valedor.programs.models import ApiToken

KEPT = timedelta(days=7)
LARGEST_BODY = 2 * 2**20
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_CARRIED = ("Content-Type", "Location", "ETag")

View = Callable[..., HttpResponse]


def once(view: View, *, keeps_raw: bool = True) -> View:
    """Give a view the promise of this module, for requests with a living token."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        token = token_of(request) if request.method == "POST" else None
        if token is None:
            return view(request, *args, **kwargs)
        key = request.headers.get("Idempotency-Key", "").strip().strip('"')
        if not _KEY.fullmatch(key):
            words = _(
                "Send an Idempotency-Key: 1 to 255 visible characters, the same one when the "
                "same request is sent again."
            )
            code = "idempotency_key_missing"
            fault = Fault("header", "Idempotency-Key", code, words)
            return problem(400, code, words, faults=[fault])
        try:
            content = _content_of(request, takes_files=not keeps_raw)
        except UnreadablePostError:
            return problem(400, "body_cut_short", _("The connection broke before the body ended."))
        except MultiPartParserError:
            words = _("The body is not multipart/form-data: it has no parts that can be read.")
            fault = Fault("body", "", "body_unreadable", words)
            return problem(400, "body_unreadable", words, faults=[fault])
        except _TooLarge as too_large:
            return problem(
                413,
                "body_too_large",
                _("The body is larger than %(limit)s bytes.") % {"limit": too_large.limit},
            )
        run = _Run(token, _endpoint_of(request), key, request.path, content, keeps_raw=keeps_raw)
        with run.alone() as is_alone:
            if not is_alone:
                return problem(
                    409,
                    "request_running",
                    _("The same request is still being answered: ask again in a moment."),
                    headers={"Retry-After": "1"},
                )
            return run.answer_before() or run.answer_now(
                request, lambda: view(request, *args, **kwargs)
            )

    return kept


class _TooLarge(Exception):
    """A body that is not read to its end."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


def _content_of(request: HttpRequest, *, takes_files: bool) -> bytes:
    """What tells this request from another one: its body, or a digest of each of its parts.

    Whoever sends files again may draw another boundary between them.
    """
    has_files = takes_files and request.content_type == "multipart/form-data"
    limit = settings.SUBMISSION_LIMIT if has_files else LARGEST_BODY
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > limit:
            raise _TooLarge(limit)
        if not has_files:
            body: bytes = request.body
            if len(body) > limit:
                raise _TooLarge(limit)
            return body
        told: list[Any] = [sorted((name, values) for name, values in request.POST.lists())]
        for name, files in sorted(request.FILES.lists()):
            for file in files:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                file.seek(0)
                told.append([name, file.name, file.content_type, digest])
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, ValueError) as error:
        raise _TooLarge(limit) from error
    return json.dumps(told).encode()


def forget_old_answers(*, at: datetime) -> int:
    """Remove what was remembered for seven days."""
    return queries.forget_answers_before(at - KEPT)


def _endpoint_of(request: HttpRequest) -> str:
    match = request.resolver_match
    return f"POST {match.route if match else request.path}"[:120]


class _Run:
    """One request under one key."""

    def __init__(
        self,
        token: ApiToken,
        endpoint: str,
        key: str,
        path: str,
        body: bytes,
        *,
        keeps_raw: bool,
    ) -> None:
        self.token = token
        self.keeps_raw = keeps_raw
        self.endpoint = endpoint
        self.key = key.encode()
        self.body = body
        self.at = moments.now()
        named = f"{token.pk} {endpoint} ".encode() + self.key
        self.key_digest = keyed(b"idempotency", named)
        # Keyed with the client's key: a digest of a short text alone could be guessed.
        content = hashlib.sha256(path.encode() + b"\0" + body).digest()
        self.request_digest = keyed(b"request", self.key, content)

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Hold the lock of this key while the request runs; whether it was free."""
        number = int.from_bytes(self.key_digest[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
            is_free = bool(cursor.fetchone()[0])
        try:
            yield is_free
        finally:
            if is_free:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [number])

    def answer_before(self) -> HttpResponse | None:
        """What the same request was answered, or that the key belongs to another one."""
        given = queries.given_answer(
            self.token, self.endpoint, self.key_digest, since=self.at - KEPT
        )
        if given is None:
            return None
        if not hmac.compare_digest(bytes(given.request_digest), self.request_digest):
            return problem(
                409,
                "idempotency_key_reused",
                _("This Idempotency-Key was used for another request: choose a new one."),
            )
        return self._read(given)

    def answer_now(self, request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
        """Keep what was sent, act, and remember the answer together with the act."""
        raw = self._keep_raw(request) if self.keeps_raw else None
        request.raw = raw  # type: ignore[attr-defined]
        with transaction.atomic():
            response = act()
            if response.status_code < 500:
                self._remember(response)
        if raw is not None and response.status_code >= 400:
            self._hold_raw(raw, response)
        return response

    def _keep_raw(self, request: HttpRequest) -> RawMessage:
        with viewing(self._house()):
            raw = raw_of(
                self.body,
                entity_id=self.token.entity_id,
                channel=Case.Channel.API,
                media_type=request.content_type or "",
                envelope={
                    "path": request.path[:200],
                    "token": self.token.pk,
                    "address": request.META.get("REMOTE_ADDR", ""),
                },
                at=self.at,
            )
            rows.write([raw])
        return raw

    def _hold_raw(self, raw: RawMessage, response: HttpResponse) -> None:
        """What became nothing stays, with the reason that the program was told. What it was asked
        about waits for its answer instead, as a step of the desk's form does.
        """
        code = json.loads(response.content).get("code", "") if response.content else ""
        if code == "likely_duplicates":
            with viewing(self._house()):
                queries.keep_as_step(raw)
            return
        with viewing(self._house()):
            queries.hold_raw(raw, f"{response.status_code} {code}")

    def _house(self) -> Viewer:
        return Viewer(entities=(self.token.entity_id,), seats=EVERYONE)

    def _remember(self, response: HttpResponse) -> None:
        headers = {name: response[name] for name in _CARRIED if name in response}
        plain = json.dumps({"headers": headers}).encode() + b"\n" + response.content
        sealed = seal_bytes(plain, b"answer", under=self.key, bound_to=self.request_digest)
        queries.keep_answer(
            GivenAnswer(
                token=self.token,
                endpoint=self.endpoint,
                key_digest=self.key_digest,
                request_digest=self.request_digest,
                status=response.status_code,
                answer=sealed,
                answered_at=self.at,
            )
        )

    def _read(self, given: GivenAnswer) -> HttpResponse:
        sealed = bytes(given.answer)
        try:
            plain = unseal_bytes(sealed, b"answer", under=self.key, bound_to=self.request_digest)
        except CannotOpen as error:
            raise RuntimeError("a remembered answer does not open with its own key") from error
        head, _break, content = plain.partition(b"\n")
        headers = json.loads(head)["headers"]
        return HttpResponse(
            content,
            status=given.status,
            content_type=headers.pop("Content-Type", "application/json"),
            headers=headers | {"Idempotency-Replayed": "true"},
        )
