"""Every act by the noun of its address (``/desk/cases/2026-004182-P/closure``)."""

from django.utils.translation import gettext_lazy as _

from valedor.desk.acts.act import Act, Text
from valedor.desk.acts.table import (
    answering_the_person,
    deciding,
    ending,
    setting_right,
    taking_in,
    words_and_papers,
)

GROUPS: dict[str, Text] = {
    "begin": _("Take in and give out"),
    "words": _("Words and papers"),
    "substance": _("Find and decide"),
    "answer": _("Answer"),
    "end": _("The person's word, and the end"),
    "correct": _("Set right"),
}

ACTS: dict[str, Act] = {
    act.noun: act
    for acts in (
        taking_in.ACTS,
        words_and_papers.ACTS,
        deciding.ACTS,
        answering_the_person.ACTS,
        ending.ACTS,
        setting_right.ACTS,
    )
    for act in acts
}
