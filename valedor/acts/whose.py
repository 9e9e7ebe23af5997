"""Whose case it is, when it was written down under the wrong person."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.act import ActForm, Situation
from valedor.acts.persons import Known, known_as
from valedor.acts.words import text_field
from valedor.casefile.models import Case
from valedor.handling.actions.correct import correct_person
from valedor.people.actions.add_person import add_person
from valedor.people.models import ContactPoint


class WhoseForm(ActForm):
    """Somebody whom the house knows, found by what tells them apart; else somebody new."""

    known = forms.CharField(
        label=gettext_lazy("Somebody we know"),
        help_text=gettext_lazy(
            "Their e-mail, telephone or identity number, or the reference of another case of "
            "theirs. Leave it empty for somebody new."
        ),
        required=False,
        max_length=200,
    )
    person = forms.ChoiceField(
        label=gettext_lazy("Which of them?"), required=False, widget=forms.RadioSelect()
    )
    name = forms.CharField(
        label=gettext_lazy("Somebody new: the name"), required=False, max_length=200
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    telephone = forms.CharField(label=gettext_lazy("Telephone"), required=False, max_length=40)
    postal_address = forms.CharField(
        label=gettext_lazy("Postal address"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = text_field(gettext_lazy("What was wrong, and how do you know?"), rows=2)

    def prepare(self) -> None:
        typed = str(self.data.get("known") or "")
        self.found = [one for one in self._known_as(typed) if one.counts_as is None]
        if len(self.found) > 1:
            self.fields["person"].choices = [  # type: ignore[attr-defined]
                (str(one.person.pk), _in_words(one)) for one in self.found
            ]
        else:
            del self.fields["person"]

    def _known_as(self, typed: str) -> list[Known]:
        """Those of whom this viewer sees a case, but for whose case it is now."""
        case = self.situation.case
        return [
            one
            for one in known_as(self.situation.viewer, typed)
            if one.person.pk != case.complainant_id
        ]

    def clean(self) -> dict[str, Any]:
        """One of those found, or somebody with a name."""
        given = self.cleaned_data
        if given.get("known", "").strip():
            if not self.found:
                self.add_error(
                    "known",
                    _("Nobody else is known by that. Leave it empty and write who it is below."),
                )
            elif len(self.found) > 1 and not given.get("person") and "person" not in self.errors:
                self.add_error("person", _("Several people are known by that: choose one."))
        elif not given.get("name", "").strip():
            self.add_error("name", _("Write who it is, or how we know them."))
        return given


def _in_words(one: Known) -> str:
    told = [one.person.place, *(case.reference for case in one.cases[:2])]
    return f"{one.person.name or _('Without a name')} ({', '.join(filter(None, told))})"


def do_person(situation: Situation, given: Mapping[str, Any]) -> str:
    """The person who was found or chosen, or a new record."""
    case, at = situation.case, situation.at
    if given["known"].strip():
        found = [
            one.person
            for one in known_as(situation.viewer, given["known"])
            if one.counts_as is None and one.person.pk != case.complainant_id
        ]
        wanted = given.get("person") or str(found[0].pk)
        person = next(one for one in found if str(one.pk) == wanted)
    else:
        person = add_person(
            given["name"],
            language=case.language,
            country=case.entity.country,
            reached_at={
                ContactPoint.Kind.EMAIL: given["email"],
                ContactPoint.Kind.TELEPHONE: given["telephone"],
                ContactPoint.Kind.POST: given["postal_address"],
            },
            at=at,
        )
    correct_person(case, person=person, reason=given["reason"], by=situation.by, at=at)
    if case.channel != Case.Channel.IMPORT:
        situation.said.append(
            _("The access code and the links of before open nothing any more: give a new code.")
        )
    return _("Corrected: the case is theirs.")
