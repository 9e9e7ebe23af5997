"""What a person says before the ombudsman: in their file, and on the way to it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from valedor.casefile.documents import Kept
from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.refusals import Refusal
from valedor.intake.submission import RefusedFile
from valedor.portal.forms import WithdrawForm
from valedor.portal.inside import Inside
from valedor.portal.posts import Posted
from valedor.portal.queries import CaseFile
from valedor.portal.views.asking import ask_once_more
from valedor.portal.writing import tell_refused
from valedor.review.office import rules
from valedor.review.office.actions.bring import bring
from valedor.review.office.actions.hear import refuse_document, say
from valedor.review.office.actions.opine import withdraw
from valedor.review.office.door import door_of
from valedor.review.office.models import Offer, Proceeding, Statement
from valedor.review.office.queries import (
    brought_last,
    file_state,
    has_ever_had_office,
    offers_of,
    office_of,
)
from valedor.telling.turns import Room, Turn, turns_in_words
from valedor.telling.waiting_files import turns_before_the_office


def say_in_words(place: Inside, posted: Posted) -> list[str]:
    """Words and files go to the ombudsman; what could not be taken, as sentences. Raises
    ``Refused``, and ``SentBefore`` for a form sent before.
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
        return _tell_refused(place, place.case, refused)


def open_offer_of(place: Inside) -> Offer | None:
    """The proposal to settle that waits for a word, of either side."""
    return next((one for one in offers_of(place.case) if one.state == Offer.State.OPEN), None)


def to_counter(place: Inside, waiting: Offer | None) -> Offer | None:
    """The company's proposal, while it stands: another one of the person's would decline it."""
    is_theirs = waiting is not None and waiting.by_side != Statement.Side.COMPLAINANT
    return waiting if is_theirs and waiting is not None and place.at < waiting.answer_by else None


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


@dataclass(frozen=True)
class There:
    """The file that a case has with the ombudsman, the last one; while it goes on, whose turn it
    is, in a sentence to the person.
    """

    proceeding: Proceeding
    turn: str = ""

    @property
    def reference(self) -> str:
        """The file's own."""
        return self.proceeding.case.reference


def brought_there(place: Inside) -> There | None:
    """How the case of a page stands before the ombudsman. Whoever was let in to the case was not
    let in to the file, and does not learn from here whether there is one.
    """
    if place.participant is not None or not has_ever_had_office(place.house):
        return None
    with viewing(the_house(place.house.entity)):
        before = brought_last(place.case)
        if before is None or before.case.closed_at is not None:
            return There(before) if before else None
        return There(before, _in_words(turns_before_the_office(before, place.house), place))


def turn_in_file(place: Inside, proceeding: Proceeding) -> str:
    """Whose turn it is in the file of a page. What the company was asked the house looks up: the
    office's own page says the same.
    """
    with viewing(the_house(place.house.entity)):
        return _in_words(turns_before_the_office(proceeding, place.house), place)


def _in_words(turns: Sequence[Turn], place: Inside) -> str:
    return turns_in_words(turns, Room.PERSON, place.house.entity.timezone)


def why_not_there(place: Inside, read: CaseFile, before: There | None) -> Refusal | None:
    """What stands against going to the ombudsman now. ``before`` is the file there is already."""
    return rules.why_not_bring(
        place.case,
        door_of(read.state, read.deadlines, at=place.at),
        has_office=office_of(place.house, at=place.at) is not None,
        before=before.proceeding if before else None,
    )


def go_there(place: Inside, posted: Posted) -> tuple[Case, list[str]]:
    """Take the case to the ombudsman with what was written; what could not be taken of the files,
    as sentences. Raises ``Refused``, and ``SentBefore`` for a form sent before.
    """
    kept, refused = posted.files()
    with viewing(the_house(place.house.entity)):
        filed = bring(
            place.case,
            text=posted.text,
            by=place.by,
            at=place.at,
            documents=[Kept(**asdict(one)) for one in kept],
            points=posted.post.fields.getlist("point"),
            token=posted.token.secret,
        )
        posted.join(filed.file)
        return filed.file, _tell_refused(place, filed.file, refused)


def _tell_refused(place: Inside, file: Case, refused: Sequence[RefusedFile]) -> list[str]:
    return tell_refused(
        refused, lambda one: refuse_document(file, refused=one, by=place.by, at=place.at)
    )
