"""Asking whether mail is wanted without waiting for whoever does not answer.

Some mails are asked about at the same time. Where nobody answers a few times in a row, or only
slowly, nobody is asked for some minutes: mail is taken in as wanted, marked, and judged later
(``judge_later``). What holds is in the database, so that every process knows it.
"""

import logging
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from valedor.channels.email import spam
from valedor.channels.email.models import SpamJudge
from valedor.foundation.environment import BadSetting

FAILURES = 3
"""After so many in a row it is left alone…"""
LEFT_ALONE = timedelta(minutes=5)
"""…for so long, and after each further one."""
SLOW = 2.0
"""Seconds; an answer that takes longer is believed, and counted as a failure."""
AT_THE_SAME_TIME = 4
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """What somebody is asked about: a mail's bytes, and its envelope."""

    content: bytes
    sender: str = ""
    recipient: str = ""


@dataclass(frozen=True)
class Judgement:
    """Whether a mail is held, what is noted of it, and whether it is asked about once more."""

    is_unwanted: bool = False
    verdict: str = ""
    is_awaited: bool = False


NOT_ASKED = Judgement()


def judged(mails: Sequence[Asked], *, at: datetime) -> list[Judgement]:
    """A word on each, in their order: nothing where the installation asks nobody."""
    if not spam.is_asked_here() or not mails:
        return [NOT_ASKED for _one in mails]
    judge = SpamJudge.objects.first() or SpamJudge()
    if is_left_alone(judge, at):
        return [_unanswered(judge.trouble) for _one in mails]
    sitting = _Sitting(judge.failures)
    if judge.failures >= FAILURES:
        # Whether it is there again is tried with one; the others wait for what that one learns.
        first = [sitting.judgement_on(mails[0])]
        rest = mails[1:]
    else:
        first, rest = [], mails
    with ThreadPoolExecutor(min(AT_THE_SAME_TIME, len(mails))) as threads:
        found = [*first, *threads.map(sitting.judgement_on, rest)]
    _note(sitting, judge, at)
    return found


def is_left_alone(judge: SpamJudge, at: datetime) -> bool:
    """Whether nobody is asked at that moment."""
    return judge.left_alone_until is not None and at < judge.left_alone_until


def said_of_judge(*, at: datetime) -> str:
    """What is wrong with whoever is asked, in a line for ``valedor check``; empty where nothing."""
    judge = SpamJudge.objects.first()
    if judge is None or not judge.failures:
        return ""
    said = f"Nobody says whether mail is wanted ({judge.trouble})"
    if judge.left_alone_until is not None and is_left_alone(judge, at):
        return f"{said}: rspamd is asked again at {judge.left_alone_until:%H:%M} UTC."
    return f"{said}."


class _Sitting:
    """Some mails asked about in threads, until too many went without an answer."""

    def __init__(self, failures: int) -> None:
        self._lock = threading.Lock()
        self.in_a_row = failures
        self.failed = 0
        self.trouble = ""

    def judgement_on(self, asked: Asked) -> Judgement:
        if self.in_a_row >= FAILURES and self.failed:
            return _unanswered(self.trouble)
        began = time.monotonic()
        try:
            verdict = spam.verdict_on(asked.content, sender=asked.sender, recipient=asked.recipient)
        except spam.TooLarge as error:
            return Judgement(verdict=f"not asked: {error}"[:100])
        except (spam.NoVerdict, BadSetting) as error:
            self._went(str(error))
            return _unanswered(str(error))
        took = time.monotonic() - began
        self._went(f"it took {took:.1f} seconds" if took > SLOW else "")
        return Judgement(verdict.is_unwanted, str(verdict))

    def _went(self, trouble: str) -> None:
        with self._lock:
            if trouble:
                self.failed += 1
                self.in_a_row += 1
                self.trouble = trouble
            else:
                self.in_a_row = 0


def _unanswered(why: str) -> Judgement:
    return Judgement(verdict=f"not judged: {why}"[:100], is_awaited=True)


def _note(sitting: _Sitting, judge: SpamJudge, at: datetime) -> None:
    """What the next sitting, of whatever process, has to know."""
    if not sitting.in_a_row:
        if judge.failures:
            SpamJudge.objects.filter(pk=judge.pk).delete()
        return
    if not sitting.failed:
        return  # Nobody was asked anything.
    logger.warning("nobody said whether mail is unwanted", extra={"said": sitting.trouble})
    known = {
        "failures": sitting.in_a_row,
        "left_alone_until": at + LEFT_ALONE if sitting.in_a_row >= FAILURES else None,
        "trouble": sitting.trouble[:200],
        "trouble_since": judge.trouble_since or at,
    }
    SpamJudge.objects.update_or_create(pk=judge.pk, defaults=known)
