"""An access token for a mailbox, asked for with its refresh token (RFC 6749, 6)."""

import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass

TIMEOUT = 20.0
_SPARE_SECONDS = 60.0
_LOCAL = {"localhost", "127.0.0.1", "::1"}


class NoToken(Exception):
    """The service gave none. Its words are the message; they never hold the secret."""


@dataclass(frozen=True)
class Grant:
    """With what a token is asked for. ``client_secret`` is empty for a public client."""

    token_url: str
    client_id: str
    refresh_token: str
    client_secret: str = ""


_lock = threading.Lock()
_known: dict[Grant, tuple[str, float]] = {}


def access_token(grant: Grant) -> str:
    """A token that is good for a minute at least; asked for anew when the last one is about to end.

    Raises ``NoToken``.
    """
    with _lock:
        token, ends = _known.get(grant, ("", 0.0))
        if time.monotonic() < ends - _SPARE_SECONDS:
            return token
        token, seconds = _asked(grant)
        _known[grant] = (token, time.monotonic() + seconds)
        return token


def forget(grant: Grant) -> None:
    """The mail server did not take the token: ask for another one next time."""
    with _lock:
        _known.pop(grant, None)


def _asked(grant: Grant) -> tuple[str, float]:
    parts = urllib.parse.urlsplit(grant.token_url)
    if parts.scheme != "https" and parts.hostname not in _LOCAL:
        raise NoToken("The address that gives tokens must begin with https.")
    fields = {
        "grant_type": "refresh_token",
        "client_id": grant.client_id,
        "refresh_token": grant.refresh_token,
    }
    if grant.client_secret:
        fields["client_secret"] = grant.client_secret
    request = urllib.request.Request(  # noqa: S310 -- https, or this machine
        grant.token_url, urllib.parse.urlencode(fields).encode(), {"Accept": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            said = json.load(answer)
        return str(said["access_token"]), float(said.get("expires_in", 300))
    except urllib.error.HTTPError as error:
        raise NoToken(f"{parts.hostname} answered {error.code} {error.reason}.") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoToken(f"{parts.hostname} gave no token: {type(error).__name__}.") from error
