"""Papers that somebody hands in at the counter, for a case that is there."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.act import ActForm, Situation
from valedor.acts.files import files_field, kept_file
from valedor.casefile.documents import FileRefused
from valedor.channels.post import counter_rules
from valedor.channels.post.actions.hand_in import hand_in
from valedor.channels.post.counter_rules import MOST_PAGES
from valedor.foundation.refusals import Refusal
from valedor.handling.actions.add_document import refuse_document

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


class HandInForm(forms.Form):
    """Papers that somebody hands in."""

    use_required_attribute = False

    what = forms.CharField(
        label=gettext_lazy("What do they hand in?"),
        help_text=gettext_lazy("It stands on the receipt: “a bill and three photographs”."),
        max_length=300,
        error_messages={"required": gettext_lazy("Say what was handed in.")},
    )
    pages = forms.IntegerField(
        label=gettext_lazy("How many pages?"),
        min_value=1,
        max_value=MOST_PAGES,
        error_messages={"required": gettext_lazy("Say how many pages were handed in.")},
    )
    scans = files_field(gettext_lazy("The pages, scanned"))


class PapersForm(ActForm):
    """The same for a program."""

    what = HandInForm.base_fields["what"]
    pages = HandInForm.base_fields["pages"]
    file = HandInForm.base_fields["scans"]


def why_not_hand_in(situation: Situation) -> Refusal | None:
    return counter_rules.why_not_hand_in(situation.case, situation.viewer, what="—", pages=1)


def do_hand_in(situation: Situation, given: Mapping[str, Any]) -> str:
    take_in(situation, situation.files, what=given["what"], pages=given["pages"])
    return _("Taken in. Print the stamped receipt for them.")


def take_in(
    situation: Situation, uploads: "Sequence[UploadedFile[bytes]]", *, what: str, pages: int
) -> None:
    """Keep the scans, and record what was handed in; what is not taken is told by name. Raises
    ``Refused``.
    """
    kept = []
    for upload in uploads:
        try:
            kept.append(kept_file(upload))
        except FileRefused as refused:
            situation.said.append(str(refused.refusal))
            refuse_document(situation.case, refused=refused, by=situation.by, at=situation.at)
    hand_in(situation.case, what=what, pages=pages, files=kept, by=situation.by, at=situation.at)
