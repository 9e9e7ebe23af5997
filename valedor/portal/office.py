"""What a person says before the ombudsman: in their file, and on the way to it."""

from collections.abc import Sequence
from dataclasses import asdict

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
from valedor.review.office.models import Offer, Statement
from valedor.review.office.queries import brought_last, file_state, offers_of, office_of


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


def way_to_the_office(place: Inside, read: CaseFile) -> tuple[Refusal | None, Case | None]:
    """What stands against going to the ombudsman now, and the file that the case has there
    already.
    """
    with viewing(the_house(place.house.entity)):
        before = brought_last(place.case)
    refusal = rules.why_not_bring(
        place.case,
        door_of(read.state, read.deadlines, at=place.at),
        has_office=office_of(place.house, at=place.at) is not None,
        before=before,
    )
    return refusal, before.case if before else None


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
