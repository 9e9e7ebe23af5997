"""What went wrong, as a problem document (RFC 9457): a stable ``code``, and translated words.

Where a field of the request is to blame, ``errors`` names it.
"""

import http
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from valedor.api.faults import Fault, in_one_sentence
from valedor.foundation.refusals import Refused

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """Something that the client has to know."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        faults: Sequence[Fault] = (),
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.faults = faults
        self.more = more


class AtFault(Problem):
    """The same where it is known which field is to blame, or which fields."""

    def __init__(self, status: int, *faults: Fault) -> None:
        super().__init__(status, faults[0].code, in_one_sentence(faults), faults=faults)


class FaultsFound(ValidationError):
    """The library's failure, with what we make of it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__([])
        self.faults = faults


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    faults: Sequence[Fault] = (),
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The document. ``more`` are members of its own, as RFC 9457 permits (3.2)."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": http.HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **(more or {}),
    }
    if faults:
        body["errors"] = [
            {
                "where": one.where,
                "field": one.field,
                "pointer": one.pointer,
                "code": one.code,
                "detail": one.detail,
            }
            for one in faults
        ]
    return JsonResponse(
        body,
        status=status,
        content_type=MEDIA_TYPE,
        headers=headers,
        json_dumps_params={"ensure_ascii": False},
    )


def not_found() -> HttpResponse:
    """One answer for what is not there and for what may not be seen."""
    return problem(404, "not_found", _("There is nothing here that this token may see."))


def unauthenticated() -> HttpResponse:
    """No token, or one that is unknown or revoked."""
    return problem(
        401,
        "not_authenticated",
        _("Send a living token in the header: Authorization: Bearer …"),
        headers={"WWW-Authenticate": "Bearer"},
    )


def wrong_method(allowed: str) -> HttpResponse:
    """An address that there is, asked in a way that it does not know."""
    return problem(
        405,
        "method_not_allowed",
        _("This address knows other methods only: %(methods)s.") % {"methods": allowed},
        headers={"Allow": allowed},
    )


def failed() -> HttpResponse:
    """A failure of ours. What was begun is taken back, so the same request may come again."""
    return problem(
        500,
        "failed",
        _(
            "This failed here, not with you, and nothing was done. Send the same request again, a "
            "POST with the same Idempotency-Key."
        ),
    )


def answer_with_problems(api: NinjaAPI) -> None:
    """Have every failure of an endpoint become a problem document."""

    @api.exception_handler(Problem)
    def _told(_request: HttpRequest, error: Problem) -> HttpResponse:
        return problem(error.status, error.code, error.detail, faults=error.faults, more=error.more)

    @api.exception_handler(Refused)
    def _refused(_request: HttpRequest, error: Refused) -> HttpResponse:
        return problem(409, error.code, str(error.refusal))

    @api.exception_handler(Http404)
    def _missing(_request: HttpRequest, _error: Http404) -> HttpResponse:
        return not_found()

    @api.exception_handler(AuthenticationError)
    def _stranger(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
        return unauthenticated()

    @api.exception_handler(FaultsFound)
    def _unreadable(_request: HttpRequest, error: FaultsFound) -> HttpResponse:
        return problem(422, "request_invalid", in_one_sentence(error.faults), faults=error.faults)

    @api.exception_handler(HttpError)
    def _http(_request: HttpRequest, error: HttpError) -> HttpResponse:
        if error.status_code == 400:
            words = _not_json(error.__cause__)
            fault = Fault("body", "", "body_unreadable", words)
            return problem(400, "body_unreadable", words, faults=[fault])
        return problem(error.status_code, "request_refused", str(error))


def _not_json(why: BaseException | None) -> str:
    """Why a body cannot be read at all, and from where on."""
    if isinstance(why, json.JSONDecodeError):
        return _(
            "The body is not JSON from line %(line)s, character %(column)s on: send an object."
        ) % {"line": why.lineno, "column": why.colno}
    if isinstance(why, UnicodeDecodeError):
        return _("The body is not UTF-8 from byte %(byte)s on: send it in UTF-8.") % {
            "byte": why.start
        }
    return _("The body is not JSON: write an object in UTF-8.")
