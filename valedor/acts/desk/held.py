"""What no machine could read: a person files it, has it read again, or sets it aside."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.desk.areas import number_of
from valedor.acts.desk.desk_act import Desk, DeskForm
from valedor.acts.reading import unread
from valedor.acts.reading.scans import tie
from valedor.acts.unread_text import Reading, reading_of
from valedor.casefile.access import case_for
from valedor.casefile.actors import By
from valedor.casefile.documents import Kept
from valedor.casefile.models import Case, Document, RawMessage
from valedor.casefile.viewing import Viewer
from valedor.channels.email.actions.not_spam import not_spam
from valedor.channels.email.mailbox_rules import why_not_spare
from valedor.channels.web_form.held import store_files
from valedor.foundation.references import read_reference
from valedor.foundation.refusals import Refusal, Refused
from valedor.handling.actions.add_document import add_document
from valedor.handling.actions.file_message import file_message
from valedor.intake import rules
from valedor.intake.actions.set_aside import set_message_aside, set_row_aside, take_message_up
from valedor.intake.actions.take_corrected_row import take_corrected_row
from valedor.intake.importing.models import ImportReject

LONGEST = 100_000


class FilingForm(forms.Form):
    """Which case a message belongs to, and what it says. ``case`` is there once it is valid."""

    use_required_attribute = False

    reference = forms.CharField(
        label=gettext_lazy("Reference of the case"),
        max_length=40,
        error_messages={"required": gettext_lazy("Write the reference of the case.")},
    )
    text = forms.CharField(
        label=gettext_lazy("What does the person say?"),
        help_text=gettext_lazy("The message itself is kept beside it as it came."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST,
        error_messages={"required": gettext_lazy("Write something first.")},
    )

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_reference(self) -> str:
        """A case that this viewer may see."""
        try:
            reference = read_reference(self.cleaned_data["reference"])
        except Refused as refused:
            raise forms.ValidationError(str(refused.refusal)) from refused
        try:
            self.case = case_for(self.viewer, reference)
        except Http404:
            raise forms.ValidationError(_("There is no such case that you may see.")) from None
        return reference


class ReasonForm(forms.Form):
    """Why nothing comes of it."""

    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("Why does nothing come of it?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        error_messages={"required": gettext_lazy("Say why nothing comes of it.")},
    )


class RowForm(forms.Form):
    """A row as it should have come."""

    use_required_attribute = False

    row = forms.CharField(
        label=gettext_lazy("The row, corrected"),
        widget=forms.Textarea(attrs={"rows": 6, "class": "code", "spellcheck": "false"}),
        max_length=LONGEST,
        strip=False,
        error_messages={"required": gettext_lazy("Write the row, with all its columns.")},
    )


# ------------------------------------------------------------------ a message
class HeldFilingForm(FilingForm):
    """The same for a program."""

    grows: ClassVar[str] = ""

    def __init__(self, situation: Desk, *data: Any) -> None:
        self.situation = situation
        super().__init__(situation.viewer, *data)


class AsideForm(DeskForm):
    """Why nothing comes of it."""

    reason = ReasonForm.base_fields["reason"]


def message_of(desk: Desk) -> RawMessage:
    """The one that the address names, or that was set aside. Raises ``Http404``."""
    return unread.message_for(desk.viewer, number_of(desk))


def why_not_sort(desk: Desk) -> Refusal | None:
    raw = message_of(desk)
    return rules.why_not_sort(raw, desk.viewer.within(raw.entity_id))


def do_file(desk: Desk, given: Mapping[str, Any]) -> str:
    raw = message_of(desk)
    case = case_for(desk.viewer, given["reference"])
    filed(raw, case, text=given["text"], reading=reading_of(raw), by=desk.by, at=desk.at)
    desk.reference = case.reference
    return _("Filed: it counts from the moment it reached us.")


def filed(
    raw: RawMessage, case: Case, *, text: str, reading: Reading, by: By, at: datetime
) -> None:
    """A message into a case, with the files that came along. Raises ``Refused``."""
    with transaction.atomic():
        file_message(case, raw=raw, text=text, by=by, at=at)
        tie(raw, case, by=by, at=at)
        for kept in store_files(reading.post.files):
            file = Kept(**asdict(kept))
            add_document(case, file=file, by=by, at=at, side=Document.Side.COMPLAINANT)


def do_set_aside(desk: Desk, given: Mapping[str, Any]) -> str:
    set_message_aside(message_of(desk), reason=given["reason"], by=desk.account, at=desk.at)
    return _("It is set aside.")


def why_not_take_up(desk: Desk) -> Refusal | None:
    raw = message_of(desk)
    return rules.why_not_take_up(raw, desk.viewer.within(raw.entity_id))


def do_take_up(desk: Desk, given: Mapping[str, Any]) -> str:
    take_message_up(message_of(desk), by=desk.account, at=desk.at)
    return _("It waits for somebody again.")


def why_not_spare_it(desk: Desk) -> Refusal | None:
    raw = message_of(desk)
    return why_not_spare(raw, desk.viewer.within(raw.entity_id))


def do_spare(desk: Desk, given: Mapping[str, Any]) -> str:
    not_spam(message_of(desk), by=desk.account, at=desk.at)
    return _("It is being registered, from the moment it reached us.")


# ------------------------------------------------------------------ a row of a file
class HeldRowForm(DeskForm):
    """A row as it should have come."""

    row = RowForm.base_fields["row"]


def row_of(desk: Desk) -> ImportReject:
    """The one that the address names. Raises ``Http404``."""
    return unread.row_for(desk.viewer, number_of(desk))


def why_not_take_row(desk: Desk) -> Refusal | None:
    reject = row_of(desk)
    return rules.why_not_take_row(reject, desk.viewer.within(reject.entity_id))


def do_take_row(desk: Desk, given: Mapping[str, Any]) -> str:
    text = given["row"].replace("\r\n", "\n").rstrip("\n")
    cases = take_corrected_row(row_of(desk), text=text, by=desk.account, at=desk.at)
    desk.said += [_("It is case %(case)s now.") % {"case": case.reference} for case in cases[:10]]
    desk.reference = cases[0].reference if cases else ""
    return _("The row was read again.")


def do_set_row_aside(desk: Desk, given: Mapping[str, Any]) -> str:
    set_row_aside(row_of(desk), reason=given["reason"], by=desk.account, at=desk.at)
    return _("It is set aside.")
