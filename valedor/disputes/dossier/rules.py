"""Why not make a dossier of a case."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from valedor.casefile.seats import Seat
from valedor.casefile.viewing import Viewer
from valedor.disputes.models import Dossier
from valedor.foundation.refusals import Refusal
from valedor.handling.queries import CaseState
from valedor.handling.rules import is_person, may_handle, why_not_here

MOST_A_DAY = 5
"""How many dossiers of a case a person may have made within a day: each costs the worker minutes
where the file is long.
"""


def own_seat(viewer: Viewer) -> Seat:
    """The side on which somebody sits: the person's, or the house's, of which the ombudsman's
    office is one of its own.
    """
    if viewer.account is None:
        return Seat.COMPLAINANT
    return Seat.OMBUDSMAN if Seat.OMBUDSMAN in viewer.seats else Seat.COMPANY


def why_not_make(state: CaseState, viewer: Viewer) -> Refusal | None:
    """Whoever handles the case may, a closed one too, and the person whose it is; people of another
    house may not.
    """
    if refusal := why_not_here(state, viewer):
        return refusal
    if is_person(state, viewer):
        return None
    if not may_handle(state, viewer):
        return Refusal("not_permitted", _("Your role does not let you make a dossier."))
    if viewer.only_teams:
        return Refusal(
            "of_another_house", _("A dossier is made by the house itself. Ask whoever leads you.")
        )
    return None


def why_not_ask(
    viewer: Viewer,
    *,
    body: str,
    with_working: bool,
    can_seal: bool,
    going_on: Collection[Dossier],
    within_a_day: int = 0,
) -> Refusal | None:
    """What stands against what was asked for; ``going_on`` are those of the case not ready yet,
    ``within_a_day`` says how many of one's own side were asked for since yesterday.
    """
    if not body.strip():
        return Refusal("body_missing", _("Say for whom the dossier is made."))
    if with_working and own_seat(viewer) == Seat.OMBUDSMAN:
        return Refusal(
            "working_stays", _("The notes of the ombudsman's office go to nobody, in no copy.")
        )
    if not can_seal:
        return Refusal(
            "cannot_seal",
            _(
                "The house cannot seal now, so no dossier can be made. Whoever runs the system "
                "sees why with “valedor check”."
            ),
        )
    if going_on:
        return Refusal(
            "dossier_going_on",
            _("A dossier of this case is being made. Wait until it is ready."),
        )
    if viewer.account is None and within_a_day >= MOST_A_DAY:
        return Refusal(
            "dossiers_enough",
            _("You had %(most)s made since yesterday: take one of those, or come back tomorrow."),
            {"most": MOST_A_DAY},
        )
    return None
