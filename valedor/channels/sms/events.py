"""What a gateway passes on: one short message, read from the fields of its request. Pure."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import QueryDict

# A long text comes joined; what is longer than this was written by no telephone.
LONGEST = 20_000
# A telephone's clock or a network's may be wrong: what lies further off is not believed.
_BELIEVED = timedelta(days=7)
_STOP = frozenset(
    {"stop", "baja", "baixa", "parar", "pare", "sair", "cancelar", "unsubscribe", "prou"}
)
_START = frozenset({"start", "alta", "voltar", "tornar", "unstop"})


class Unreadable(Exception):
    """The request is no message. Its words say what is missing."""


@dataclass(frozen=True)
class Incoming:
    """A short message: who wrote it, what, and when it reached the network."""

    sender: str
    text: str
    at: datetime

    @property
    def stops(self) -> bool:
        """Whether it asks for no more short messages, and says nothing else."""
        return _word(self.text) in _STOP

    @property
    def starts(self) -> bool:
        """Whether it takes that back."""
        return _word(self.text) in _START


def read_event(query: bytes, *, at: datetime, protocol: str = "kannel") -> Incoming:
    """Read the query of Kannel's request, or Twilio's form. Raises ``Unreadable``.

    Clocks run from ``time``, UTC, when the message reached Kannel; from ``at``, when it reached us,
    where that is missing, later, or not to be believed. Twilio does not tell and comes at once.
    """
    try:
        fields = QueryDict(query, encoding="utf-8")
    except ValueError as error:
        raise Unreadable("the query cannot be read") from error
    from_, text_ = ("From", "Body") if protocol == "twilio" else ("from", "text")
    sender = fields.get(from_, "").strip()
    if not sender:
        raise Unreadable(f"“{from_}” is missing")
    if text_ not in fields:
        raise Unreadable(f"“{text_}” is missing")
    text = fields[text_].replace("\0", "").strip()
    if not text:
        raise Unreadable("the text is empty")
    return Incoming(sender[:40], text[:LONGEST], _moment(fields.get("time", ""), at))


def _moment(written: str, at: datetime) -> datetime:
    try:
        told = datetime.strptime(written, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return at
    return told if at - _BELIEVED <= told <= at else at


def _word(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain).split())
