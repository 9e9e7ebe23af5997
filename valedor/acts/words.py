"""Messages, notes, questions, documents."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts import queries as reading
from valedor.acts.act import ActForm, Situation
from valedor.acts.files import add_files, files_field
from valedor.casefile.models import Case, Document
from valedor.clocks.fresh import end_of_day
from valedor.design.forms import DayInput, MomentInput
from valedor.foundation.refusals import Refusal
from valedor.handling import rules
from valedor.handling.actions.ask import ask, withdraw_question
from valedor.handling.actions.ask_area import answer_inquiry, ask_area
from valedor.handling.actions.judge_document import judge_document
from valedor.handling.actions.receive_message import receive_message
from valedor.handling.actions.send_message import send_message
from valedor.handling.actions.write_note import write_note
from valedor.handling.area_limit import area_limit
from valedor.telling import spoken

SPOKEN = [
    (Case.Channel.TELEPHONE, Case.Channel.TELEPHONE.label),
    (Case.Channel.IN_PERSON, Case.Channel.IN_PERSON.label),
    (Case.Channel.EMAIL, Case.Channel.EMAIL.label),
    (Case.Channel.LETTER, Case.Channel.LETTER.label),
    (Case.Channel.FAX, Case.Channel.FAX.label),
    (Case.Channel.CHAT, Case.Channel.CHAT.label),
]


def text_field(label: Any, *, help_text: Any = "", rows: int = 6) -> forms.CharField:
    """A text that has to be written."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": gettext_lazy("Write something first.")},
    )


class MessageForm(ActForm):
    """What the person will read."""

    text = text_field(gettext_lazy("Your message"))


def do_send_message(situation: Situation, given: Mapping[str, Any]) -> str:
    send_message(situation.case, text=given["text"], by=situation.by, at=situation.at)
    return _("The message is on its way.")


class NoteForm(ActForm):
    """What stays in the house."""

    text = text_field(
        gettext_lazy("Internal note"), help_text=gettext_lazy("Only colleagues read it.")
    )


def do_write_note(situation: Situation, given: Mapping[str, Any]) -> str:
    write_note(situation.case, text=given["text"], by=situation.by, at=situation.at)
    return _("The note is kept.")


class _WithDay(ActForm):
    answer_by = forms.DateField(
        label=gettext_lazy("Until when, if there is a day"), required=False, widget=DayInput()
    )

    def clean_answer_by(self) -> datetime | None:
        """The end of that day by the entity's clocks."""
        day = self.cleaned_data["answer_by"]
        if day is None:
            return None
        end = end_of_day(day, self.situation.zone)
        if end <= self.situation.at:
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        return end


class QuestionForm(_WithDay):
    """What is asked of the person."""

    text = text_field(gettext_lazy("What do you want to know?"))
    field_order = ("text", "answer_by")


def do_ask(situation: Situation, given: Mapping[str, Any]) -> str:
    made = ask(
        situation.case,
        text=given["text"],
        answer_by=given["answer_by"],
        by=situation.by,
        at=situation.at,
    )
    if made.pauses:
        return _("Asked. The clock waits for the answer.")
    return _("Asked. The clock goes on: the rules that hold here do not let it wait.")


def why_not_withdraw_question(situation: Situation) -> Refusal | None:
    inquiry = reading.inquiry_of(situation.case, situation.item or 0)
    return rules.why_not_withdraw_question(situation.state, situation.viewer, inquiry)


def do_withdraw_question(situation: Situation, given: Mapping[str, Any]) -> str:
    withdraw_question(
        situation.case,
        inquiry=reading.inquiry_of(situation.case, situation.item or 0),
        by=situation.by,
        at=situation.at,
    )
    return _("The question needs no answer any more.")


class AreaQuestionForm(_WithDay):
    """What an area of the house is asked. It sees the question, not the case."""

    area = forms.ChoiceField(label=gettext_lazy("Which area?"))
    text = text_field(
        gettext_lazy("What do you need from them?"),
        help_text=gettext_lazy("They see this text and nothing else of the case."),
    )
    field_order = ("area", "text", "answer_by")

    def prepare(self) -> None:
        self.areas = {str(one.pk): one for one in reading.areas_of(self.situation.case)}
        self.fields["area"].choices = [(key, str(one.name)) for key, one in self.areas.items()]  # type: ignore[attr-defined]
        usual = area_limit(self.situation.state, at=self.situation.at).due_at
        self.fields["answer_by"].help_text = _(
            "If you name none, they have until %(day)s. It never ends after the answer is due."
        ) % {"day": spoken.end_of_limit(usual, self.situation.case.entity.timezone)}
        if self.situation.case.area_id:
            self.fields["area"].initial = str(self.situation.case.area_id)


def do_ask_area(situation: Situation, given: Mapping[str, Any]) -> str:
    areas = {str(one.pk): one for one in reading.areas_of(situation.case)}
    area = areas[given["area"]]
    ask_area(
        situation.case,
        area=area,
        text=given["text"],
        answer_by=given["answer_by"],
        by=situation.by,
        at=situation.at,
    )
    return _("%(area)s was asked.") % {"area": str(area.name)}


