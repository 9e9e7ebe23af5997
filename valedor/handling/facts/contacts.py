"""What can happen to contacts that are served with a word."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact
from valedor.foundation.multilingual import MultilingualText


@dataclass(frozen=True, kw_only=True)
class ThanksPassedOn(Fact, kind="case.thanks_passed_on"):
    """Thanks were passed on to the area or the person thanked, in the words of the body."""

    sentence = _("The thanks were passed on to %(whom)s.")
    icon = "out"

    thanks: int
    whom: str | MultilingualText


@dataclass(frozen=True, kw_only=True)
class AnsweredAtOnce(Fact, kind="case.answered_at_once"):
    """An enquiry was answered while the person was there: what they were told is the body.

    ``article`` names what it was answered from; empty where it was in somebody's own words.
    """

    sentence = _("Answered at once, in the contact itself.")
    icon = "answer"

    channel: str
    letter: int | None
    article: str
