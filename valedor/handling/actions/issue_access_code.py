"""Give the person a new access code, or a new link, and let what they had before open nothing."""

import secrets
from datetime import datetime

from django.conf import settings

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Entry
from valedor.foundation.access_codes import digest_of, draw_access_code
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing, rules
from valedor.handling.facts import AccessCodeIssued, LinksRevoked
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.people.models import ContactPoint


@as_the_company
def issue_access_code(
    case: Case,
    *,
    by: By,
    at: datetime,
    contact_point: ContactPoint | None = None,
    identity_check: str = "",
) -> str:
    """The new code, shown once; empty where a new link went to a verified address instead.

    No letter ever holds a code: with a ``contact_point`` the person gets a link, and draws a code
    of their own on the page that it opens. Else ``identity_check`` says how they proved who they
    are, or the person is already inside; then the links mailed until now open nothing any more
    either: one of them may have been forwarded. Raises ``Refused``.
    """
    case = locked(case)
    state = case_state(case)
    refuse_if(
        rules.why_not_issue_access_code(
            state,
            viewer_for(case, by),
            contact_point=contact_point,
            identity_check=identity_check,
        )
    )
    code = "" if contact_point is not None else draw_access_code()
    # Nothing that anybody could type has this digest: the old code dies even when no new one is
    # drawn.
    case.access_code_digest = (
        digest_of(code, key=settings.SECRET_KEY) if code else secrets.token_bytes(32)
    )
    is_inside = contact_point is None and not identity_check
    if is_inside:  # To the second, as the browser that is inside knows since when it is.
        case.links_valid_from = at.replace(microsecond=0)
    case.save(update_fields=["access_code_digest", "links_valid_from"])
    letter = None
    if contact_point is not None:
        letter = outgoing.send(
            state,
            "new_link",
            {},
            by=by,
            at=at,
            person=contact_point.person,
            contact_point=contact_point,
        )
    way = "verified_address" if contact_point else "identity_check" if identity_check else "page"
    entry = timeline.record(case, AccessCodeIssued(way=way), by=by, at=at, body=identity_check)
    if letter is not None:
        outgoing.keep_message(case, entry, letter, at=at)
    return code


@as_the_company
def revoke_links(case: Case, *, by: By, at: datetime) -> Entry:
    """Links mailed until now open nothing any more. Raises ``Refused``."""
    case = locked(case)
    refuse_if(rules.why_not_revoke_links(case_state(case), viewer_for(case, by)))
    case.links_valid_from = at
    case.save(update_fields=["links_valid_from"])
    return timeline.record(case, LinksRevoked(), by=by, at=at)
