"""What every endpoint does with a request: whose token, which case, and how it is answered."""

import json

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from ninja.responses import NinjaJSONEncoder

from valedor.api.faults import Fault
from valedor.api.problems import AtFault
from valedor.casefile.access import case_for
from valedor.casefile.models import Case
from valedor.casefile.reads import note_read
from valedor.casefile.viewing import Viewer
from valedor.foundation import moments
from valedor.foundation.references import read_reference
from valedor.foundation.refusals import Refused
from valedor.programs.models import ApiToken
from valedor.programs.tokens import viewer_of

KEY_PARAMETER = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": "The same for the same request; what it answered is given again for seven days.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}


def token_of_call(request: HttpRequest) -> ApiToken:
    """The token that an endpoint was called with."""
    token = request.auth  # type: ignore[attr-defined]
    if not isinstance(token, ApiToken):
        raise TypeError("an endpoint was reached without a token")
    return token


def case_named(viewer: Viewer, reference: str) -> Case:
    """The case that an address names. A mistyped reference is told so: it is no case of anybody."""
    try:
        read_reference(reference)
    except Refused as refused:
        words = str(refused.refusal)
        raise AtFault(404, Fault("path", "reference", refused.code, words)) from refused
    return case_for(viewer, reference)


def note(request: HttpRequest, case: Case, what: str, **particulars: object) -> None:
    """A read is noted like anybody's, with the token that made it."""
    token = token_of_call(request)
    note_read(viewer_of(token), case, what, moments.now(), {"token": token.pk, **particulars})


def as_json(answer: Schema, *, status: int = 200) -> HttpResponse:
    """The answer."""
    return HttpResponse(
        json.dumps(answer.model_dump(by_alias=True), cls=NinjaJSONEncoder, ensure_ascii=False),
        status=status,
        content_type="application/json; charset=utf-8",
    )
