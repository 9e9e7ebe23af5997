"""What the ombudsman's office asked the company about a case and waits for."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from valedor.acts import Situation
from valedor.people.permissions import Permission
from valedor.review.office.models import Hearing
from valedor.telling.turns import Room, turn_in_words, turn_of_hearing


def may_answer_the_office(situation: Situation, asked: Sequence[Hearing]) -> Sequence[Hearing]:
    """What is open, for whoever may look at it at the entity of the case."""
    here = situation.viewer.within(situation.case.entity_id)
    if not here.permissions & {Permission.HANDLE, Permission.AUDIT}:
        return []
    for one in asked:
        one.case = situation.case
    return asked


def asked_of(situation: Situation, asked: Sequence[Hearing]) -> list[dict[str, str]]:
    """Each with its words, whose turn it is, and where it is answered."""
    zone = situation.case.entity.timezone
    return [
        {
            "title": _("The ombudsman waits for our word: %(what)s")
            % {"what": one.get_what_display()},
            "text": one.text,
            "turn": turn_in_words(turn_of_hearing(one), Room.COMPANY, zone),
            "url": reverse("desk:hearing", args=[one.pk]),
        }
        for one in asked
    ]
