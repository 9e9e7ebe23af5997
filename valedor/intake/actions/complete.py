"""Fill in what a registration lacked. What is there already is corrected, not completed."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Entry
from valedor.casefile.seats import BOTH_SIDES
from valedor.casefile.viewing import Viewer, viewer_of, viewing
from valedor.foundation.refusals import Refusal, refuse_if
from valedor.intake.facts import Completed
from valedor.people.contact_points import normalised
from valedor.people.models import ContactPoint
from valedor.people.permissions import Permission

TEXTS = ("subject", "remedy_sought", "contract_number")
_MAY = frozenset({Permission.REGISTER, Permission.HANDLE})


def why_not_complete(
    case: Case, viewer: Viewer, *, texts: Mapping[str, str] | None = None
) -> Refusal | None:
    """What stands against adding what was missing."""
    of_entity = viewer.account is None or case.entity_id in viewer.entities
    if viewer.case_id != case.pk and not (of_entity and viewer.permissions & _MAY):
        return Refusal("not_permitted", _("Your role does not let you complete cases."))
    if case.erased_at is not None or case.closed_at is not None:
        return Refusal("closed", _("This case is closed. It would have to be reopened first."))
    if viewer.account_id in case.recused:
        return Refusal("recused", _("You take no part in this case: you are recused from it."))
    for name, text in (texts or {}).items():
        if text.strip() and getattr(case, name):
            return Refusal("already_there", _("This was filled in already. Correct it instead."))
    return None


def complete(
    case: Case,
    *,
    by: By,
    at: datetime,
    texts: Mapping[str, str] | None = None,
    contact: Mapping[ContactPoint.Kind, str] | None = None,
) -> Entry:
    """Add texts that were empty (``TEXTS``), and addresses or numbers of the person.

    Raises ``Refused``, and ``KeyError`` for a text that a case does not have.
    """
    given = {name: (texts or {})[name].strip() for name in TEXTS if name in (texts or {})}
    if unknown := set(texts or {}) - set(TEXTS):
        raise KeyError(f"a case has no {', '.join(sorted(unknown))} to complete")
    viewer = Viewer(case_id=case.pk)
    if by.account:
        viewer = viewer_of(by.account).within(case.entity_id)
    with viewing(Viewer(entities=(case.entity_id,), seats=BOTH_SIDES)):
        case = locked(case)
        refuse_if(why_not_complete(case, viewer, texts=given))
        for name, text in given.items():
            setattr(case, name, text)
        if given:
            case.save(update_fields=list(given))
        added = []
        for kind, value in (contact or {}).items():
            if not value.strip() or case.complainant_id is None:
                continue
            ContactPoint.objects.create(
                person_id=case.complainant_id,
                kind=kind,
                value=value.strip(),
                normalised=normalised(kind, value, case.entity.country),
                created_at=at,
            )
            added.append(str(kind))
        return timeline.record(
            case,
            Completed(what=tuple(sorted([*given, *added]))),
            by=by,
            at=at,
            body="\n".join(given.values()),
        )
