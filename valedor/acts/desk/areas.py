"""What an area answers, and that it has read what came of a case: it sees no case."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.desk import queries as reading
from valedor.acts.desk.desk_act import Desk, DeskForm
from valedor.acts.files import files_field, kept_file
from valedor.casefile.access import locked
from valedor.casefile.documents import FileRefused, add_document, note_refused
from valedor.casefile.models import Document
from valedor.casefile.seats import Seat
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.refusals import Refusal
from valedor.handling import rules
from valedor.handling.actions.ask_area import answer_inquiry
from valedor.handling.models import Inquiry


class AnswerForm(DeskForm):
    """What an area answers."""

    text = forms.CharField(
        label=gettext_lazy("Your answer"),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Write something first.")},
    )
    file = files_field(gettext_lazy("Files that show it"))


def asked(desk: Desk) -> list[tuple[str, str]]:
    """What the areas of its author are asked and have not answered."""
    return [(str(one.pk), one.question) for one in reading.asked_of(desk.viewer, at=desk.at).open]


def inquiry_of(desk: Desk) -> Inquiry:
    """The question that the address names. Raises ``Http404``."""
    return reading.inquiry_for(desk.viewer, number_of(desk))


def why_not_answer(desk: Desk) -> Refusal | None:
    return rules.why_not_answer_inquiry(desk.viewer, inquiry_of(desk))


def do_answer(desk: Desk, given: Mapping[str, Any]) -> str:
    """The answer, and the files that show it, filed by the house."""
    inquiry = inquiry_of(desk)
    with viewing(the_house(inquiry.entity_id)):
        answer_inquiry(inquiry.case, inquiry=inquiry, text=given["text"], by=desk.by, at=desk.at)
        case = locked(inquiry.case)
        for upload in desk.files:
            try:
                kept = kept_file(upload)
            except FileRefused as refused:
                note_refused(case, refused, by=desk.by, at=desk.at, seats=Seat.COMPANY)
                desk.said.append(str(refused.refusal))
            else:
                add_document(
                    case,
                    kept,
                    side=Document.Side.COMPANY,
                    by=desk.by,
                    at=desk.at,
                    seats=Seat.COMPANY,
                )
    return _("Thank you: whoever asked has your answer.")


def notices(desk: Desk) -> list[tuple[str, str]]:
    """What came of cases about its author's areas, not read yet."""
    found = reading.asked_of(desk.viewer, at=desk.at).notices
    return [(str(one.pk), one.complained_of) for one in found]


def why_not_read_notice(desk: Desk) -> Refusal | None:
    """Nothing stands against it; what was read is not there any more."""
    reading.notice_for(desk.viewer, number_of(desk))
    return None


def do_read_notice(desk: Desk, given: Mapping[str, Any]) -> str:
    reading.read_notice(desk.viewer, number_of(desk), at=desk.at)
    return _("Noted.")


def number_of(desk: Desk) -> int:
    """What the address names, where it is a number. Raises ``Http404``."""
    if not desk.thing.isdecimal() or len(desk.thing) > 18:
        raise Http404
    return int(desk.thing)
