"""Erase what a closed case holds about people, everywhere (GDPR art. 17, LGPD arts. 16 and 18 VI).

Its lines, digests and figures stay and the chain still verifies. Rows go in one transaction; bytes
in the document store and kept mail go after it, here and once more by the worker.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Q

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import (
    Case,
    Document,
    Entry,
    EntryContent,
    Letter,
    RawMessage,
    Stage,
)
from valedor.casefile.stages import move_to
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation import jobs
from valedor.foundation.personal import Goes
from valedor.foundation.refusals import refuse_if
from valedor.handling.models import Redress
from valedor.participants.models import Participant
from valedor.people.models import (
    ContactPoint,
    Contract,
    Mandate,
    Person,
    PersonMerge,
    PromotionConsent,
)
from valedor.privacy import rules, tasks
from valedor.privacy.columns import personal
from valedor.privacy.facts import CaseErased
from valedor.privacy.leavings import Leavings
from valedor.privacy.models import LegalHold

_ON_THEIR_WAY = [Letter.State.QUEUED, Letter.State.SENDING, Letter.State.WAITING]


def erase(case: Case, *, by: By, at: datetime, ground: str = "retention") -> Entry:
    """Erase a case. ``ground`` is ``retention``, ``request`` or another word of the organisation's
    rules.

    Raises ``Refused`` while the case is open, held, or still owes the person something.
    """
    with viewing(the_house()):
        case = locked(case)
        refuse_if(rules.why_not_erase(case, ties_of(case)))
        return _erase(case, by=by, at=at, ground=ground)


def erase_again(case: Case, *, by: By, at: datetime) -> Entry | None:
    """Repeat an erasure that a restored backup does not know of; nothing where it is done already.

    It was allowed once, so no rule is asked; a case that was still open then is closed by it.
    """
    with viewing(the_house()):
        case = locked(case)
        if case.erased_at is not None:
            return None
        if case.stage != Stage.CLOSED:
            move_to(case, Stage.CLOSED, at=at)
        return _erase(case, by=by, at=at, ground="repeated_after_restore")


def ties_of(case: Case) -> rules.Ties:
    """What a case is still needed for, as the rule asks. Needs a viewer of the house."""
    promised = Redress.objects.filter(case=case, carried_out_at=None).filter(
        Q(state=Redress.State.ACCEPTED) | Q(state=Redress.State.OFFERED, needs_acceptance=False)
    )
    return rules.Ties(
        promised_redress=promised.count(),
        letters_on_their_way=Letter.objects.filter(case=case, state__in=_ON_THEIR_WAY).count(),
        is_held=LegalHold.objects.filter(case=case, lifted_at=None).exists(),
    )


def _erase(case: Case, *, by: By, at: datetime, ground: str) -> Entry:
    leavings = _leavings_of(case, at)
    persons = _persons_of(case)
    fact = CaseErased(
        ground=ground,
        contents=EntryContent.objects.filter(**_whose(EntryContent, case)).count(),
        documents=Document.objects.filter(case=case, erased_at=None).count(),
        letters=Letter.objects.filter(case=case).count(),
        raw_messages=RawMessage.objects.filter(case=case).count(),
        persons=_erase_persons(case, persons, at),
    )
    _blank_columns(case)
    _remove_rows(case)
    Document.objects.filter(case=case, erased_at=None).update(erased_at=at)
    RawMessage.objects.filter(case=case).update(state=RawMessage.State.ERASED)
    Letter.objects.filter(case=case).update(recipient=None, contact_point=None)
    Case.objects.filter(pk=case.pk).update(complainant=None, mandate=None, erased_at=at)
    entry = timeline.record(case, fact, by=by, at=at)
    case.refresh_from_db()
    jobs.enqueue(tasks.finish_erasure, **leavings.as_arguments())
    transaction.on_commit(leavings.remove)
    return entry


def _leavings_of(case: Case, at: datetime) -> Leavings:
    contents = set(Document.objects.filter(case=case).values_list("sha256", flat=True))
    contents |= set(RawMessage.objects.filter(case=case).values_list("stored_as", flat=True))
    return Leavings(
        reference=case.reference,
        at=at,
        contents=tuple(sorted(contents - {""})),
        letters=tuple(Letter.objects.filter(case=case).values_list("pk", flat=True)),
    )


def _blank_columns(case: Case) -> None:
    """Empty every column that its package says to be emptied with the case."""
    blanked: dict[type[models.Model], dict[str, Any]] = defaultdict(dict)
    for column in personal(Goes.BLANK):
        blanked[column.model][column.field.name] = _empty(column.field)
    for model, values in blanked.items():
        rows = model._default_manager.filter(**_whose(model, case))
        rows.update(**values)


def _remove_rows(case: Case) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('valedor.erasing', 'yes', true)")
    for model in {column.model for column in personal(Goes.ROW)}:
        model._default_manager.filter(**_whose(model, case))._raw_delete("default")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('valedor.erasing', '', true)")


def _whose(model: type[models.Model], case: Case) -> dict[str, Any]:
    if model is EntryContent:  # Found by way of their entries: no index leads from a case to them.
        return {"pk__in": Entry.objects.filter(case=case.pk).values("pk")}
    return {"pk": case.pk} if model is Case else {"case": case.pk}


def _empty(field: "models.Field[Any, Any]") -> Any:
    if field.null:
        return None
    if isinstance(field, models.JSONField):
        return field.get_default() if field.has_default() else {}
    if isinstance(field, models.BinaryField):
        return b""
    return ""


# ------------------------------------------------------------------ persons
def _persons_of(case: Case) -> set[int]:
    persons = {case.complainant_id}
    if case.mandate is not None:
        persons |= {case.mandate.represented_id, case.mandate.representative_id}
    persons |= set(Letter.objects.filter(case=case).values_list("recipient", flat=True))
    persons |= set(Participant.objects.filter(case=case).values_list("person", flat=True))
    known = {person for person in persons if person is not None}
    pairs = PersonMerge.objects.filter(Q(kept__in=known) | Q(absorbed__in=known), undone_at=None)
    for kept, absorbed in pairs.values_list("kept", "absorbed"):
        known |= {kept, absorbed}
    return known


def _erase_persons(case: Case, persons: set[int], at: datetime) -> int:
    """Erase those whom no other case holds; how many. Records merged into one go or stay
    together.
    """
    others = Case.objects.exclude(pk=case.pk).filter(
        Q(complainant__in=persons)
        | Q(mandate__represented__in=persons)
        | Q(mandate__representative__in=persons)
    )
    held: set[int] = set()
    for found in others.values_list(
        "complainant", "mandate__represented", "mandate__representative"
    ):
        held |= set(filter(None, found))
    for kept, absorbed in (
        PersonMerge.objects.filter(undone_at=None)
        .filter(Q(kept__in=persons) | Q(absorbed__in=persons))
        .values_list("kept", "absorbed")
    ):
        if held & {kept, absorbed}:
            held |= {kept, absorbed}
    going = persons - held
    Case.objects.filter(pk=case.pk).update(complainant=None, mandate=None)
    Letter.objects.filter(case=case).update(recipient=None, contact_point=None)
    ContactPoint.objects.filter(person__in=going).delete()
    Contract.objects.filter(person__in=going).delete()
    PromotionConsent.objects.filter(person__in=going).delete()
    mandates = Mandate.objects.filter(Q(represented__in=going) | Q(representative__in=going))
    mandates.exclude(pk__in=Case.objects.exclude(mandate=None).values("mandate")).delete()
    PersonMerge.objects.filter(Q(kept__in=going) | Q(absorbed__in=going)).update(reason="")
    return Person.objects.filter(pk__in=going).update(
        name="", identity_number="", place="", erased_at=at
    )
