"""Contacts that are served with a word: thanks are passed on to whom they are for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts import queries as reading
from valedor.acts.act import ActForm, Situation
from valedor.acts.words import text_field
from valedor.casefile.models import Kind
from valedor.handling.actions.pass_on import pass_on

AREA, ACCOUNT = "area-", "staff-"


def is_thanks(situation: Situation) -> bool:
    """Whether there is anything to pass on."""
    return situation.case.kind == Kind.THANKS


class PassOnForm(ActForm):
    """Whom the thanks are for, and in which words they hear it."""

    whom = forms.ChoiceField(
        label=gettext_lazy("Whom are the thanks for?"),
        error_messages={
            "required": gettext_lazy(
                "Choose whom the thanks are for: an area, or one of the staff."
            ),
        },
    )
    text = text_field(
        gettext_lazy("What do they read?"),
        help_text=gettext_lazy("The words of the person, best as they are."),
    )

    def prepare(self) -> None:
        case = self.situation.case
        areas = [(f"{AREA}{one.pk}", str(one.name)) for one in reading.areas_of(case)]
        people = [(f"{ACCOUNT}{one.pk}", one.name) for one in reading.staff_of(case)]
        self.fields["whom"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose whom the thanks are for")),
            (_("Areas"), areas),
            (_("People"), people),
        ]
        self.fields["text"].initial = reading.first_words_of(case)


def do_pass_on(situation: Situation, given: Mapping[str, Any]) -> str:
    kind, _dash, key = str(given["whom"]).partition("-")
    areas = {str(one.pk): one for one in reading.areas_of(situation.case)}
    people = {str(one.pk): one for one in reading.staff_of(situation.case)}
    pass_on(
        situation.case,
        area=areas[key] if f"{kind}-" == AREA else None,
        account=people[key] if f"{kind}-" == ACCOUNT else None,
        text=given["text"],
        by=situation.by,
        at=situation.at,
    )
    return _("Passed on: they read it among their thanks.")
