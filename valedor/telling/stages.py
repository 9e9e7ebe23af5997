"""Where a case stands, in words."""

from django.utils.translation import gettext as _

from valedor.casefile.models import Case, Instance, Stage
from valedor.procedures.vocabulary_tables import word
from valedor.telling.reader import Reader


def stage_of(case: Case, instance: Instance | None, reader: Reader) -> str:
    """Where the case is now: the name of its stage to staff, a few plain words to the person.

    ``instance`` is the last body that it has reached.
    """
    stage = Stage(case.stage)
    if reader is not Reader.COMPLAINANT:
        return str(stage.label)
    if case.closed_at is not None:
        return _("Closed")
    if instance is not None and instance.kind not in {Instance.Kind.COMPANY, Instance.Kind.REVIEW}:
        return _("With %(body)s") % {"body": word("instances", instance.kind)}
    is_second_look = instance is not None and instance.kind == Instance.Kind.REVIEW
    if is_second_look and stage not in _TURNS:
        return _("Somebody else takes a second look")
    return {
        Stage.RECEIVED: _("We have it and somebody will take it on"),
        Stage.INCOMPLETE: _("We wait for what is missing"),
        Stage.ASSESSED: _("Somebody looks into it"),
        Stage.INVESTIGATION: _("We look into it, with what both sides say"),
        Stage.AWAITING_COMPLAINANT: _("We wait for your answer to a question"),
        Stage.DECIDED: _("We write the answer"),
        Stage.ANSWERED_NOT_SENT: _("We write the answer"),
        Stage.ANSWERED: _("It is your turn: the answer has been sent"),
        Stage.CONTESTED: _("Somebody else takes a second look"),
        Stage.CLOSED: _("Closed"),
    }[stage]


# Where the case waits for the person, whoever deals with it.
_TURNS = frozenset({Stage.AWAITING_COMPLAINANT, Stage.INCOMPLETE, Stage.ANSWERED})


def what_now(case: Case) -> str:
    """What the person can do about it now; empty where they can only wait."""
    return {
        Stage.ANSWERED: _(
            "You can accept the answer, say that you do not agree, or turn to somebody else."
        ),
        Stage.AWAITING_COMPLAINANT: _(
            "Answer below; where the rules allow it, the clock stands still meanwhile."
        ),
        Stage.INCOMPLETE: _("Send it below; your answer is counted from then."),
    }.get(Stage(case.stage), "")
