"""Where switchboards tell us of calls: ``POST /webhooks/telephone/{entity}/{line}``.

Every refusal is a problem document (RFC 9457), in English: programs read it.
"""

import http
import logging
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from valedor.casefile.viewing import the_house, viewing
from valedor.channels.telephone import arriving, twiml
from valedor.channels.telephone.actions.consent import is_recorded
from valedor.channels.telephone.events import Unreadable
from valedor.channels.telephone.first_words import in_json, words_for
from valedor.channels.telephone.models import Call, Line, LineTrouble
from valedor.channels.telephone.numbers import caller_of
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
    answer says whether the call may be recorded (``record``) and what to tell the caller before
    they wait (``say``). Twilio asks with ``then`` what to do with a call, and is answered so.
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
    then = request.GET.get("then", "")
    if not then or line.format != Line.Format.TWILIO:
        return _noted(request, line, body, at)
    # Both are signed with the body: only the house's own settings at Twilio name this address.
    if not twiml.is_address(then):
        return _problem(422, "no_address", "“then” is no address at which a call can go on.")
    return _asked(request, line, body, then, at)


def _asked(request: HttpRequest, line: Line, body: bytes, then: str, at: datetime) -> HttpResponse:
    """Twilio asks what to do with a call that comes in. It goes on, whatever becomes of us."""
    try:
        _note(request, line, body, at)
    except DatabaseError:
        _logger.exception("an event of a call could not be kept")
    said = QueryDict(body, encoding="utf-8").get("From", "")
    number = caller_of(str(said), line.entity.country).number
    words = words_for(line.entity, number, at=at)
    return HttpResponse(twiml.answer(words, then), content_type=twiml.MEDIA_TYPE)


def _noted(request: HttpRequest, line: Line, body: bytes, at: datetime) -> HttpResponse:
    """A switchboard tells of a call: what it needs to know in return."""
    call = _note(request, line, body, at)
    if isinstance(call, HttpResponse):
        return call
    with viewing(the_house(line.entity_id)):
        may_record = is_recorded(call)
    rings = call.state == Call.State.RINGING
    words = words_for(line.entity, call.caller, at=at) if rings else []
    told = {"call": call.name_at_switch, "state": call.state, "record": may_record}
    return JsonResponse(told | {"say": in_json(words)})


def _note(request: HttpRequest, line: Line, body: bytes, at: datetime) -> Call | HttpResponse:
    """The call as it stands now, else why the event was not noted."""
    address = request.META.get("REMOTE_ADDR", "")
    raw = arriving.keep(
        line, body, media_type=request.META.get("CONTENT_TYPE", ""), address=address, at=at
    )
    if raw is None:
        return _refused(line, 409, _Reason.REPEATED, address)
    try:
        return arriving.read(line, raw, address=address, at=at)
    except Unreadable as unreadable:
        return _problem(422, "unreadable", str(unreadable))
    except Refused as refused:
        return _problem(409, refused.code, str(refused.refusal))


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
