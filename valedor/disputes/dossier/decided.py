"""What was decided and offered, as a dossier tells it: point by point, before each instance."""

from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from valedor.disputes.dossier.contents import Contents
from valedor.disputes.dossier.redaction import Redactor
from valedor.handling.models import Decision, Redress
from valedor.handling.redress_words import in_words
from valedor.procedures.vocabulary_tables import word
from valedor.telling import spoken

Row = dict[str, Any]


def decisions_of(contents: Contents, redactor: Redactor, zone: str) -> list[Row]:
    """The instances that have answered, each with its decisions; what was offered comes last."""
    found: list[Row] = [
        {
            "title": word("instances", instance.kind),
            "points": [_point(one, redactor, zone) for one in decisions],
            "redress": [],
        }
        for instance, decisions in groupby(contents.decisions, key=lambda one: one.instance)
    ]
    if contents.redress:
        redress = [_redress(one, contents, redactor, zone) for one in contents.redress]
        found.append({"title": _("Offered to put it right"), "points": [], "redress": redress})
    return found


def _point(decision: Decision, redactor: Redactor, zone: str) -> Row:
    return {
        "text": redactor.text(decision.grievance.text),
        "outcome": str(decision.get_outcome_display()),
        "is_upheld": decision.outcome in {"upheld", "partly_upheld"},
        "when": spoken.stamp(decision.at, zone),
        "grounds": redactor.text(decision.grounds),
        "reasons": redactor.text(decision.reasons),
    }


def _redress(redress: Redress, contents: Contents, redactor: Redactor, zone: str) -> Row:
    done = redress.carried_out_at or redress.settled_at
    when = spoken.day(spoken.local_day(done, zone)) if done else ""
    return {
        "what": redactor.text(in_words(redress, contents.house, spoken.language())),
        "state": " · ".join(filter(None, (str(redress.get_state_display()), when))),
    }
