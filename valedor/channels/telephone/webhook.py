"""Where switchboards tell us of calls: ``POST /webhooks/telephone/{entity}/{line}``.

Every refusal is a problem document (RFC 9457), in English: programs read it.
"""

import http
import logging

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from valedor.casefile.viewing import the_house, viewing
from valedor.channels.telephone import arriving
from valedor.channels.telephone.actions.consent import is_recorded
from valedor.channels.telephone.events import Unreadable
from valedor.channels.telephone.models import Line, LineTrouble
from valedor.channels.telephone.signatures import why_not_believed
from valedor.channels.telephone.troubles import TROUBLES
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused

LARGEST = 64 * 1024
_logger = logging.getLogger(__name__)
_Reason = LineTrouble.Reason
_WORDS = {
    _Reason.FORGED: "The signature is missing or is not of this line's secret.",
    _Reason.STALE: "The signature is more than five minutes away from our clock.",
    _Reason.TOO_LARGE: "An event is no larger than 64 KiB.",
    _Reason.NO_LENGTH: "A post says how long it is (Content-Length).",
    _Reason.REPEATED: "This event was told before: nothing was changed.",
}


# Nobody is signed in here: a post is believed for its signature.
@csrf_exempt
@login_not_required
def call_event(request: HttpRequest, entity_key: str, line_key: str) -> HttpResponse:
    """One event of a call: kept, then read. 200 once it is noted; the same once more is 409. The
    answer says whether the call may be recorded (``record``).
    """
    if request.method != "POST":
        answer = _problem(405, "wrong_method", "Events are posted.")
        answer["Allow"] = "POST"
        return answer
    line = (
        Line.objects.filter(entity__key=entity_key, key=line_key, is_active=True)
        .select_related("entity")
        .first()
    )
    if line is None:
        return _problem(404, "not_found", "There is no such line.")
    with translation.override("en"):
        try:
            return _taken(request, line)
        except DatabaseError:
            _logger.exception("an event of a call could not be kept")
            return _problem(503, "not_kept", "It could not be kept. Send it again.")


def _taken(request: HttpRequest, line: Line) -> HttpResponse:
    at, address = now(), request.META.get("REMOTE_ADDR", "")
    if not str(request.META.get("CONTENT_LENGTH") or "").isdecimal():
        return _refused(line, 411, _Reason.NO_LENGTH, address)
    body = request.read(LARGEST + 1)
    if len(body) > LARGEST:
        return _refused(line, 413, _Reason.TOO_LARGE, address)
    url = f"{settings.PUBLIC_URL}{request.get_full_path()}"
    why = why_not_believed(line, request.headers, body, address=url, at=at)
    if why is not None:
        return _refused(line, 401, why, address)
    raw = arriving.keep(
        line, body, media_type=request.META.get("CONTENT_TYPE", ""), address=address, at=at
    )
    if raw is None:
        return _refused(line, 409, _Reason.REPEATED, address)
    try:
        call = arriving.read(line, raw, address=address, at=at)
    except Unreadable as unreadable:
        return _problem(422, "unreadable", str(unreadable))
    except Refused as refused:
        return _problem(409, refused.code, str(refused.refusal))
    with viewing(the_house(line.entity_id)):
        may_record = is_recorded(call)
    told = {"call": call.name_at_switch, "state": call.state, "record": may_record}
    return JsonResponse(told)


def _refused(line: Line, status: int, why: LineTrouble.Reason, address: str) -> HttpResponse:
    TROUBLES.note(line, why, address=address, at=now())
    return _problem(status, why.value, _WORDS[why])


def _problem(status: int, code: str, detail: str) -> HttpResponse:
    body = {
        "type": "about:blank",
        "title": http.HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
    }
    return JsonResponse(body, status=status, content_type="application/problem+json")
