"""The things of a case that acts are done to, by the numbers that their addresses name."""

from valedor.acts import queries as reading
from valedor.acts.act import Situation
from valedor.casefile.models import Document


def parts(situation: Situation) -> list[int]:
    """What was given out of a complex case."""
    return [one.pk for one in situation.state.parts]


def recusals(situation: Situation) -> list[int]:
    """Whoever takes no part in it, by their account."""
    return sorted(situation.case.recused)


def inquiries(situation: Situation) -> list[int]:
    """What was asked and is not answered."""
    return [one.pk for one in situation.state.inquiries]


def questions_to_areas(situation: Situation) -> list[int]:
    """The same, asked of an area."""
    return [one.pk for one in situation.state.inquiries if one.to == "area"]


def documents_in_quarantine(situation: Situation) -> list[int]:
    """What something harmful was found in."""
    found = reading.documents_of(situation.viewer, situation.case)
    return [one.pk for one in found if one.scan == Document.Scan.INFECTED]


def findings(situation: Situation) -> list[int]:
    """What was found and still holds."""
    return [one.pk for one in situation.state.findings]


def points(situation: Situation) -> list[int]:
    """The points of the complaint, by their place: 1, 2…"""
    return [one.ordinal for one in situation.state.grievances]


def redress(situation: Situation) -> list[int]:
    """Everything that was offered or promised."""
    return [one.pk for one in situation.state.redress]


def letters(situation: Situation) -> list[int]:
    """What was written to somebody."""
    return reading.letters_of(situation.viewer, situation.case)


def relations(situation: Situation) -> list[int]:
    """That it has to do with other cases."""
    return reading.relations_of(situation.viewer, situation.case)


def mergers(situation: Situation) -> list[int]:
    """That it goes on in another case."""
    return reading.mergers_of(situation.case)


def repetitions(situation: Situation) -> list[int]:
    """That it may repeat other cases, until somebody keeps them apart."""
    return reading.repetitions_of(situation.viewer, situation.case)


def promised_calls(situation: Situation) -> list[int]:
    """The call that is promised about it and not settled yet."""
    return [situation.promised_call.pk] if situation.promised_call else []


def incidents(situation: Situation) -> list[int]:
    """The incident to which it belongs."""
    return reading.incidents_joined(situation.case)
