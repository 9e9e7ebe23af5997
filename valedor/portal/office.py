"""What a person says before the ombudsman: in their file, and on the way to it."""

from dataclasses import asdict
from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _

from valedor.casefile.documents import Kept
from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.refusals import Refusal
from valedor.handling.queries import case_state
from valedor.portal import receipts
from valedor.portal.forms import WithdrawForm
from valedor.portal.inside import Inside
from valedor.portal.posts import Posted
from valedor.portal.views.asking import ask_once_more
from valedor.procedures.house_rules import HouseRules
from valedor.review.office import rules
from valedor.review.office.actions.bring import Filed, bring
from valedor.review.office.actions.hear import say
from valedor.review.office.actions.opine import withdraw
from valedor.review.office.door import Door, door_of
from valedor.review.office.queries import (
    all_limits_of,
    file_about,
    file_state,
    has_office,
    is_before_the_office,
)


def say_in_words(place: Inside, posted: Posted) -> list[str]:
    """Words and files go to the ombudsman; what could not be taken, as sentences. Raises
    ``Refused``, and ``IntegrityError`` for a form sent before.
    """
    kept, refused = posted.files()
    with viewing(the_house(place.house.entity)):
        posted.join(place.case)
        say(
            place.case,
            text=posted.text or _("(Files only.)"),
            by=place.by,
            at=place.at,
            documents=[Kept(**asdict(one)) for one in kept],
        )
    return [f"{one.name}: {receipts.reason_in_words(one.reason)}" for one in refused]


def withdrawal(place: Inside) -> HttpResponse:
    """Not to go on before the ombudsman: asked once more."""

    def do(posted: Posted) -> None:
        withdraw(place.case, by=place.by, at=place.at, reason=posted.text)

    with viewing(the_house(place.house.entity)):
        refusal = rules.why_not_withdraw(file_state(place.case, at=place.at))
    return ask_once_more(
        place,
        do,
        title=_("Do not go on before the ombudsman"),
        words=_(
            "The ombudsman stops and closes the file. You lose no right before other bodies or "
            "the courts."
        ),
        action=_("Do not go on"),
        refusal=str(refusal or ""),
        done=_("The ombudsman has closed the file."),
        is_danger=True,
        form=WithdrawForm(initial={"text": place.posted.text if place.posted else ""}),
    )


def way_to_the_office(
    case: Case, house: HouseRules, *, at: datetime
) -> tuple[Door, Refusal | None, Case | None]:
    """When the ombudsman is open for a case, what stands against going there now, and the file that
    it has there already.
    """
    with viewing(the_house(house.entity)):
        state = case_state(case)
        door = door_of(state, all_limits_of(case), at=at)
        is_there = is_before_the_office(case)
        refusal = rules.why_not_bring(
            case, door, has_office=has_office(house.entity, at=at), is_there=is_there
        )
        return door, refusal, file_about(case)


def go_there(place: Inside, posted: Posted) -> Filed:
    """Take the case to the ombudsman with what was written. Raises ``Refused``, and
    ``IntegrityError`` for a form sent before.
    """
    kept, _refused = posted.files()
    with viewing(the_house(place.house.entity)):
        filed = bring(
            place.case,
            text=posted.text,
            by=place.by,
            at=place.at,
            documents=[Kept(**asdict(one)) for one in kept],
            points=posted.post.fields.getlist("point"),
        )
        posted.join(filed.file)
    return filed
