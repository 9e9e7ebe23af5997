"""Every act by the noun of its address (``/desk/cases/2026-004182-P/closure``)."""

from django.utils.translation import gettext_lazy as _

from valedor.acts.act import Act, Text
from valedor.acts.table import (
    answering_the_person,
    booking,
    calls,
    counter,
    deciding,
    ending,
    identity,
    incidents,
    letters,
    order,
    other_bodies,
    other_cases,
    participants,
    setting_right,
    taking_in,
    words_and_papers,
)

GROUPS: dict[str, Text] = {
    "booking": _("The booking"),
    "order": _("The order"),
    "begin": _("Take in and give out"),
    "words": _("Words and papers"),
    "substance": _("Find and decide"),
    "answer": _("Answer"),
    "end": _("The person's word, and the end"),
    "bodies": _("Other bodies"),
    "others": _("Other cases"),
    "correct": _("Set right"),
}

ACTS: dict[str, Act] = {
    act.noun: act
    for acts in (
        taking_in.ACTS,
        words_and_papers.ACTS,
        identity.ACTS,
        deciding.ACTS,
        answering_the_person.ACTS,
        ending.ACTS,
        other_bodies.ACTS,
        other_cases.ACTS,
        booking.ACTS,
        order.ACTS,
        setting_right.ACTS,
        participants.ACTS,
    )
    for act in acts
}

EVERY_ACT: dict[str, Act] = ACTS | {
    act.noun: act for act in (*letters.ACTS, *calls.ACTS, *counter.ACTS, *incidents.ACTS)
}
"""With those that are done on the page of a letter, of a promised call, of an incident, or at the
counter.
"""
