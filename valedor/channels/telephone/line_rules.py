"""What a line may not be, and what the law would have different. Pure."""

from django.utils.translation import gettext_lazy as _

from valedor.channels.telephone.models import Line
from valedor.channels.telephone.numbers import Rate, is_plain, rate_of
from valedor.foundation.refusals import Refusal

SHORTEST_SECRET = 16


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
    if line.format not in Line.Format.values:
        return Refusal(
            "unknown_word",
            _("“%(word)s” is unknown here: write one of %(known)s."),
            {"word": line.format, "known": ", ".join(Line.Format.values)},
        )
    if line.team is not None and not team_serves:
        return Refusal(
            "team_elsewhere",
            _("The team “%(team)s” does not serve this entity."),
            {"team": line.team.key},
        )
    return why_not_number(line.number, line.other_number)


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


def why_not_secret(secret: str) -> Refusal | None:
    """A short secret is guessed."""
    if len(secret) >= SHORTEST_SECRET:
        return None
    return Refusal(
        "secret_short",
        _("A secret has at least %(number)s characters."),
        {"number": SHORTEST_SECRET},
    )


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
