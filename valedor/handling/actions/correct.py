"""Correct what was written down wrong: a new line with the reason, both versions visible.

Limits that rest on what was wrong are counted anew, from the right start or under the right rules.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from valedor.casefile import limits, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Deadline, Kind, Letter
from valedor.casefile.seats import Seat
from valedor.foundation import rows
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing, rules
from valedor.handling.facts import Corrected
from valedor.handling.models import Correction
from valedor.handling.other_rules import hold_other_rules
from valedor.handling.queries import CaseState, case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.people.contact_points import normalised
from valedor.people.models import ContactPoint, Person
from valedor.procedures.models import Category

TOLD = {
    "received_at": _("Date and hour of receipt"),
    "kind": _("Kind of contact"),
    "category": _("Subject area"),
}
"""What the person is told by letter when it is corrected, in words."""


@as_the_company
def correct_received_at(
    case: Case, *, received_at: datetime, reason: str, by: By, at: datetime
) -> Correction:
    """The contact reached the house at another moment.

    Limits run from there. Raises ``Refused``.
    """
    case = locked(case)
    state = case_state(case)
    before = case.received_at
    refuse_if(
        rules.why_not_correct(
            state, viewer_for(case, by), before=before, after=received_at, reason=reason
        )
    )
    refuse_if(rules.why_not_received_then(received_at, at=at))
    case.received_at, case.received_precision = received_at, Case.Precision.MOMENT
    case.save(update_fields=["received_at", "received_precision"])
    first = state.instances[0]
    Deadline.objects.filter(case=case, instance=first, starts_at=before).update(
        starts_at=received_at
    )
    limits.recount(case, first, by=by, at=at, reason=reason)
    return _record(
        state,
        "received_at",
        outgoing.moment(before, state.house, case.language),
        outgoing.moment(received_at, state.house, case.language),
        reason=reason,
        by=by,
        at=at,
        tell=True,
    )


@as_the_company
def correct_kind(case: Case, *, kind: Kind, reason: str, by: By, at: datetime) -> Correction:
    """It is another kind of contact: other rules hold. Raises ``Refused``."""
    case = locked(case)
    state = case_state(case)
    refuse_if(
        rules.why_not_correct(
            state, viewer_for(case, by), before=case.kind, after=kind, reason=reason
        )
    )
    before = Kind(case.kind)
    case.kind = kind
    case.save(update_fields=["kind"])
    hold_other_rules(state, by=by, at=at, reason=reason)
    return _record(
        state,
        "kind",
        _in_words(before, case.language),
        _in_words(Kind(kind), case.language),
        reason=reason,
        by=by,
        at=at,
        tell=True,
    )


@as_the_company
def correct_category(
    case: Case, *, category: Category, reason: str, by: By, at: datetime
) -> Correction:
    """It is about something else: another area is concerned, and other limits may run.

    Raises ``Refused``.
    """
    case = locked(case)
    state = case_state(case)
    known = state.house.categories.get(category.pk)
    refuse_if(rules.why_not_category(known))
    category = known or category
    refuse_if(
        rules.why_not_correct(
            state,
            viewer_for(case, by),
            before=case.category_id,
            after=category.pk,
            reason=reason,
        )
    )
    before = state.house.categories.get(case.category_id or 0)
    kept = {
        fact: answer
        for fact, answer in case.facts.items()
        if before is None or before.facts.get(fact) != answer
    }
    case.category, case.area, case.facts = category, category.area, {**category.facts, **kept}
    case.save(update_fields=["category", "area", "facts"])
    hold_other_rules(state, by=by, at=at, reason=reason)
    return _record(
        state,
        "category",
        before.name.in_language(case.language) if before else "",
        category.name.in_language(case.language),
        reason=reason,
        by=by,
        at=at,
        tell=True,
    )


@as_the_company
def correct_facts(
    case: Case, *, facts: dict[str, bool | None], reason: str, by: By, at: datetime
) -> Correction:
    """A condition of a clock was answered wrongly, or not yet. Raises ``Refused``."""
    case = locked(case)
    state = case_state(case)
    before = {name: case.facts.get(name) for name in facts}
    refuse_if(
        rules.why_not_correct(
            state, viewer_for(case, by), before=before, after=facts, reason=reason
        )
    )
    case.facts = {**case.facts, **facts}
    case.save(update_fields=["facts"])
    hold_other_rules(state, by=by, at=at, reason=reason)
    return _record(state, "facts", _listed(before), _listed(facts), reason=reason, by=by, at=at)


@as_the_company
def correct_person(case: Case, *, person: Person, reason: str, by: By, at: datetime) -> Correction:
    """The case is somebody else's: a mix-up of names. Raises ``Refused``.

    Links mailed before and the access code open nothing any more: the wrong person has them. Who
    that was is for the company alone to read.
    """
    case = locked(case)
    state = case_state(case)
    refuse_if(
        rules.why_not_correct(
            state,
            viewer_for(case, by),
            before=case.complainant_id,
            after=person.pk,
            reason=reason,
        )
    )
    before = case.complainant
    case.complainant, case.mandate = person, None
    case.links_valid_from, case.access_code_digest = at, None
    case.save(update_fields=["complainant", "mandate", "links_valid_from", "access_code_digest"])
    return _record(
        case_state(case),
        "complainant",
        before.name if before else "",
        person.name,
        reason=reason,
        by=by,
        at=at,
        seats=Seat.COMPANY,
    )


@as_the_company
def correct_contact_point(
    case: Case,
    *,
    kind: ContactPoint.Kind,
    value: str,
    reason: str,
    by: By,
    at: datetime,
) -> Correction:
    """The person's address or number is another one; letters go there from now on.

    Raises ``Refused``.
    """
    case = locked(case)
    state = case_state(case)
    person = outgoing.addressee_of(case, state.mandate)
    known = ContactPoint.objects.filter(person=person, kind=kind, ended_at=None)
    before = known.order_by("-pk").first() if person else None
    refuse_if(
        rules.why_not_correct(
            state,
            viewer_for(case, by),
            before=before.value if before else "",
            after=value.strip(),
            reason=reason,
        )
    )
    if person is not None:
        known.update(ended_at=at)
        ContactPoint.objects.create(
            person=person,
            kind=kind,
            value=value.strip(),
            normalised=normalised(kind, value, case.entity.country),
            created_at=at,
        )
    return _record(
        state,
        str(kind),
        before.value if before else "",
        value.strip(),
        reason=reason,
        by=by,
        at=at,
    )


@as_the_company
def correct_subject(case: Case, *, subject: str, reason: str, by: By, at: datetime) -> Correction:
    """The title given to the case was wrong; what the person wrote stays. Raises ``Refused``."""
    case = locked(case)
    state = case_state(case)
    refuse_if(
        rules.why_not_correct(
            state, viewer_for(case, by), before=case.subject, after=subject, reason=reason
        )
    )
    before, case.subject = case.subject, subject
    case.save(update_fields=["subject"])
    return _record(state, "subject", before, subject, reason=reason, by=by, at=at)


def _in_words(kind: Kind, language: str) -> str:
    with override(language):
        return str(kind.label)


def _listed(facts: dict[str, bool | None]) -> str:
    return "; ".join(f"{name}: {answer}" for name, answer in sorted(facts.items()))


def _record(
    state: CaseState,
    field: str,
    before: str,
    after: str,
    *,
    reason: str,
    by: By,
    at: datetime,
    tell: bool = False,
    seats: Seat | None = None,
) -> Correction:
    case = state.case
    correction = Correction.objects.create(
        case=case,
        entity_id=case.entity_id,
        field=field,
        before=before,
        after=after,
        reason=reason,
        by=by.account,
        at=at,
    )
    letter = _tell(case_state(case), field, before, after, by=by, at=at) if tell else None
    entry = timeline.record(
        case,
        Corrected(correction=correction.pk, field=field, before=before, after=after),
        by=by,
        at=at,
        body=reason,
        seats=seats,
    )
    if field == "complainant" and after:
        rows.write([], also=[timeline.words_of(case, entry, after)])
    if letter is not None:
        outgoing.keep_message(case, entry, letter, at=at)
    return correction


def _tell(
    state: CaseState, field: str, before: str, after: str, *, by: By, at: datetime
) -> Letter | None:
    """What changes for the person is told to them, with the day that now holds.

    Reasons stay inside.
    """
    language = state.case.language
    answer = next((one for one in state.running("respond") if one.due_at), None)
    with override(language):
        what = str(TOLD.get(field, field))
    places = {
        "what": what,
        "before": before or "—",
        "after": after,
        "answer_by": outgoing.last_day(answer.due_at if answer else None, state.house, language),
    }
    return outgoing.send(state, "correction", places, by=by, at=at)
