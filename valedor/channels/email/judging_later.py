"""Mail that came in while nobody could say whether it is wanted, judged once somebody can.

What it became stays: nothing that a person may have read or answered is taken back by a program.
Where a case was begun by what looks like spam, its timeline says so.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import SYSTEM
from valedor.casefile.arrivals import content_of
from valedor.casefile.models import Case, Entry, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.email import keeping, spam
from valedor.channels.email.facts import LooksUnwanted
from valedor.channels.email.judging import Judgement, judged
from valedor.channels.email.models import Mail
from valedor.channels.email.reading import read
from valedor.intake.facts import Received

AT_ONCE = 25
WITHIN = timedelta(days=7)
"""What lies longer is judged no more: somebody has looked at it by then."""


def judge_waiting(*, now: Callable[[], datetime]) -> int:
    """Ask about what waits for a word, the oldest first; how many mails got one."""
    if not spam.is_asked_here():
        return 0
    seen = 0
    while True:
        at = now()
        with viewing(the_house()):
            _let_go(at)
            waiting = list(
                Mail.objects.filter(awaits_verdict=True)
                .select_related("raw", "mailbox")
                .order_by("raw")[:AT_ONCE]
            )
        got = _judge(waiting, at)
        seen += got
        if got < AT_ONCE:
            return seen


def awaiting() -> int:
    """How many mails wait for a word, of all entities."""
    with viewing(the_house()):
        return Mail.objects.filter(awaits_verdict=True).count()


def _let_go(at: datetime) -> None:
    gone = RawMessage.objects.filter(state=RawMessage.State.ERASED)
    late = RawMessage.objects.filter(received_at__lt=at - WITHIN)
    waiting = Mail.objects.filter(awaits_verdict=True)
    waiting.filter(raw__in=gone | late).update(awaits_verdict=False)


def _judge(waiting: list[Mail], at: datetime) -> int:
    readable: list[tuple[Mail, bytes]] = []
    for mail in waiting:
        try:
            readable.append((mail, content_of(mail.raw)))
        except FileNotFoundError:
            _note(mail, Judgement(verdict="not judged: missing from the disk"), at)
    asked = [
        keeping.asked_about(content, read(content), mail.mailbox) for mail, content in readable
    ]
    got = len(waiting) - len(readable)
    for (mail, _content), judgement in zip(readable, judged(asked, at=at), strict=True):
        if not judgement.is_awaited:
            _note(mail, judgement, at)
            got += 1
    return got


def _note(mail: Mail, judgement: Judgement, at: datetime) -> None:
    with viewing(the_house(mail.entity_id)):
        unjudged = Mail.objects.filter(pk=mail.pk, awaits_verdict=True)
        if not unjudged.update(awaits_verdict=False, verdict=judgement.verdict):
            return
        if judgement.is_unwanted and mail.case_id is not None and _began(mail):
            case = locked(Case.objects.get(pk=mail.case_id))
            if case.erased_at is None:
                fact = LooksUnwanted(raw=mail.pk, points=judgement.verdict.partition(":")[0])
                timeline.record(case, fact, by=SYSTEM, at=at)


def _began(mail: Mail) -> bool:
    """Whether its case began with it, so that nobody of the case vouches for its sender."""
    begun = Entry.objects.filter(case=mail.case_id, kind=Received.kind)
    return begun.filter(particulars__raw=mail.pk).exists()
