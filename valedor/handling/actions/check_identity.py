"""Have somebody show who they are before anything personal is said on the telephone or here.

The code itself is never stored: it is made from our key and the letter's number as the letter
leaves, and the case keeps a digest.
"""

import hmac
from datetime import datetime, timedelta
from hmac import compare_digest

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from valedor.casefile import letters, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.facts import IdentityCodeSent, IdentityNotShown, IdentityShown
from valedor.handling.models import IdentityCheck
from valedor.handling.queries import case_state, last_identity_check
from valedor.handling.standing import as_the_company, viewer_for
from valedor.people.models import ContactPoint


@as_the_company
def send_identity_code(
    case: Case, *, contact_point: ContactPoint, by: By, at: datetime
) -> IdentityCheck:
    """Send six digits to an address that was known before; a code of before opens nothing more.

    Raises ``Refused``.
    """
    case = locked(case)
    state = case_state(case)
    checks = IdentityCheck.objects.filter(case=case, at__gt=at - timedelta(days=1))
    refuse_if(
        rules.why_not_send_identity_code(
            state, viewer_for(case, by), point=contact_point, sent_today=checks.count(), at=at
        )
    )
    IdentityCheck.objects.filter(case=case, passed_at=None, failed_at=None).update(failed_at=at)
    with override(case.language):
        subject = _("Your code")
        body = _(
            "%(entity)s: your code is %(code)s. It is good for ten minutes. Say it only to whoever "
            "you are talking to now. You asked for none? Then ignore this."
        ) % {"entity": case.entity.name, "code": letters.CODE_MARK}
    letter = letters.compose_letter(
        case,
        kind=letters.IDENTITY_CODE,
        subject=subject,
        body=body,
        at=at,
        recipient=contact_point.person,
        contact_point=contact_point,
    )
    letters.queue(letter)
    check = IdentityCheck.objects.create(
        case=case,
        entity_id=case.entity_id,
        letter=letter,
        digest=_digest(letter.pk, letters.identity_code_of(letter)),
        expires_at=at + rules.CODE_LASTS,
        by=by.account,
        at=at,
    )
    fact = IdentityCodeSent(check=check.pk, channel=letter.channel, to=contact_point.value)
    timeline.record(case, fact, by=by, at=at)
    return check


@as_the_company
def check_identity(case: Case, *, code: str, by: By, at: datetime) -> bool:
    """Whether what they said is the code. A wrong one is counted; the fifth ends the check.

    Raises ``Refused`` where no code can be said now.
    """
    case = locked(case)
    check = last_identity_check(case)
    refuse_if(rules.why_not_check_identity(case_state(case), viewer_for(case, by), check, at=at))
    assert check is not None  # noqa: S101 -- refused above
    said = "".join(filter(str.isdigit, code))
    is_right = compare_digest(bytes(check.digest), _digest(check.letter_id, said))
    check.tries += 1
    if is_right:
        check.passed_at, check.passed_by = at, by.account
        # Whoever says what was sent there reads what is sent there.
        ContactPoint.objects.filter(
            pk=check.letter.contact_point_id or 0, ended_at=None, verified_at=None
        ).update(verified_at=at)
        fact = IdentityShown(check=check.pk, channel=check.letter.channel)
        timeline.record(case, fact, by=by, at=at)
    elif check.tries >= rules.MOST_TRIES:
        check.failed_at = at
        failed = IdentityNotShown(check=check.pk, tries=check.tries)
        timeline.record(case, failed, by=by, at=at)
    check.save(update_fields=["tries", "passed_at", "passed_by", "failed_at"])
    return is_right


def _digest(letter_id: int, code: str) -> bytes:
    known = f"identity digest {letter_id} {code}"
    return hmac.digest(settings.SECRET_KEY.encode(), known.encode(), "sha256")
