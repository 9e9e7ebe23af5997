"""One text to many: the answer to every case of an incident, and word to those it is known to hit.

Nobody writes to many unawares: whoever asks for it says how many it reaches, as they have read it,
and where it is another number by then nothing is sent.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from valedor.acts.desk.desk_act import Desk, DeskForm
from valedor.acts.desk.incidents import incident_of, why_not_work_on
from valedor.acts.forms.incidents import AnswerForm
from valedor.acts.reading import incidents as reading
from valedor.foundation.refusals import Refusal
from valedor.incidents.collective import incident_rules
from valedor.incidents.collective.actions.answer import answer_rest, order_answer
from valedor.incidents.collective.actions.tell_affected import order_notices
from valedor.incidents.collective.affected import untold
from valedor.incidents.collective.models import IncidentLine
from valedor.people.models import ContactPoint

MOST = 1_000_000
_OTHERWISE = gettext_lazy("It would reach %(limit_value)s now: read whom, then say that number.")


def count_field(label: Any, number: int | None = None) -> forms.IntegerField:
    """How many it reaches: that number and no other."""
    return forms.IntegerField(
        label=label,
        min_value=1 if number is None else number,
        max_value=MOST if number is None else number,
        error_messages={
            "required": gettext_lazy("Say how many it reaches, as you have read it."),
            "min_value": _OTHERWISE,
            "max_value": _OTHERWISE,
        },
    )


class AnswerAllForm(AnswerForm):
    """The answer, and how many cases get it."""

    grows: ClassVar[str] = ""

    cases = count_field(gettext_lazy("How many cases get it"))

    def __init__(self, situation: Desk, *data: Any) -> None:
        self.situation, found = situation, incident_of(situation)
        super().__init__(*data, entity=found.entity)
        number = reading.without_answer(situation.viewer, found)
        self.fields["cases"] = count_field(self.fields["cases"].label, number)

    def clean(self) -> dict[str, Any]:
        """With the words as one text."""
        return dict(super().clean() or {}) | {"told": self.words("words")}


class RestForm(DeskForm):
    """How many cases joined since."""

    cases = count_field(gettext_lazy("How many cases get it"))

    def prepare(self) -> None:
        number = reading.without_answer(self.situation.viewer, incident_of(self.situation))
        self.fields["cases"] = count_field(self.fields["cases"].label, number)


class NoticeForm(DeskForm):
    """How many people get the words of a line."""

    people = count_field(gettext_lazy("How many people get it"))

    def prepare(self) -> None:
        """With the number and the ways, for whoever asks before it goes."""
        line = line_of(self.situation)
        reached = untold(line, at=self.situation.at)
        ways = Counter(way.kind for _person, way in reached)
        field = count_field(self.fields["people"].label, len(reached))
        told = {
            "mails": ways[ContactPoint.Kind.EMAIL],
            "messages": ways[ContactPoint.Kind.TELEPHONE],
        }
        field.help_text = _("%(mails)s by e-mail, %(messages)s by SMS.") % told
        self.fields["people"] = field


def why_not_answer(desk: Desk) -> Refusal | None:
    found = incident_of(desk)
    return incident_rules.why_not_work(
        desk.viewer, found.entity_id
    ) or incident_rules.why_not_answer(
        found,
        members=reading.without_answer(desk.viewer, found),
        answered=reading.answer_of(found) is not None,
    )


def do_answer(desk: Desk, given: Mapping[str, Any]) -> str:
    order_answer(incident_of(desk), words=given["told"], by=desk.account, at=desk.at)
    return _going_out(given["cases"])


def why_not_answer_rest(desk: Desk) -> Refusal | None:
    found = incident_of(desk)
    return why_not_work_on(desk.viewer, found) or incident_rules.why_not_answer_rest(
        answered=reading.answer_of(found) is not None,
        rest=reading.without_answer(desk.viewer, found),
    )


def do_answer_rest(desk: Desk, given: Mapping[str, Any]) -> str:
    answer_rest(incident_of(desk), by=desk.account, at=desk.at)
    return _going_out(given["cases"])


def _going_out(cases: int) -> str:
    words = ngettext(
        "The answer goes to %(number)s case now.", "The answer goes to %(number)s cases now.", cases
    )
    return words % {"number": cases}


def line_of(desk: Desk) -> IncidentLine:
    """The line of an incident that the address names, as ``7:31``. Raises ``Http404``."""
    incident, colon, line = desk.thing.partition(":")
    numbers = [one for one in (incident, line) if one.isdecimal() and len(one) <= 18]
    if not colon or len(numbers) != 2:
        raise Http404
    found = reading.incident_for(desk.viewer, int(incident))
    return reading.line_of(found, int(line))


def why_not_send(desk: Desk) -> Refusal | None:
    line = line_of(desk)
    refusal = why_not_work_on(desk.viewer, line.incident)
    return refusal or incident_rules.why_not_send(line, affected=len(untold(line, at=desk.at)))


def do_send(desk: Desk, given: Mapping[str, Any]) -> str:
    people = order_notices(line_of(desk), by=desk.account, at=desk.at)
    said = ngettext(
        "It goes to %(number)s person now.", "It goes to %(number)s people now.", people
    )
    return said % {"number": people}
