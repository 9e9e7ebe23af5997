"""What went wrong, as a problem document (RFC 9457): a stable ``code``, and translated words."""

import http
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from valedor.foundation.refusals import Refused

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """Something that the client has to know."""

    def __init__(
        self, status: int, code: str, detail: str, *, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = dict(headers or {})


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    errors: Sequence[Mapping[str, Any]] = (),
) -> HttpResponse:
    """The document."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": http.HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
    }
    if errors:
        body["errors"] = list(errors)
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


def answer_with_problems(api: NinjaAPI) -> None:
    """Have every failure of an endpoint become a problem document."""

    @api.exception_handler(Problem)
    def _told(_request: HttpRequest, error: Problem) -> HttpResponse:
        return problem(error.status, error.code, error.detail, headers=error.headers)

    @api.exception_handler(Refused)
    def _refused(_request: HttpRequest, error: Refused) -> HttpResponse:
        return problem(409, error.code, str(error.refusal))

    @api.exception_handler(Http404)
    def _missing(_request: HttpRequest, _error: Http404) -> HttpResponse:
        return not_found()

    @api.exception_handler(AuthenticationError)
    def _stranger(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
        return unauthenticated()

    @api.exception_handler(ValidationError)
    def _unreadable(_request: HttpRequest, error: ValidationError) -> HttpResponse:
        return problem(
            422,
            "request_invalid",
            _("Some fields cannot be taken as they are; “errors” names each of them."),
            errors=[_field(one) for one in error.errors],
        )

    @api.exception_handler(HttpError)
    def _http(_request: HttpRequest, error: HttpError) -> HttpResponse:
        if error.status_code == 400:
            return problem(
                400, "body_unreadable", _("The body is not JSON: write an object in UTF-8.")
            )
        return problem(error.status_code, "request_refused", str(error))


def _field(error: Mapping[str, Any]) -> dict[str, str]:
    """One field: where it stands in what was sent, and what is wrong. Its value is not repeated."""
    place = [str(part) for part in error.get("loc", ())]
    shown = place[2:] if place[:1] == ["body"] and len(place) > 1 else place[1:] or place
    return {
        "field": "/".join(shown) or "/".join(place[:1]),
        "code": str(error.get("type", "")),
        "detail": str(error.get("msg", "")).removeprefix("Value error, "),
    }
