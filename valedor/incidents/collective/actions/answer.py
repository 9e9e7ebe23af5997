"""Answer every case of an incident with one text, each in its language and by its channel.

The order writes a row for each case, in one transaction. Then the worker goes from row to row, each
in a transaction of its own that writes the letter and marks the row: a worker that dies has
answered a case or has not, never half, and the next begins where it stopped.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from valedor.casefile.actors import staff
from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewer_of, viewing
from valedor.foundation import rows
from valedor.foundation.jobs import job_statement
from valedor.foundation.multilingual import MultilingualText
from valedor.foundation.refusals import Refused, refuse_if
from valedor.handling.actions.respond import respond
from valedor.handling.actions.send_message import send_message
from valedor.incidents.collective import incident_rules
from valedor.incidents.collective.models import (
    AnswerPart,
    CollectiveAnswer,
    Incident,
    IncidentLine,
    Membership,
)
from valedor.people.models import Account
from valedor.procedures.letter_wording import WordingError

ANSWER_ALL = "valedor.incidents.tasks.answer_all"


@transaction.atomic
def order_answer(
    incident: Incident, *, words: Mapping[str, str], by: Account, at: datetime
) -> CollectiveAnswer:
    """Answer all who belong to it now. Raises ``Refused``."""
    incident = (
        Incident.objects.select_for_update(of=("self",))
        .select_related("entity")
        .get(pk=incident.pk)
    )
    refuse_if(incident_rules.why_not_work(viewer_of(by), incident.entity_id))
    answered = CollectiveAnswer.objects.filter(incident=incident).exists()
    with viewing(the_house(incident.entity_id)):
        members = _without_answer(incident)
    refuse_if(incident_rules.why_not_answer(incident, members=len(members), answered=answered))
    refuse_if(incident_rules.why_not_words([words], incident.entity.languages))
    answer = CollectiveAnswer.objects.create(
        incident=incident, words=dict(words), by=by, ordered_at=at
    )
    IncidentLine.objects.create(
        incident=incident, what=IncidentLine.What.ANSWERED, words=dict(words), by=by, at=at
    )
    _enqueue(answer, members)
    return answer


@transaction.atomic
def answer_rest(incident: Incident, *, by: Account, at: datetime) -> CollectiveAnswer:
    """The same text to the cases that joined since. Raises ``Refused``."""
    incident = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    refuse_if(incident_rules.why_not_work(viewer_of(by), incident.entity_id))
    refuse_if(incident_rules.why_not_go_on(incident))
    answer = CollectiveAnswer.objects.filter(incident=incident).first()
    with viewing(the_house(incident.entity_id)):
        members = _without_answer(incident)
    refuse_if(incident_rules.why_not_answer_rest(answered=answer is not None, rest=len(members)))
    assert answer is not None  # noqa: S101 -- refused above
    CollectiveAnswer.objects.filter(pk=answer.pk).update(finished_at=None)
    _enqueue(answer, members)
    return answer


def answer_next(answer: CollectiveAnswer, *, at: datetime) -> bool:
    """Answer one case that waits; False when none is left, which finishes the answer."""
    entity_id = answer.incident.entity_id
    with viewing(the_house(entity_id)), transaction.atomic():
        waiting = AnswerPart.objects.filter(answer=answer, state=AnswerPart.State.WAITING)
        part = waiting.order_by("pk").select_for_update(of=("self",), skip_locked=True).first()
        if part is None:
            if not waiting.exists():
                CollectiveAnswer.objects.filter(pk=answer.pk, finished_at=None).update(
                    finished_at=at
                )
            return False
        case = Case.objects.select_related("entity").get(pk=part.case_id)
        part.state, part.why = _give(answer, case, at)
        part.done_at = at
        part.save(update_fields=["state", "why", "done_at"])
    return True


def _give(answer: CollectiveAnswer, case: Case, at: datetime) -> tuple[AnswerPart.State, str]:
    """The answer of the case where it is ready for one, with its own decisions and redress; else
    a word, and its own answer is still due.
    """
    by = staff(answer.by)
    text = MultilingualText(answer.words).in_language(case.language)
    belongs = Membership.objects.filter(
        incident=answer.incident_id, case=case, state=Membership.State.JOINED
    )
    if not belongs.exists():
        return AnswerPart.State.LEFT_OUT, "left"
    if case.recused and answer.by_id in case.recused:
        return AnswerPart.State.LEFT_OUT, "recused"
    try:
        with transaction.atomic():
            respond(case, opening=text, by=by, at=at)
    except Refused as refused:
        why = refused.code
    except WordingError:
        why = "wording"
    else:
        return AnswerPart.State.ANSWERED, ""
    try:
        with transaction.atomic():
            send_message(case, text=text, by=by, at=at)
    except Refused as refused:
        return AnswerPart.State.LEFT_OUT, refused.code
    return AnswerPart.State.TOLD, why


def _without_answer(incident: Incident) -> list[Case]:
    had = AnswerPart.objects.filter(answer__incident=incident).values("case")
    members = Membership.objects.filter(incident=incident, state=Membership.State.JOINED)
    return list(Case.objects.filter(pk__in=members.values("case")).exclude(pk__in=had))


def _enqueue(answer: CollectiveAnswer, members: list[Case]) -> None:
    with viewing(the_house(answer.incident.entity_id)):
        rows.write(
            [
                rows.fresh(AnswerPart, answer=answer, case=case, entity_id=case.entity_id)
                for case in members
            ],
            also=[job_statement(ANSWER_ALL, answer_id=answer.pk)],
        )
