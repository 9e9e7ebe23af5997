"""Say by when something must be done, and how the days are counted.

A rule that does not bind yet, or no longer, computes all the same and says so.
"""

import argparse
import json
from typing import Any

from valedor.config.commands import CommandFailed

NEEDS = "django"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What a clock needs to know: the rule, the start, the place, and what happened since."""
    parser.add_argument("--regime", required=True, metavar="KEY", help="es-trlgdcu-21, br-sac …")
    parser.add_argument("--clock", required=True, metavar="NAME", help="a clock of the regime")
    parser.add_argument(
        "--start", required=True, metavar="MOMENT", help="ISO 8601; local without an offset"
    )
    parser.add_argument(
        "--region",
        required=True,
        action="append",
        dest="regions",
        metavar="KEY",
        help="ES-CT, BR-RJ …; twice for the person's place and the office's",
    )
    parser.add_argument("--timezone", default="", metavar="ZONE", help="the region's by default")
    parser.add_argument(
        "--event",
        action="append",
        dest="events",
        default=[],
        metavar="NAME[:LENGTH[ UNIT]]=MOMENT",
        help="what happened since; any number, in any order",
    )
    parser.add_argument("--filed", default="", metavar="electronically|on-paper")
    parser.add_argument("--reading", default="", metavar="KEY", help="another reading of the rule")
    parser.add_argument("--length", default="", metavar="N", help="only of iso-10001/promise")
    parser.add_argument("--unit", default="", metavar="UNIT", help="only of iso-10001/promise")
    parser.add_argument("--counting", default="", metavar="KEY", help="only of iso-10001/promise")
    parser.add_argument("--language", default="en", metavar="es|ca|pt-BR|en")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Print the day and every stretch of the count."""
    from django.utils import translation

    from valedor.procedures.deadline import DeadlineRequest, Unanswerable, computed

    request = DeadlineRequest(
        regime=arguments.regime,
        clock=arguments.clock,
        start=arguments.start,
        regions=tuple(arguments.regions),
        timezone=arguments.timezone,
        events=tuple(arguments.events),
        filed=arguments.filed,
        reading=arguments.reading,
        length=arguments.length,
        unit=arguments.unit,
        counting=arguments.counting,
        language=arguments.language,
    )
    try:
        found = computed(request)
    except Unanswerable as error:
        raise CommandFailed(error.message, hint=error.hint, code=error.code) from error
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    with translation.override(arguments.language.lower()):
        print("\n".join(_lines(found)))
    return 0


def _lines(found: dict[str, Any]) -> list[str]:
    from django.utils.translation import gettext as _

    from valedor.procedures.explanation import length_in_words

    heading = f"{found['title']} · {found['clock']} · {found['article']}"
    if found["state"] == "running":
        result = _("Due: %(due)s") % {"due": found["due"] or found["due_at"]}
    else:
        amount, _blank, unit = found["left"].partition(" ")
        left = length_in_words(float(amount), unit)
        result = _("The clock stands still; left: %(left)s") % {"left": left}
    place = f"{', '.join(found['regions'])} · {found['timezone']} · {found['counting']}"
    lines = [heading, result, place, ""]
    width = len("2026-11-21T09:14+01:00") if found["due_at"] else len("2026-11-21")
    for step in found["steps"]:
        amount = step["days"] if step["days"] is not None else step["hours"]
        lines.append(
            f"{_short(step['from']):{width}}  {_short(step['to'] or '…'):{width}}  "
            f"{amount:>5g}  {step['what']:9}  {step['why']}"
        )
    for reading in found["readings"]:
        day = reading["due"] or reading["due_at"] or reading["left"]
        lines.append(f"--reading {reading['key']}: {day}. {reading['text']}")
    lines += [f"! {warning}" for warning in found["warnings"]]
    return lines


def _short(moment: str) -> str:
    """A moment to the minute."""
    return moment.replace(":00+", "+").replace(":00-", "-") if "T" in moment else moment
