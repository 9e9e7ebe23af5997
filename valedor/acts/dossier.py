"""The dossier of a case for a third body: asked for here, put together by the worker."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from valedor.acts import queries as reading
from valedor.acts.act import ActForm, Situation
from valedor.casefile.seats import Seat
from valedor.design.forms import ChoiceCards
from valedor.disputes.actions.ask_for_dossier import ask_for_dossier
from valedor.disputes.dossier import rules
from valedor.disputes.dossier.contents import may_go
from valedor.disputes.dossier.queries import GOING_ON, dossiers_of
from valedor.disputes.models import Dossier
from valedor.foundation.multilingual import LANGUAGES
from valedor.foundation.refusals import Refusal
from valedor.telling import spoken


class DossierForm(ActForm):
    """For whom, which copy, in which language, and what of the house's own goes along."""

    body = forms.CharField(
        label=gettext_lazy("For whom?"),
        help_text=gettext_lazy("The body that gets it: an arbitration board, a court, an office."),
        max_length=200,
        error_messages={"required": gettext_lazy("Say for whom the dossier is made.")},
    )
    copy = forms.ChoiceField(
        label=gettext_lazy("Which copy?"),
        choices=Dossier.Copy.choices,
        initial=Dossier.Copy.FULL,
        widget=ChoiceCards(
            helps={
                Dossier.Copy.FULL: gettext_lazy(
                    "Every document, and how the parties are reached: for whoever decides."
                ),
                Dossier.Copy.REDACTED: gettext_lazy(
                    "Without addresses and numbers, without names of staff; of the documents only "
                    "those that you choose. Read it before it leaves."
                ),
            }
        ),
    )
    language = forms.ChoiceField(label=gettext_lazy("In which language?"))
    with_working = forms.BooleanField(
        label=gettext_lazy("With our working papers: internal notes, findings, what areas said."),
        required=False,
    )
    documents = forms.MultipleChoiceField(
        label=gettext_lazy("Documents of the redacted copy"),
        help_text=gettext_lazy(
            "Those that you looked at and that may go as they are. A full copy has all of them."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )

    def prepare(self) -> None:
        situation = self.situation
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, spoken.language_name(code)) for code in LANGUAGES
        ]
        self.fields["language"].initial = situation.case.language
        self.known = {
            str(one.pk): one
            for one in reading.documents_of(situation.viewer, situation.case)
            if may_go(one) and not one.is_quarantined and one.erased_at is None
        }
        self.fields["documents"].choices = [  # type: ignore[attr-defined]
            (key, one.name) for key, one in self.known.items()
        ]
        if not self.known:
            del self.fields["documents"]
        if rules.own_seat(situation.viewer) == Seat.OMBUDSMAN:
            del self.fields["with_working"]


def why_not_dossier(situation: Situation) -> Refusal | None:
    return rules.why_not_make(situation.state, situation.viewer)


def do_dossier(situation: Situation, given: Mapping[str, Any]) -> str:
    known = {str(one.pk): one for one in reading.documents_of(situation.viewer, situation.case)}
    ask_for_dossier(
        situation.case,
        body=given["body"],
        copy=Dossier.Copy(given["copy"]),
        language=given["language"],
        with_working=given.get("with_working", False),
        chosen=[known[key] for key in given.get("documents", ()) if key in known],
        viewer=situation.viewer,
        at=situation.at,
    )
    situation.next_noun = "dossier"
    return _("The dossier is being made. You find it on this page when it is ready.")


# ------------------------------------------------------------------ those that were made
def dossiers_made(situation: Situation, _form: ActForm | None = None) -> Mapping[str, Any]:
    """The dossiers of the case that the viewer's own house made, and how far the last one is."""
    zone = situation.case.entity.timezone
    found = dossiers_of(situation.viewer, situation.case)
    return {
        "dossiers": [_row(one, zone) for one in found],
        "is_going": any(one.state in GOING_ON for one in found),
    }


def _row(dossier: Dossier, zone: str) -> dict[str, Any]:
    document = dossier.document
    is_there = document is not None and document.erased_at is None
    return {
        "body": dossier.body,
        "copy": dossier.get_copy_display(),
        "state": dossier.get_state_display(),
        "tone": {"ready": "good", "failed": "late"}.get(dossier.state, ""),
        "icon": {"ready": "check", "failed": "alert"}.get(dossier.state, "clock"),
        "by": dossier.by.name if dossier.by else "",
        "when": spoken.stamp(dossier.at, zone),
        "is_going": dossier.state in GOING_ON,
        "has_failed": dossier.state == Dossier.State.FAILED,
        "done": dossier.done,
        "total": dossier.total or None,
        "progress_words": _("%(done)s of %(total)s")
        % {"done": dossier.done, "total": dossier.total}
        if dossier.total
        else "",
        "id": f"dossier_{dossier.pk}",
        "document": document.pk if is_there and document else None,
        "about": _about(dossier) if is_there else "",
        "stamp": _stamp_words(dossier) if is_there else "",
    }


def _about(dossier: Dossier) -> str:
    assert dossier.document is not None  # noqa: S101 -- asked above
    pages, files = dossier.pages or 0, dossier.files or 0
    return " · ".join(
        (
            ngettext("%(number)s page", "%(number)s pages", pages) % {"number": pages},
            ngettext("%(number)s file in it", "%(number)s files in it", files) % {"number": files},
            spoken.size(dossier.document.size),
            spoken.language_name(dossier.language),
        )
    )


def _stamp_words(dossier: Dossier) -> str:
    return _("Sealed, with a time stamp.") if dossier.is_stamped else _("Sealed.")
