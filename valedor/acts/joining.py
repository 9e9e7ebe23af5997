"""Other cases: related ones, one in which this one goes on, and what becomes a case of its own."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts import queries as reading
from valedor.acts.act import ActForm, Situation
from valedor.acts.words import text_field
from valedor.casefile.access import case_for
from valedor.casefile.models import Case, Entry, Kind
from valedor.foundation.moments import local_day
from valedor.foundation.refusals import Refusal
from valedor.handling import rules
from valedor.handling.actions.keep_apart import keep_apart
from valedor.handling.actions.merge import merge, unmerge
from valedor.handling.actions.relate import end_relation, relate
from valedor.handling.actions.split import split
from valedor.handling.queries import case_state
from valedor.telling import spoken
from valedor.telling.values import body_of

SAME, AGREED = "same", "agreed"


class _OtherCaseForm(ActForm):
    """Another case, by its reference."""

    reference = forms.CharField(
        label=gettext_lazy("Reference of the other case"),
        max_length=40,
        error_messages={"required": gettext_lazy("Write the reference of the other case.")},
    )

    def clean_reference(self) -> Case:
        """A case that this viewer sees."""
        try:
            return case_for(self.situation.viewer, self.cleaned_data["reference"])
        except Http404:
            raise forms.ValidationError(
                _("You see no case with this reference. Check the letter at its end.")
            ) from None


class RelationForm(_OtherCaseForm):
    """Which case, and what the two have to do with each other."""

    note = forms.CharField(
        label=gettext_lazy("What do they have to do with each other?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=2000,
    )


def do_relate(situation: Situation, given: Mapping[str, Any]) -> str:
    other: Case = given["reference"]
    relate(situation.case, other=other, note=given["note"], by=situation.by, at=situation.at)
    return _("Each of the two points to the other now.")


def why_not_end(situation: Situation) -> Refusal | None:
    relation = reading.relation_of(situation.case, situation.item or 0)
    return rules.why_not_end_relation(situation.state, situation.viewer, relation)


def do_end(situation: Situation, given: Mapping[str, Any]) -> str:
    relation = reading.relation_of(situation.case, situation.item or 0)
    end_relation(situation.case, relation=relation, by=situation.by, at=situation.at)
    return _("The two are not related any more.")


class MergeForm(_OtherCaseForm):
    """Which case, whose they are, and how it is known."""

    whose = forms.ChoiceField(
        label=gettext_lazy("Whose are the two?"),
        choices=[
            (SAME, gettext_lazy("They are of one person, also where we know them twice")),
            (
                AGREED,
                gettext_lazy("Of different people, and each agreed that the other reads it all"),
            ),
        ],
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Choose whose the two cases are.")},
    )
    reason = text_field(
        gettext_lazy("How do you know that the two are one matter?"),
        help_text=gettext_lazy("Only colleagues read it."),
        rows=3,
    )


def likely_other(situation: Situation) -> Mapping[str, Any]:
    """The case that this one may repeat, where there is one."""
    found = reading.likely_repeated(situation.viewer, situation.case)
    return {"reference": found.reference} if found else {}


def do_merge(situation: Situation, given: Mapping[str, Any]) -> str:
    """The one that was received first stays, whichever of the two is open."""
    case, other = situation.case, given["reference"]
    kept, merged = sorted((case, other), key=lambda one: (one.received_at, one.pk))
    merge(
        merged,
        into=kept,
        reason=given["reason"],
        is_one_person=given["whose"] == SAME,
        between_people=given["whose"] == AGREED,
        by=situation.by,
        at=situation.at,
    )
    return _("%(merged)s goes on in %(kept)s, which came first. It can be taken back.") % {
        "merged": merged.reference,
        "kept": kept.reference,
    }


def why_not_take_back(situation: Situation) -> Refusal | None:
    row = reading.merge_of(situation.case, situation.item or 0)
    return rules.why_not_unmerge(case_state(row.kept), situation.viewer, row)


def do_take_back(situation: Situation, given: Mapping[str, Any]) -> str:
    row = reading.merge_of(situation.case, situation.item or 0)
    unmerge(situation.case, merge=row, reason=given["reason"], by=situation.by, at=situation.at)
    return _("The case goes on by itself again. What was written meanwhile stays in %(kept)s.") % {
        "kept": row.kept.reference
    }


class ApartForm(ActForm):
    """Why it is another matter."""

    reason = text_field(
        gettext_lazy("Why is it another matter?"),
        help_text=gettext_lazy("Only colleagues read it."),
        rows=2,
    )


def why_not_apart(situation: Situation) -> Refusal | None:
    row = reading.repetition_of(situation.viewer, situation.case, situation.item or 0)
    return rules.why_not_keep_apart(situation.state, situation.viewer, row)


def do_keep_apart(situation: Situation, given: Mapping[str, Any]) -> str:
    row = reading.repetition_of(situation.viewer, situation.case, situation.item or 0)
    keep_apart(
        situation.case,
        repetition=row,
        reason=given["reason"],
        by=situation.by,
        at=situation.at,
    )
    return _("It stays apart from %(reference)s.") % {"reference": row.other.reference}


class SplitForm(ActForm):
    """What becomes a case of its own."""

    points = forms.MultipleChoiceField(
        label=gettext_lazy("Points that move"),
        help_text=gettext_lazy("One at least stays here."),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    entries = forms.MultipleChoiceField(
        label=gettext_lazy("What the person wrote about it"),
        help_text=gettext_lazy("It stays here too. The clocks run from the first of it."),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    documents = forms.MultipleChoiceField(
        label=gettext_lazy("Documents that go along"),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    subject = forms.CharField(
        label=gettext_lazy("Title of the new case"),
        max_length=200,
        error_messages={"required": gettext_lazy("Give it a title.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of contact is it?"), choices=Kind.choices
    )
    reason = text_field(gettext_lazy("Why is it a case of its own?"), rows=2)

    def prepare(self) -> None:
        here = self.situation
        self.found: dict[str, dict[str, Any]] = {
            "points": {str(one.ordinal): one for one in here.state.grievances},
            "entries": {str(one.pk): one for one in reading.words_of(here.viewer, here.case)},
            "documents": {str(one.pk): one for one in reading.papers_of(here.viewer, here.case)},
        }
        told: dict[str, Callable[[Any], str]] = {
            "points": lambda one: f"{one.ordinal}. {one.text}",
            "entries": partial(_line_in_words, zone=here.case.entity.timezone),
            "documents": lambda one: str(one.name),
        }
        for name, rows in self.found.items():
            self.fields[name].choices = [(key, told[name](one)) for key, one in rows.items()]  # type: ignore[attr-defined]
            if not rows:
                del self.fields[name]
        self.fields["kind"].initial = here.case.kind

    def chosen(self, name: str) -> list[Any]:
        """The rows that were ticked."""
        return [self.found[name][key] for key in self.cleaned_data.get(name, [])]

    def clean(self) -> dict[str, Any]:
        """With the rows themselves, for the act."""
        return self.cleaned_data | {f"{name}_chosen": self.chosen(name) for name in self.found}


def _line_in_words(entry: Entry, *, zone: str) -> str:
    body = " ".join(body_of(entry).split())
    day = spoken.short_day(local_day(entry.at, zone))
    return f"{day}: {body[:157]}…" if len(body) > 158 else f"{day}: {body}"


def do_split(situation: Situation, given: Mapping[str, Any]) -> str:
    made = split(
        situation.case,
        points=given["points_chosen"],
        messages=given["entries_chosen"],
        documents=given["documents_chosen"],
        subject=given["subject"],
        kind=Kind(given["kind"]),
        reason=given["reason"],
        by=situation.by,
        at=situation.at,
    )
    return _("%(reference)s is a case of its own now; the person gets its receipt.") % {
        "reference": made.case.reference
    }
