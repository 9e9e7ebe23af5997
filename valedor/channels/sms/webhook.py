"""Where gateways come: ``/webhooks/sms/{entity}/{gateway}`` with messages, ``…/report`` with what
became of ours.

Kannel asks by GET and sends what it is answered to the telephone as a message, so every answer that
is not an error is empty. It proves itself by HTTP's basic authentication, whose password is the
secret of the gateway; a report by the signed name of its letter. Twilio posts forms, and signs
both. What is refused is counted with the gateway.
"""

import base64
import binascii
import hmac
import logging

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt

from valedor.channels.sms import arriving, twilio
from valedor.channels.sms.carrier import SECRET
from valedor.channels.sms.models import Gateway, GatewayTrouble
from valedor.channels.sms.reports import ReportRefused, take_report
from valedor.channels.sms.troubles import TROUBLES
from valedor.foundation.moments import now
from valedor.foundation.sealed import CannotOpen, unseal

LONGEST = 64 * 1024
_METHODS = ("GET", "POST")
_REASONS = GatewayTrouble.Reason
_logger = logging.getLogger(__name__)


# Nobody is signed in here: a gateway is believed for its secret.
@csrf_exempt
@login_not_required
def sms(request: HttpRequest, entity_key: str, gateway_key: str) -> HttpResponse:
    """A message: kept, then read. 200 once it is kept, whatever becomes of it."""
    if request.method not in _METHODS:
        return _refused(405, "Messages come by GET.", Allow=", ".join(_METHODS))
    gateway = _gateway(entity_key, gateway_key)
    if gateway is None:
        return _refused(404, "There is no such gateway.")
    content = _content_of(request, gateway)
    if content is None:
        _note(request, gateway, _REASONS.TOO_LARGE)
        return _refused(413, "A message is no longer than 64 KiB.")
    if not _is_believed(request, gateway, content):
        _note(request, gateway, _REASONS.FORGED)
        return _refused(401, "The secret is not this gateway's.", **{"WWW-Authenticate": "Basic"})
    at = now()
    try:
        raw = arriving.keep(gateway, content, address=request.META.get("REMOTE_ADDR", ""), at=at)
    except DatabaseError:
        _logger.exception("a short message could not be kept")
        return _refused(503, "It could not be kept. Send it again.")
    if raw is not None:
        arriving.read(gateway, raw, at=at)
    return HttpResponse(content_type="text/plain")


@csrf_exempt
@login_not_required
def report(request: HttpRequest, entity_key: str, gateway_key: str) -> HttpResponse:
    """What became of a message of ours."""
    if request.method not in _METHODS:
        return _refused(405, "Reports come by GET.", Allow=", ".join(_METHODS))
    gateway = _gateway(entity_key, gateway_key)
    if gateway is None:
        return _refused(404, "There is no such gateway.")
    said, status, reply = request.GET, "status", "reply"
    if _is_of_twilio(gateway):
        content = _content_of(request, gateway)
        if content is None or not _is_believed(request, gateway, content):
            _note(request, gateway, _REASONS.FORGED)
            return _refused(403, "The report is refused: its signature is not this gateway's.")
        said, status, reply = QueryDict(content, encoding="utf-8"), "MessageStatus", "ErrorCode"
    try:
        take_report(
            gateway, request.GET.get("letter", ""), said.get(status, ""), said.get(reply, ""),
            at=now(),
        )  # fmt: skip
    except ReportRefused as refused:
        _note(request, gateway, _REASONS.REPORT)
        return _refused(403, f"The report is refused: {refused}.")
    return HttpResponse(content_type="text/plain")


def _gateway(entity_key: str, gateway_key: str) -> Gateway | None:
    found = Gateway.objects.filter(entity__key=entity_key, key=gateway_key, is_active=True)
    return found.select_related("entity", "team").first()


def _is_of_twilio(gateway: Gateway) -> bool:
    return gateway.protocol == Gateway.Protocol.TWILIO


def _content_of(request: HttpRequest, gateway: Gateway) -> bytes | None:
    """What says the message: Kannel's query, Twilio's form; nothing where it is too large."""
    if not _is_of_twilio(gateway):
        query = request.META.get("QUERY_STRING", "").encode("utf-8", "surrogateescape")
        return query if len(query) <= LONGEST else None
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LONGEST:
        return None
    return request.body


def _is_believed(request: HttpRequest, gateway: Gateway, content: bytes) -> bool:
    secret = _secret_of(gateway)
    if not secret:
        return False
    if _is_of_twilio(gateway):
        fields = dict(QueryDict(content, encoding="utf-8").lists())
        signature = request.headers.get("X-Twilio-Signature", "")
        url = settings.PUBLIC_URL + request.get_full_path()
        return twilio.is_signed(url, fields, secret=secret, signature=signature)
    scheme, _blank, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return False
    try:
        told = base64.b64decode(encoded, validate=True).partition(b":")[2]
    except (binascii.Error, ValueError):
        return False
    return hmac.compare_digest(told, secret.encode())


def _secret_of(gateway: Gateway) -> str:
    try:
        return unseal(bytes(gateway.secret or b""), purpose=SECRET) if gateway.secret else ""
    except CannotOpen:
        return ""


def _note(request: HttpRequest, gateway: Gateway, reason: GatewayTrouble.Reason) -> None:
    TROUBLES.note(gateway, reason, address=request.META.get("REMOTE_ADDR", ""), at=now())


def _refused(status: int, why: str, **headers: str) -> HttpResponse:
    return HttpResponse(why, status=status, headers=headers, content_type="text/plain")
