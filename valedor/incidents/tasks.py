"""What the worker does for emergencies and incidents."""

from valedor.foundation.jobs import enqueue_many, task
from valedor.foundation.moments import now
from valedor.incidents.collective import gathering
from valedor.incidents.collective.actions.answer import answer_next
from valedor.incidents.collective.actions.tell_affected import send_next
from valedor.incidents.collective.models import CollectiveAnswer, IncidentLine, NoticeSent
from valedor.incidents.duty import calling


@task(queue="calls", once="call-out")
def call_out() -> None:
    """Call those on duty to new emergencies, and the next where nobody came."""
    calling.call_out(now())


@task(queue="calls", once="propose-to-incidents")
def propose_to_incidents() -> None:
    """Compare new cases with the incidents that last."""
    gathering.propose_new(now())


@task(queue="letters", lock="collective-answer:{answer_id}")
def answer_all(answer_id: int) -> None:
    """Give the answer of an incident to each of its cases, from where it stopped."""
    answer = CollectiveAnswer.objects.select_related("incident", "by").get(pk=answer_id)
    while answer_next(answer, at=now()):
        pass


@task(queue="letters", lock="incident-notices:{line_id}")
def send_notices(line_id: int) -> None:
    """Send what was told of an incident to whoever is affected, from where it stopped."""
    line = IncidentLine.objects.select_related("incident__entity").get(pk=line_id)
    while send_next(line, at=now()):
        pass


@task(queue="letters", once="go-on-answering")
def go_on_answering() -> None:
    """Answers that nobody goes on with, because a job was lost, are taken up again."""
    left = CollectiveAnswer.objects.filter(finished_at=None).values_list("pk", flat=True)
    enqueue_many(answer_all, [{"answer_id": pk} for pk in left])
    waiting = NoticeSent.objects.filter(state=NoticeSent.State.WAITING)
    lines = waiting.order_by().values_list("line", flat=True).distinct()
    enqueue_many(send_notices, [{"line_id": pk} for pk in lines])
