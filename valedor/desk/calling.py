"""A call in words: as a row of the list, what is said first, what is read back before it is saved.

What is said to the caller is in their language, whatever the page's is.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from valedor.casefile.models import Case, Kind
from valedor.channels.models import Call
from valedor.channels.telephone.actions.supervisor import WITHIN
from valedor.channels.telephone.numbers import number_of
from valedor.channels.telephone.numbers import spoken as number_spoken
from valedor.desk.forms.call import CallForm
from valedor.people.models import Account
from valedor.telling import spoken


@dataclass(frozen=True)
class CallRow:
    """A call in the list. ``waits`` is how long it rings or lasts, as minutes and seconds."""

    url: str
    who: str
    line: str
    entity: str
    state: str
    tone: str
    waits: str
    holder: str
    has_priority: bool
    asks_for_lead: bool


def row_of(call: Call, *, at: datetime) -> CallRow:
    """A call as the list shows it."""
    rings = call.state == Call.State.RINGING
    since = (call.offered_at if rings else call.begun_at) or call.last_event_at
    return CallRow(
        url=reverse("desk:call", args=[call.pk]),
        who=who_calls(call),
        line=call.line.name if call.line else _("No line"),
        entity=call.entity.name,
        state=str(call.get_state_display()),
        tone="warn" if rings else "",
        waits=_clock(since, call.ended_at or at),
        holder=call.holder.name if call.holder else call.operator_said,
        has_priority=call.has_priority,
        asks_for_lead=call.lead_asked_at is not None and call.lead_at is None,
    )


def who_calls(call: Call) -> str:
    """The number in groups, what the switchboard says instead, or that it is withheld."""
    if call.caller:
        return number_spoken(call.caller)
    return call.caller_said or _("Number withheld")


def _clock(since: datetime, until: datetime) -> str:
    seconds = max(int((until - since).total_seconds()), 0)
    return f"{seconds // 60}:{seconds % 60:02}"


def stands(call: Call, me: int) -> str:
    """How a call stands, in a sentence."""
    holder = call.holder
    if call.state == Call.State.RINGING:
        return _("It rings.")
    if call.state == Call.State.ABANDONED:
        return _("They hung up before anybody answered.")
    if call.state != Call.State.RUNNING:
        return _("This call is over.")
    if holder is None:
        return _("Somebody talks with them: say so if it is you.")
    if holder.pk != me:
        return _("%(name)s talks with them.") % {"name": holder.name}
    return pgettext("call", "You talk with them.")


# ------------------------------------------------------------------ what is said to the caller
def first_words(call: Call, me: Account, language: str) -> list[str]:
    """What is said first: the house, and one's own name (Ley 10/2025, art. 8.2)."""
    with translation.override(language):
        told = {"entity": call.entity.name, "name": me.name}
        return [
            _("%(entity)s, good day. My name is %(name)s. How can I help you?") % told,
            _("I write down what you tell me and read it to you before I save it."),
        ]


def read_back(form: CallForm) -> list[str]:
    """What was noted, as sentences to read aloud before it is saved. For a valid form."""
    given = form.cleaned_data
    with translation.override(given["language"]):
        told = [
            _("I have noted that this is: %(kind)s.") % {"kind": _kind_of(given)},
            _("What you told me, as I wrote it down: %(words)s") % {"words": given["narrative"]},
        ]
        if form.answered:
            told.append(
                _("What I told you, as we write it to you: %(words)s") % {"words": form.answered}
            )
        if given["remedy_sought"]:
            told.append(_("You ask for this: %(words)s") % {"words": given["remedy_sought"]})
        said = given | {"telephone": _spoken(given["telephone"], form)}
        told += [words % {"value": said[name]} for name, words in _asked() if said[name]]
        if not given["name"]:
            told.append(_("You did not give a name, so nobody can write to you."))
        elif way := _ways().get(given["answer_channel"]):
            told.append(way)
        if given["needs_help"]:
            told.append(_("We give you the time and the help that you need."))
        told.append(pgettext("read aloud to a caller", "Is that right?"))
        return told


def _spoken(number: str, form: CallForm) -> str:
    """A number in the groups in which it is said; what is none, as it was typed."""
    return number_spoken(number_of(number, form.house.entity.country)) or number


def _kind_of(given: dict[str, Any]) -> str:
    return str(Kind(given["kind"]).label).lower()


def _asked() -> list[tuple[str, str]]:
    return [
        ("name", _("Your name is %(value)s.")),
        ("represented_name", _("You speak for %(value)s.")),
        ("contract_number", _("Your contract or customer number is %(value)s.")),
        ("telephone", _("Your telephone number is %(value)s.")),
        ("email", _("Your e-mail address is %(value)s.")),
        ("postal_address", _("Your address is %(value)s.")),
    ]


def _ways() -> dict[str, str]:
    return {
        Case.Channel.EMAIL: _("We answer you by e-mail."),
        Case.Channel.LETTER: _("We answer you by letter."),
        Case.Channel.SMS: _("We answer you by SMS."),
    }


def languages_of(call: Call) -> list[tuple[str, str]]:
    """The languages in which a caller can be spoken to, by their own names."""
    known = dict.fromkeys([call.entity.default_language, *call.entity.languages])
    return [(code, spoken.language_name(code)) for code in known]


def duties() -> list[tuple[str, str]]:
    """What Ley 10/2025 asks of whoever answers, each with its article."""
    return [
        (_("Say your name first. Whoever asks for a person talks with one."), "8.1, 8.2"),
        (_("Whoever asks for a supervisor gets one in this call, else a call today."), "8.3"),
        (_("No call is ended because it waits long."), "8.4"),
        (_("People of 65 or more or with a disability go first."), "10.6"),
        (_("Give the reference in this call."), "11"),
        (_("Nothing is recorded unless they agree."), "12.1"),
        (_("Offer nothing for sale while they complain."), "16.2"),
    ]


def lead_words(call: Call, *, at: datetime) -> str:
    """How it stands with the supervisor that somebody asked for; empty if nobody did."""
    if call.lead_asked_at is None:
        return ""
    zone = call.entity.timezone
    if call.lead is not None and call.lead_at is not None:
        told = {"name": call.lead.name, "when": spoken.hour(call.lead_at, zone)}
        return _("%(name)s spoke to them as a supervisor at %(when)s.") % told
    told = {"when": spoken.hour(call.lead_asked_at, zone)}
    if at - call.lead_asked_at <= WITHIN:
        return _("They asked for a supervisor at %(when)s: within three minutes.") % told
    return (
        _("They asked for a supervisor at %(when)s and none is free: promise a call today.") % told
    )
