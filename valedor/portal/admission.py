"""Who has been let in to which case: a signed cookie for a while, checked each time.

It stops working when the access code that opened it is replaced, or the link is revoked; for
somebody whom the person let in, as soon as they are let out (``participants``).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hmac import compare_digest

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from valedor.casefile.actors import COMPLAINANT, REPRESENTATIVE, By
from valedor.casefile.models import Case
from valedor.participants.models import Participant
from valedor.participants.queries import author_of

GOOD_FOR = timedelta(hours=2)
_SALT = "valedor case page"


@dataclass(frozen=True)
class Admission:
    """Somebody who was let in: by ``code``, ``link``, ``receipt`` or their ``own_code``, when, and
    for whom.
    """

    case_id: int
    via: str
    person_id: int
    code: str
    at: datetime

    def may_be_of_participant(self, case: Case) -> bool:
        """Whether it is for somebody who is neither the person nor who speaks for them."""
        theirs = {0, case.complainant_id}
        if case.mandate is not None:
            theirs.add(case.mandate.representative_id)
        return self.person_id not in theirs

    def holds(self, case: Case, participant: Participant | None = None) -> bool:
        """Whether it still opens the case. A ``participant`` of another case is nobody here."""
        if participant is not None and participant.case_id != case.pk:
            return False
        if self.via == "own_code":
            return participant is not None and compare_digest(
                self.code, _mark(participant.code_digest)
            )
        if self.via == "link":
            since = case.links_valid_from
            return since is None or self.at >= since
        return compare_digest(self.code, _mark_of(case))

    def by(self, case: Case, participant: Participant | None = None) -> By:
        """As whom they act: the person, whoever speaks for them, or whoever was let in."""
        if participant is not None:
            return author_of(participant)
        if case.mandate is None:
            return COMPLAINANT
        if self.person_id in {0, case.mandate.representative_id}:
            return REPRESENTATIVE
        return COMPLAINANT


def let_in(
    response: HttpResponse,
    case: Case,
    *,
    via: str,
    at: datetime,
    person_id: int | None = None,
    made_at: datetime | None = None,
    participant: Participant | None = None,
) -> None:
    """Open the pages of one case to this browser. ``made_at`` is when the link was made,
    ``participant`` who came in by a code of their own.

    For a case that was merged, let in to the one that it goes on in by ``link``: that ends when
    the merge of two people's cases is taken back.
    """
    moment = made_at or at
    mark = _mark_of(case)
    if participant is not None:
        person_id = participant.person_id
        mark = _mark(participant.code_digest) if via == "own_code" else mark
    content = [case.pk, via, person_id or 0, mark, int(moment.timestamp())]
    response.set_cookie(
        _name_of(case.reference),
        signing.dumps(content, salt=_SALT),
        max_age=GOOD_FOR,
        path=f"/{case.entity.key}/case",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def admission_of(request: HttpRequest, reference: str) -> Admission | None:
    """What this browser was let in to under a reference, not checked against the case yet."""
    try:
        content = signing.loads(
            request.COOKIES.get(_name_of(reference), ""), salt=_SALT, max_age=GOOD_FOR
        )
        case_id, via, person_id, code, moment = content
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Admission(case_id, via, person_id, code, datetime.fromtimestamp(moment, UTC))


def let_out(response: HttpResponse, entity_key: str, names: list[str]) -> None:
    """Close the pages to this browser again."""
    for name in names:
        if name.startswith("case-"):
            response.delete_cookie(name, path=f"/{entity_key}/case", samesite="Lax")


def _name_of(reference: str) -> str:
    return f"case-{reference.lower()}"


def _mark_of(case: Case) -> str:
    return _mark(case.access_code_digest)


def _mark(digest: bytes | memoryview | None) -> str:
    return bytes(digest or b"")[:8].hex()
