"""To which case a mail belongs: by marks that only we can make, or by mails that the case knows.

A subject that names a reference is no mark: whoever has seen a letter lie open knows it. It counts
only for an address that the case knows already.
"""

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from valedor.casefile.letters import letter_of, read_mailed_link
from valedor.casefile.models import Case, Letter
from valedor.channels.email.models import MailTrace
from valedor.channels.speakers import speaker_of
from valedor.foundation.references import references_in
from valedor.people.models import ContactPoint

_TOKEN = re.compile(r"(?<![0-9.])(\d{1,19}\.[a-z2-7]{16})(?![a-z0-9])", re.IGNORECASE)
_LINK = re.compile(r"([?&]link=)([\w:%.-]{20,600})")
# How much of a text is looked through: a link of ours stands near where an answer begins.
_LOOKED_AT = 200_000


@dataclass(frozen=True)
class Thread:
    """A case that a mail belongs to, and the letter that it answers or returns, where it says."""

    case_id: int
    letter_id: int | None = None


@dataclass(frozen=True)
class Marks:
    """What of a mail may tell where it belongs."""

    recipients: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    subject: str = ""
    sender: str = ""


def may_name_a_case(marks: Marks) -> bool:
    """Whether anything in it may: where nothing does, no question need be put. Pure."""
    return bool(
        marks.references
        or _letters_named(marks.recipients)
        or any(_LINK.search(text[:_LOOKED_AT]) for text in marks.texts)
        or any(references_in(marks.subject))
    )


def thread_of(marks: Marks, entity_id: int, *, at: datetime) -> Thread | None:
    """The case of this entity to which a mail belongs; nothing where it begins something new."""
    return (
        _by_letter(_letters_named((*marks.recipients, *marks.references)), entity_id)
        or _by_trace(marks.references, entity_id)
        or _by_link(marks.texts, entity_id)
        or _by_reference(marks, entity_id, at)
    )


def _letters_named(places: Iterable[str]) -> list[int]:
    found = [match[1] for place in places for match in _TOKEN.finditer(place)]
    letters = (letter_of(token) for token in found)
    return [letter for letter in letters if letter is not None]


def _by_letter(letters: list[int], entity_id: int) -> Thread | None:
    if not letters:
        return None
    known = dict(
        Letter.objects.filter(pk__in=letters, entity_id=entity_id).values_list("pk", "case_id")
    )
    first = next((letter for letter in letters if letter in known), None)
    return Thread(known[first], first) if first is not None else None


def _by_trace(references: tuple[str, ...], entity_id: int) -> Thread | None:
    digests = [digest_of(reference) for reference in references]
    if not digests:
        return None
    found = {
        bytes(digest): case
        for digest, case in MailTrace.objects.filter(
            digest__in=digests, entity_id=entity_id
        ).values_list("digest", "case_id")
    }
    # The last one named is the mail that was answered (RFC 5322, 3.6.4).
    case = next((found[digest] for digest in reversed(digests) if digest in found), None)
    return Thread(case) if case is not None else None


def _by_link(texts: tuple[str, ...], entity_id: int) -> Thread | None:
    for text in texts:
        for match in _LINK.finditer(text[:_LOOKED_AT]):
            link = read_mailed_link(match[2])
            if link and Case.objects.filter(pk=link.case_id, entity_id=entity_id).exists():
                return Thread(link.case_id)
    return None


def _by_reference(marks: Marks, entity_id: int, at: datetime) -> Thread | None:
    for reference in references_in(marks.subject):
        case = Case.objects.filter(reference=reference, entity_id=entity_id).first()
        if case and speaker_of(case, ContactPoint.Kind.EMAIL, marks.sender, at=at):
            return Thread(case.pk)
    return None


def digest_of(message_id: str) -> bytes:
    """A keyed digest of a Message-ID: enough to find it again, not enough to know it."""
    plain = message_id.strip().strip("<>").encode("utf-8", "replace")
    return hmac.digest(settings.SECRET_KEY.encode(), b"mail trace " + plain, "sha256")[:16]


def without_links(text: str) -> str:
    """A text in which nobody can follow the person's own way into their case."""
    return _LINK.sub(lambda match: f"{match[1]}…", text)