def why_not_answer(situation: Situation) -> Refusal | None:
    inquiry = reading.inquiry_of(situation.case, situation.item or 0)
    return rules.why_not_answer_inquiry(situation.viewer, inquiry)


def do_answer_inquiry(situation: Situation, given: Mapping[str, Any]) -> str:
    answer_inquiry(
        situation.case,
        inquiry=reading.inquiry_of(situation.case, situation.item or 0),
        text=given["text"],
        by=situation.by,
        at=situation.at,
    )
    return _("The answer of the area is in the file.")


class AreaAnswerForm(ActForm):
    """What the area said."""

    text = text_field(gettext_lazy("What does the area answer?"))


class ReceivedForm(ActForm):
    """What the person said or wrote, by another way than the web."""

    channel = forms.ChoiceField(label=gettext_lazy("How did it reach us?"), choices=SPOKEN)
    received_at = forms.DateTimeField(
        label=gettext_lazy("When did it reach us?"), widget=MomentInput()
    )
    text = text_field(gettext_lazy("What did they say?"))
    file = files_field(gettext_lazy("What they brought along"))

    def clean_received_at(self) -> datetime:
        received: datetime = self.cleaned_data["received_at"]
        if received > self.situation.at:
            raise forms.ValidationError(_("This moment has not come yet."))
        return received


def just_now(situation: Situation) -> Mapping[str, Any]:
    return {"received_at": timezone.localtime(situation.at, situation.zone)}


def do_receive_message(situation: Situation, given: Mapping[str, Any]) -> str:
    receive_message(
        situation.case,
        text=given["text"],
        channel=Case.Channel(given["channel"]),
        by=situation.by,
        at=given["received_at"],
        recorded_at=situation.at,
    )
    add_files(situation, situation.files, side=Document.Side.COMPLAINANT)
    return _("Written down.")


class DocumentForm(ActForm):
    """Files for the case: evidence of one side or the other, or papers of the house."""

    file = files_field(help_text=gettext_lazy("Several at once, if you like."))
    side = forms.ChoiceField(
        label=gettext_lazy("Whose are they?"),
        choices=[
            (Document.Side.COMPLAINANT, gettext_lazy("The person's")),
            (Document.Side.COMPANY, gettext_lazy("Ours")),
        ],
        initial=Document.Side.COMPANY,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )
    internal = forms.BooleanField(
        label=gettext_lazy("Internal: the person does not see it."), required=False
    )
    in_mediation = forms.BooleanField(
        label=gettext_lazy("For the mediation alone"),
        help_text=gettext_lazy("It is confidential: no dossier for another body takes it along."),
        required=False,
    )

    def prepare(self) -> None:
        sides = self.fields["side"]
        if self.situation.state.is_before_a_body:
            body = (Document.Side.BODY, gettext_lazy("Of the body that has the case"))
            sides.choices = [*sides.choices, body]  # type: ignore[attr-defined]
        if not self.situation.state.is_in_mediation:
            del self.fields["in_mediation"]

    def clean(self) -> dict[str, Any]:
        if not self.situation.files:
            self.add_error("file", _("Choose a file."))
        return self.cleaned_data


def do_add_document(situation: Situation, given: Mapping[str, Any]) -> str:
    side = Document.Side(given["side"])
    internal = given["internal"] and side == Document.Side.COMPANY
    added = add_files(
        situation,
        situation.files,
        internal=internal,
        in_mediation=given.get("in_mediation", False),
        side=side,
    )
    if not added:
        return _("No file could be taken.")
    return _("In the file: %(names)s.") % {"names": ", ".join(one.name for one in added)}


class QuarantineForm(ActForm):
    """What becomes of a document in which something harmful was found."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("What becomes of it?"),
        choices=[
            ("stays", gettext_lazy("It stays where it is")),
            ("harmless", gettext_lazy("It does no harm: let it out")),
        ],
        initial="stays",
        widget=forms.RadioSelect(),
    )
    reason = text_field(gettext_lazy("Reason"), rows=2)


def name_in_quarantine(situation: Situation) -> str:
    held = reading.document_of(situation.viewer, situation.case, situation.item or 0)
    return _("In quarantine: %(name)s (%(found)s)") % {"name": held.name, "found": held.found}


def why_not_judge_document(situation: Situation) -> Refusal | None:
    held = reading.document_of(situation.viewer, situation.case, situation.item or 0)
    return rules.why_not_judge_document(situation.state, situation.viewer, held)


def do_judge_document(situation: Situation, given: Mapping[str, Any]) -> str:
    is_harmless = given["verdict"] == "harmless"
    judge_document(
        situation.case,
        document=reading.document_of(situation.viewer, situation.case, situation.item or 0),
        is_harmless=is_harmless,
        reason=given["reason"],
        by=situation.by,
        at=situation.at,
    )
    return _("It can be saved now.") if is_harmless else _("It stays in quarantine.")
