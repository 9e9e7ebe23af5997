"""What a line may not be, and what the law would have different. Pure."""

from django.utils.translation import gettext_lazy as _

from valedor.channels.channel_rules import why_not_team, why_not_words
from valedor.channels.telephone.hours import HoursWrong, read_hours
from valedor.channels.telephone.models import Line
from valedor.channels.telephone.numbers import Rate, is_plain, rate_of
from valedor.foundation.refusals import Refusal


def why_not_line(
    line: Line, *, said_number: str, said_other: str, team_serves: bool
) -> Refusal | None:
    """What is missing or forbidden before anything is written.

    ``said_…`` are the numbers as they were typed; the line has them in E.164, empty where they
    could not be read.
    """
    if not line.name.strip():
        return Refusal("name_missing", _("Say what people call this line for."))
    for number, said in ((line.number, said_number), (line.other_number, said_other)):
        if not number and said.strip():
            return _unreadable(said)
    if not line.number:
        return _unreadable(said_number)
    return (
        why_not_words([(line.format, Line.Format.values)])
        or why_not_team(line.team, serves=team_serves)
        or why_not_opening(line.opening)
        or why_not_number(line.number, line.other_number)
    )


def why_not_opening(opening: str) -> Refusal | None:
    """The hours are written so that they can be counted with."""
    try:
        read_hours(opening)
    except HoursWrong as wrong:
        return Refusal(
            "hours_unreadable",
            _(
                "“%(words)s” says no hours. Write them like this: "
                "mon-fri 9:00-14:00 15:00-18:00; sat 9:00-13:00"
            ),
            {"words": str(wrong)},
        )
    return None


def _unreadable(said: str) -> Refusal:
    return Refusal(
        "number_unreadable",
        _("“%(number)s” is no telephone number: write it with its country, such as +34 …"),
        {"number": said[:60]},
    )


def why_not_number(number: str, other: str) -> Refusal | None:
    """Ley 10/2025, art. 10: a call costs no more than a standard one and earns the company
    nothing; beside a number of special rate a geographic or mobile one is told.
    """
    for one in filter(None, (number, other)):
        if rate_of(one) == Rate.PREMIUM:
            return Refusal(
                "premium_rate",
                _(
                    "%(number)s is a premium-rate number: customers may not be made to call one "
                    "(Ley 10/2025, art. 10)."
                ),
                {"number": one},
            )
    if rate_of(number) == Rate.SPECIAL and not (other and is_plain(other)):
        return Refusal(
            "other_number_missing",
            _(
                "%(number)s is a number of special rate: give a geographic or mobile number beside "
                "it (Ley 10/2025, art. 10)."
            ),
            {"number": number},
        )
    return None


def warning_of(line: Line, *, is_basic_service: bool) -> Refusal | None:
    """What the law would have different, though nothing stops the line: TRLGDCU, art. 21.2, wants
    a free number for water, energy, finance and insurance, post, transport and health.
    """
    if is_basic_service and rate_of(line.number) != Rate.FREE:
        return Refusal(
            "not_free",
            _("A basic service needs a free number (TRLGDCU, art. 21.2): this one is not free."),
        )
    return None
