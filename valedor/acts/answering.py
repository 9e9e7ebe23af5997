"""The answer, and words that it takes longer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.act import ActForm, Situation
from valedor.acts.words import text_field
from valedor.casefile.letters import LINK_MARK, page_of
from valedor.design.forms import DayInput
from valedor.handling import answer_letter
from valedor.handling.actions.extend import extend
from valedor.handling.actions.respond import preview_response, respond
from valedor.handling.actions.take_back_answer import take_back_answer
from valedor.handling.actions.tell_delay import tell_delay
from valedor.handling.models import Response
from valedor.procedures.letter_templates import is_filled, shipped_letters
from valedor.procedures.vocabulary_tables import word

PLACE = "place_"


class ResponseForm(ActForm):
    """The words around what was decided; what the regime asks for beyond them is asked here."""

    grows = PLACE
    opening = forms.CharField(
        label=gettext_lazy("How the letter begins"),
        help_text=gettext_lazy("The points, reasons and what is offered follow by themselves."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    def prepare(self) -> None:
        state = self.situation.state
        key = answer_letter.key_of(state)
        if key == "message":
            self.fields["opening"].label = _("Your answer")
            self.fields["opening"].help_text = ""
            self.fields["opening"].required = True
            self.fields["opening"].error_messages["required"] = _("Write the answer first.")
        elif key == "inadmission":
            del self.fields["opening"]
        known = answer_letter.places_of(state, at=self.situation.at, opening="…", typed={})
        for content in answer_letter.required_contents(state):
            for place in shipped_letters()[key].contents.get(content, ()):
                if not is_filled(place, known) and place not in _FRAMED:
                    self.fields[f"{PLACE}{place}"] = forms.CharField(
                        label=word("content", content),
                        widget=forms.Textarea(attrs={"rows": 2}),
                        error_messages={"required": _("Write something first.")},
                    )


_FRAMED = {"reference", "entity", "telephone", "opening_hours", "case_page", "signed_by", "points"}


def typed_places(given: Mapping[str, Any]) -> dict[str, str]:
    """What was typed into the further places of the letter."""
    return {
        name.removeprefix(PLACE): text
        for name, text in given.items()
        if name.startswith(PLACE) and text
    }


def letter_preview(situation: Situation, form: ActForm) -> Mapping[str, Any]:
    """The letter as it would go with what is typed so far."""
    source: Mapping[str, Any] = form.data if form.is_bound else form.initial
    typed = {name: str(source.get(name) or "") for name in form.fields}
    preview = preview_response(
        situation.case,
        by=situation.by,
        at=situation.at,
        opening=typed.get("opening", ""),
        places=typed_places(typed),
    )
    # The way to the case is put in when the letter leaves, for whoever it goes to.
    text = preview.body.replace(LINK_MARK, page_of(situation.case))
    return {"preview": preview, "letter_text": text}


def do_respond(situation: Situation, given: Mapping[str, Any]) -> str:
    response: Response = respond(
        situation.case,
        opening=given.get("opening", ""),
        places=typed_places(given),
        by=situation.by,
        at=situation.at,
    )
    if response.letter is None:
        return _("The answer is on the page of the case.")
    if response.letter.state == response.letter.State.WAITING:
        return _("The answer is written. It waits to be printed and posted: only then it counts.")
    held = situation.case.entity.seconds_to_take_back
    if held:
        situation.keeps_what_was_typed = True
        return _("The answer leaves in %(number)s seconds; until then you can take it back.") % {
            "number": held
        }
    return _("The answer is on its way. It counts when the mail server has taken it.")


def do_take_back(situation: Situation, given: Mapping[str, Any]) -> str:
    take_back_answer(situation.case, by=situation.by, at=situation.at)
    situation.next_noun = "response"
    return _("The answer was taken back: nothing reached the person. Here is what you had written.")


class ExtensionForm(ActForm):
    """By how much, and why."""

    length = forms.IntegerField(
        label=gettext_lazy("By how much?"),
        help_text=gettext_lazy("In the unit of the limit: days, business days or months."),
        min_value=1,
        max_value=3650,
    )
    reason = text_field(
        gettext_lazy("Why?"), help_text=gettext_lazy("The person reads it."), rows=3
    )
    done_so_far = forms.CharField(
        label=gettext_lazy("What has been done so far"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )


def do_extend(situation: Situation, given: Mapping[str, Any]) -> str:
    extend(
        situation.case,
        length=given["length"],
        reason=given["reason"],
        done_so_far=given["done_so_far"],
        by=situation.by,
        at=situation.at,
    )
    return _("Extended; the person is told with the reasons.")


class DelayForm(ActForm):
    """Why it takes longer, and until when."""

    reason = text_field(
        gettext_lazy("Why does it take longer?"),
        help_text=gettext_lazy("The person reads it."),
        rows=3,
    )
    expected_on = forms.DateField(
        label=gettext_lazy("When can they expect the answer?"),
        widget=DayInput(),
        error_messages={"required": gettext_lazy("Name a day.")},
    )
    done_so_far = forms.CharField(
        label=gettext_lazy("What has been done so far"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )


def do_tell_delay(situation: Situation, given: Mapping[str, Any]) -> str:
    tell_delay(
        situation.case,
        reason=given["reason"],
        expected_on=given["expected_on"],
        done_so_far=given["done_so_far"],
        by=situation.by,
        at=situation.at,
    )
    return _("The person is told. No legal limit moves by it.")
