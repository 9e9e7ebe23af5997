"""Whether a mail is unwanted, asked of rspamd on the premises (``RSPAMD_URL``); nothing leaves the
house.

What rspamd would mark or refuse is held, with its date of arrival, until somebody looks. Where it
does not answer, ``judging`` takes a mail for a wanted one: nothing waits for a program.
"""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit, urlunsplit

from django.conf import settings

from valedor.foundation.environment import BadSetting

TIMEOUT = 5.0
LARGEST = 10 * 2**20
"""Unwanted mail is small; a larger one is not asked about."""
# What rspamd would do with it as a mail server. Its own thresholds decide (its actions.conf).
UNWANTED = frozenset({"reject", "add header", "rewrite subject", "quarantine"})


class NoVerdict(Exception):
    """Nobody said anything of it. The message says why."""


class TooLarge(NoVerdict):
    """Nobody is asked about it, now or later."""


@dataclass(frozen=True)
class Verdict:
    """What rspamd says of a mail: its points, and what it would do."""

    score: float
    action: str

    @property
    def is_unwanted(self) -> bool:
        """Whether it is held until somebody looks."""
        return self.action in UNWANTED

    def __str__(self) -> str:
        return f"{self.score:.1f}: {self.action}"


def is_asked_here() -> bool:
    """Whether the installation asks."""
    return bool(settings.RSPAMD_URL)


def verdict_on(content: bytes, *, sender: str = "", recipient: str = "") -> Verdict:
    """Ask about one mail. Raises ``NoVerdict``, and ``BadSetting`` for an address that is none."""
    if len(content) > LARGEST:
        raise TooLarge("too large to be asked about")
    headers = {"From": sender, "Rcpt": recipient}
    said = _asked("checkv2", content, {name: one for name, one in headers.items() if one})
    try:
        return Verdict(float(str(said["score"])), str(said["action"])[:40])
    except (KeyError, TypeError, ValueError) as error:
        raise NoVerdict("it answers like no rspamd") from error


def greet() -> None:
    """Make sure that it answers. Raises as ``verdict_on`` does."""
    verdict_on(b"Subject: Good morning\r\n\r\nA question of ours.\r\n")


def _asked(what: str, content: bytes, headers: dict[str, str]) -> dict[str, object]:
    parts = urlsplit(settings.RSPAMD_URL)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadSetting(f"RSPAMD_URL is {settings.RSPAMD_URL!r}: write http://127.0.0.1:11333.")
    place = parts.netloc.rpartition("@")[2]
    url = urlunsplit((parts.scheme, place, parts.path.rstrip("/") + "/" + what, "", ""))
    if parts.password:
        headers = headers | {"Password": unquote(parts.password)}
    plain = {name: said for name, said in headers.items() if said.isascii() and said.isprintable()}
    request = urllib.request.Request(url, content, plain)  # noqa: S310 -- http or https
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            found = json.load(answer)
    except urllib.error.HTTPError as error:
        raise NoVerdict(f"it answered {error.code}") from error
    except (OSError, ValueError) as error:
        raise NoVerdict(str(getattr(error, "reason", error)) or type(error).__name__) from error
    if not isinstance(found, dict):
        raise NoVerdict("it answers like no rspamd")
    return found
