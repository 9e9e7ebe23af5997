"""Kannel's way of taking a short message: one HTTP request, answered when the gateway has it.

``sendsms`` is posted to, so that no password stands in a log of addresses. What the gateway
answers: 202 it has it; 503 not now; any other, not at all (Kannel User's Guide, chapter 6).
"""

import http.client
import urllib.error
import urllib.request

from valedor.channels.carriers import AcceptanceUnknown, NotTaken

TIMEOUT = 20.0
# Delivered to the phone, not delivered, refused by the network.
_REPORTS = 1 + 2 + 16
_GSM, _UCS2 = "0", "2"
_NOT_NOW = {408, 429, 500, 502, 503, 504}
_LONGEST_ANSWER = 500


def send(
    address: str, *, login: str, password: str, sender: str, to: str, text: str, report_to: str,
    is_plain: bool,
) -> str:  # fmt: skip
    """Hand a text over to ``sendsms``; its answer. Raises ``NotTaken``."""
    request = urllib.request.Request(  # noqa: S310 -- the rules of a gateway allow http(s) alone
        address,
        text.encode(),
        {
            "Content-Type": "text/plain; charset=utf-8",
            "X-Kannel-Username": login,
            "X-Kannel-Password": password,
            "X-Kannel-From": sender,
            "X-Kannel-To": to,
            "X-Kannel-Coding": _GSM if is_plain else _UCS2,
        }
        | (
            {"X-Kannel-DLR-Mask": str(_REPORTS), "X-Kannel-DLR-Url": report_to} if report_to else {}
        ),
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            return _words(answer.status, answer.read(_LONGEST_ANSWER))
    except urllib.error.HTTPError as error:
        said = _words(error.code, error.read(_LONGEST_ANSWER))
        raise NotTaken(said, for_good=error.code not in _NOT_NOW) from error
    except urllib.error.URLError as error:
        # The request did not leave, or not whole.
        raise NotTaken(f"no connection: {error.reason}") from error
    except (OSError, http.client.HTTPException) as error:
        raise AcceptanceUnknown(f"no answer: {type(error).__name__}") from error


def _words(status: int, content: bytes) -> str:
    return f"{status} {' '.join(content.decode('utf-8', 'replace').split())}"
