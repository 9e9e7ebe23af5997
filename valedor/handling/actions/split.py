"""Take a part of a case out: a case of its own, received when the part was.

The old timeline stays as it is. Points move; words and documents are in both, for what somebody
wrote in one breath belongs to both matters.
"""

from collections.abc import Sequence
from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Document, Entry, Grievance, Kind
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.actions.protect import protect
from valedor.handling.actions.relate import write_relation
from valedor.handling.facts import CameFrom, Recused, SplitOff
from valedor.handling.models import CaseRelation, Recusal
from valedor.handling.queries import CaseState, case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.intake.actions.receive import Registration, receive
from valedor.intake.submission import KeptFile, MandateGiven, PersonGiven, Submission
from valedor.people.models import Mandate, Person


@as_the_company
def split(
    case: Case,
    *,
    subject: str,
    reason: str,
    by: By,
    at: datetime,
    points: Sequence[Grievance] = (),
    messages: Sequence[Entry] = (),
    documents: Sequence[Document] = (),
    kind: Kind | None = None,
) -> Registration:
    """Register what is taken out, with its person, its language and its own receipt. Raises
    ``Refused``.

    ``messages`` are lines of the person's words. Clocks run from the first of what is taken out.
    """
    case = locked(case)
    state = case_state(case)
    taken = tuple(points)
    refuse_if(
        rules.why_not_split(
            state, viewer_for(case, by), points=taken, words=len(messages), reason=reason
        )
    )
    moments = [one.at for one in messages] + [case.received_at for _point in taken[:1]]
    received_at = rules.earliest(tuple(moments), at=at)
    registration = receive(
        _submission(state, subject, kind, received_at, taken, messages, documents), by=by, at=at
    )
    made = registration.case
    _keep_apart(case, made, reason=reason, by=by, at=at)
    Grievance.objects.filter(pk__in=[one.pk for one in taken]).update(withdrawn_at=at)
    relation = write_relation(
        case, made, kind=CaseRelation.Kind.SPLIT_OFF, note=reason, by=by, at=at
    )
    fact = SplitOff(
        relation=relation.pk,
        reference=made.reference,
        points=tuple(one.ordinal for one in taken),
    )
    timeline.record(case, fact, by=by, at=at)
    came = CameFrom(relation=relation.pk, reference=case.reference)
    timeline.record(locked(made), came, by=by, at=at)
    return registration


def _keep_apart(case: Case, made: Case, *, reason: str, by: By, at: datetime) -> None:
    """Who may not see the one does not see the other; who speaks for the person speaks no more
    widely.
    """
    if case.mandate and made.mandate:
        Mandate.objects.filter(pk=made.mandate.pk).update(scope=case.mandate.scope)
    if case.is_protected:
        protect(made, reason=reason, by=by, at=at)
    Case.objects.filter(pk=made.pk).update(recused=case.recused)
    fresh = locked(made)
    for recusal in Recusal.objects.filter(case=case, lifted_at=None).select_related("account"):
        Recusal.objects.create(
            case=made,
            entity_id=made.entity_id,
            account=recusal.account,
            reason=recusal.reason,
            declared_by=recusal.declared_by,
            at=at,
        )
        fact = Recused(account=recusal.account_id, account_name=recusal.account.name)
        timeline.record(fresh, fact, by=by, at=at, body=recusal.reason)


def _submission(
    state: CaseState,
    subject: str,
    kind: Kind | None,
    received_at: datetime,
    points: Sequence[Grievance],
    messages: Sequence[Entry],
    documents: Sequence[Document],
) -> Submission:
    case = state.case
    texts = [_said(one) for one in messages] or [one.text for one in points]
    return Submission(
        entity_id=case.entity_id,
        kind=kind or Kind(case.kind),
        channel=Case.Channel(case.channel),
        language=case.language,
        received_at=received_at,
        person=_known(case.mandate.representative if case.mandate else case.complainant),
        mandate=MandateGiven(
            represented=_known(case.complainant),
            basis=case.mandate.basis,
            expires_on=case.mandate.expires_on,
        )
        if case.mandate
        else None,
        answer_channel=Case.Channel(case.answer_channel),
        subject=subject,
        narrative="\n\n".join(filter(None, texts)),
        grievances=tuple(one.text for one in points),
        category_id=next((one.category_id for one in points if one.category_id), case.category_id),
        contract_number=case.contract_number,
        is_vulnerable=case.is_vulnerable,
        touches_safety=case.touches_safety,
        privacy_notice_id=case.privacy_notice_id,
        documents=tuple(
            KeptFile(
                name=one.name,
                media_type=one.media_type,
                claimed_type=one.claimed_type,
                size=one.size,
                sha256=one.sha256,
            )
            for one in documents
        ),
        team=case.team,
    )


def _known(person: Person | None) -> PersonGiven:
    if person is None:
        return PersonGiven()
    return PersonGiven(name=person.name, person_id=person.pk)


def _said(entry: Entry) -> str:
    content = getattr(entry, "content", None)
    return content.body if content is not None else ""
