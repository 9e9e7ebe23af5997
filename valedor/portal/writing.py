"""What the person says on the page of their case, joined to the file with what came along."""

from collections.abc import Callable, Sequence
from dataclasses import asdict

from django.utils.translation import gettext as _

from valedor.casefile.documents import FileRefused, Kept
from valedor.casefile.models import Case, Stage
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.refusals import Refusal
from valedor.handling.actions.add_document import add_document, refuse_document
from valedor.handling.actions.cure import cure
from valedor.handling.actions.receive_message import receive_message
from valedor.intake.submission import KeptFile, RefusedFile
from valedor.portal import access, receipts
from valedor.portal.inside import Inside
from valedor.portal.posts import Posted


def take_message(place: Inside, posted: Posted) -> list[str]:
    """Words and files become part of the case; what could not be taken, as sentences.

    Raises ``Refused``, and ``SentBefore`` for a form sent before.
    """
    kept, refused = posted.files()
    is_complete = bool(posted.post.text("is_complete"))
    with viewing(the_house(place.house.entity)):
        posted.join(place.case)
        if posted.text or not kept or is_complete:
            receive_message(
                place.case,
                text=posted.text or _("(Files only.)"),
                channel=Case.Channel.WEB_FORM,
                by=place.by,
                at=place.at,
                raw=access.post_kept(posted.raw_id),
            )
            if place.case.stage == Stage.INCOMPLETE and is_complete:
                cure(place.case, by=place.by, at=place.at)
        in_mediation = bool(posted.post.text("in_mediation"))
        return file_all(place, kept, refused, in_mediation=in_mediation)


def file_all(
    place: Inside,
    kept: Sequence[KeptFile],
    refused: Sequence[RefusedFile],
    *,
    in_mediation: bool = False,
) -> list[str]:
    """Add files to the case, and the names of those that were refused; these as sentences."""
    for file in kept:
        add_document(
            place.case,
            file=Kept(**asdict(file)),
            in_mediation=in_mediation,
            by=place.by,
            at=place.at,
        )
    return tell_refused(
        refused, lambda one: refuse_document(place.case, refused=one, by=place.by, at=place.at)
    )


def tell_refused(
    refused: Sequence[RefusedFile], record: Callable[[FileRefused], object]
) -> list[str]:
    """Record each file that was not taken; what the person is told of it, as sentences."""
    sentences = []
    for one in refused:
        sentence = receipts.reason_in_words(one.reason)
        record(FileRefused(Refusal(one.reason, sentence), name=one.name, size=one.size))
        sentences.append(f"{one.name}: {sentence}")
    return sentences
