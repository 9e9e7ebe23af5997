"""Twilio's way of taking and bringing short messages.

Ours are posted to the account's ``Messages.json`` and answered 201 with a number. Theirs come as a
form whose every field is signed together with the address that they were sent to (X-Twilio-
Signature: HMAC-SHA1 of the address and the sorted fields, keyed with the Auth Token, as Twilio's
page on security writes it down). The same signature stands on reports.
"""

import base64
import hmac
import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Mapping

from valedor.channels.carriers import AcceptanceUnknown, NotTaken

TIMEOUT = 20.0
_NOT_NOW = {408, 429, 500, 502, 503, 504}
_LONGEST_ANSWER = 4000
_LONGEST_SAID = 300
DELIVERED = frozenset({"delivered", "read"})
FAILED = frozenset({"undelivered", "failed"})
# What will not go better the next time: no such number, not a mobile, blocked by whoever has it.
FOR_GOOD = frozenset({"21211", "21610", "21614", "30004", "30005", "30006"})


def send(
    address: str, *, login: str, password: str, sender: str, to: str, text: str, report_to: str
) -> str:
    """Hand a text over; the answer in a line. Raises ``NotTaken``."""
    said = {"From": sender, "To": to, "Body": text}
    if report_to:
        said["StatusCallback"] = report_to
    token = base64.b64encode(f"{login}:{password}".encode()).decode()
    request = urllib.request.Request(  # noqa: S310 -- the rules of a gateway allow http(s) alone
        address,
        urllib.parse.urlencode(said).encode(),
        {
            "Content-Type": "application/x-www-form-urlencoded",
            "Authorization": f"Basic {token}",
            "Accept": "application/json",
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            return _words(answer.status, answer.read(_LONGEST_ANSWER))
    except urllib.error.HTTPError as error:
        said_of_it = _words(error.code, error.read(_LONGEST_ANSWER))
        raise NotTaken(said_of_it, for_good=error.code not in _NOT_NOW) from error
    except urllib.error.URLError as error:
        # The request did not leave, or not whole.
        raise NotTaken(f"no connection: {error.reason}") from error
    except (OSError, http.client.HTTPException) as error:
        raise AcceptanceUnknown(f"no answer: {type(error).__name__}") from error


def signature_of(url: str, fields: Mapping[str, Iterable[str]], *, secret: str) -> str:
    """What whoever knows the Auth Token writes on a post to an address."""
    signed = url + "".join(
        name + value for name in sorted(fields) for value in sorted(set(fields[name]))
    )
    return base64.b64encode(hmac.digest(secret.encode(), signed.encode(), "sha1")).decode()


def is_signed(
    url: str, fields: Mapping[str, Iterable[str]], *, secret: str, signature: str
) -> bool:
    """Whether a post was signed by whoever knows the Auth Token."""
    ours = signature_of(url, fields, secret=secret)
    return hmac.compare_digest(ours.encode(), signature.encode("utf-8", "replace"))


def _words(status: int, content: bytes) -> str:
    """The number of the message, or what was wrong with it."""
    try:
        found = json.loads(content)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        found = {"message": content.decode("utf-8", "replace")}
    told = (found.get("sid"), found.get("status"), found.get("code"), found.get("message"))
    parts = [str(part) for part in told if part and part != status]
    return " ".join(f"{status} {' '.join(parts)}".split())[:_LONGEST_SAID]
