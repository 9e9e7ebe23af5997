"""The first words of a chat: kept raw, registered as a case at once, and talked about on."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Case, Kind, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.chat.actions.begin import beginning
from valedor.channels.chat.chat_rules import LONGEST_LINE
from valedor.channels.chat.models import ChatDesk
from valedor.channels.web_form import held as holding
from valedor.channels.web_form.questions import KINDS
from valedor.channels.web_form.registering import Origin
from valedor.channels.web_form.tokens import FormToken
from valedor.foundation import rows
from valedor.intake import attempts
from valedor.intake.actions.receive import receive
from valedor.intake.models import Attempt, HeldSubmission
from valedor.intake.submission import PersonGiven, Submission


class StartForm(forms.Form):
    """What it takes to talk: words. A name and an address help, and nobody need give them."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("What is it about?"),
        help_text=_("A sentence or two. Leave out passwords and card numbers."),
        max_length=LONGEST_LINE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write what it is about: a sentence is enough."),
            "max_length": _(
                "This has %(show_value)d characters; a line takes %(limit_value)d. "
                "Begin with a part of it."
            ),
        },
    )
    kind = forms.ChoiceField(label=_("What would you like to do?"), choices=KINDS)
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("So that we can write to you if the connection breaks."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _("No letter can go to this address. Leave it out, or mend it.")
        },
    )


@dataclass(frozen=True)
class Started:
    """The case that is talked about; ``is_new`` unless the same form had come before."""

    case: Case
    is_new: bool


def start(
    form: StartForm,
    desk: ChatDesk,
    token: FormToken,
    origin: Origin,
    *,
    held: HeldSubmission | None = None,
    at: datetime,
) -> Started:
    """Register a valid form and begin the chat, in one transaction."""
    given = form.cleaned_data
    text = given["text"].strip()
    submission = Submission(
        entity_id=desk.entity_id,
        kind=Kind(given["kind"] or desk.kind),
        channel=Case.Channel.CHAT,
        language=origin.language,
        received_at=origin.received_at,
        person=PersonGiven(name=given["name"], email=given["email"]),
        answer_channel=Case.Channel.EMAIL if given["email"] else Case.Channel.CHAT,
        narrative=text,
        is_marked_abuse=origin.is_past_rate,
        privacy_notice_id=origin.privacy_notice_id,
        raw_id=origin.raw_id,
        token=token.secret,
        team=desk.team,
    )

    def also(case: Case) -> list[rows.Statement]:
        noted = attempts.noting(Attempt.What.SUBMISSION, origin.address, at=at)
        begun = beginning(case, text, language=origin.language, at=origin.received_at)
        return [noted, *begun, *(holding.becoming(held, case.pk) if held else [])]

    try:
        return Started(receive(submission, at=at, also=also).case, is_new=True)
    except IntegrityError:
        with viewing(the_house(desk.entity_id)):
            before = RawMessage.objects.select_related("case__entity").get(token=token.secret)
        if before.case is None:
            raise
        return Started(before.case, is_new=False)
