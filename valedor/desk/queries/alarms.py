"""Calls for attention that are addressed to somebody, or to their team."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer
from valedor.handling.models import Alarm
from valedor.review.office.access import files_visible_to
from valedor.telling import spoken
from valedor.telling.values import duty_name


@dataclass(frozen=True)
class AlarmRow:
    """One call: what it is about, in which case, since when."""

    words: str
    reference: str
    subject: str
    url: str
    when: str
    at: str
    is_mine: bool
    is_late: bool


def alarm_rows(viewer: Viewer, *, at: datetime, most: int = 100) -> list[AlarmRow]:
    """The newest calls to this viewer or their teams. One query."""
    return _rows(viewer, cases_visible_to(viewer), "desk:case", most)


def office_alarm_rows(viewer: Viewer, *, most: int = 100) -> list[AlarmRow]:
    """The same of the files of the ombudsman's office."""
    return _rows(viewer, files_visible_to(viewer), "desk:office_file", most)


def _rows(viewer: Viewer, cases: QuerySet[Case], page: str, most: int) -> list[AlarmRow]:
    found = (
        Alarm.objects.filter(settled_at=None, case__in=cases)
        .filter(Q(account=viewer.account_id) | Q(account=None, team__in=viewer.teams))
        .select_related("case__entity", "deadline")
        .order_by("-raised_at", "-pk")
    )
    late = {
        Alarm.Cause.OVERDUE,
        Alarm.Cause.LETTER_FAILED,
        Alarm.Cause.REDRESS_LATE,
        Alarm.Cause.AREA_LATE,
        Alarm.Cause.CALL_BACK_LATE,
        Alarm.Cause.NOBODY_ON_DUTY,
        Alarm.Cause.CALL_UNANSWERED,
        Alarm.Cause.ORDER_STANDS,
        Alarm.Cause.OFFICE_LATE,
    }
    return [
        AlarmRow(
            words=words_of(alarm),
            reference=alarm.case.reference,
            subject=alarm.case.subject,
            url=reverse(page, args=[alarm.case.reference]),
            when=spoken.stamp(alarm.raised_at, alarm.case.entity.timezone),
            at=alarm.raised_at.isoformat(),
            is_mine=alarm.account_id == viewer.account_id,
            is_late=alarm.cause in late,
        )
        for alarm in found[:most]
    ]


def words_of(alarm: Alarm) -> str:
    """What somebody has to look at, and what to do."""
    if alarm.case.is_of_the_office and alarm.cause == Alarm.Cause.PERSON_WROTE:
        return _("Something came to the office: read it and go on.")  # From either side.
    duty = duty_name(alarm.deadline.duty) if alarm.deadline else ""
    return {
        Alarm.Cause.DUE_SOON: _("A limit comes near: %(duty)s.") % {"duty": duty},
        Alarm.Cause.OVERDUE: _("A limit has passed: %(duty)s.") % {"duty": duty},
        Alarm.Cause.NOBODY_ELIGIBLE: _("Nobody can take this case: give it to somebody."),
        Alarm.Cause.LETTER_FAILED: _("A letter did not arrive: find another way."),
        Alarm.Cause.WRONG_CODES: _("Many wrong access codes were tried."),
        Alarm.Cause.PERSON_WROTE: _("The person wrote: read it and answer."),
        Alarm.Cause.CURE_LAPSED: _(
            "The missing details did not come in time: decide what follows."
        ),
        Alarm.Cause.REDRESS_LATE: _("What was agreed has not been carried out in time."),
        Alarm.Cause.AREA_LATE: _("An area has not answered in time: ask it once more."),
        Alarm.Cause.NOBODY_ON_DUTY: _("An emergency came and nobody was on duty: see to it."),
        Alarm.Cause.CALL_UNANSWERED: _("Nobody called to this emergency took it: see to it."),
        Alarm.Cause.OFFICE_ASKS: _("The ombudsman's office asks for the company's word."),
        Alarm.Cause.BODY_ASKS: _("Another body asks for the company's word."),
        Alarm.Cause.OFFICE_LATE: _("The ombudsman's office has had no word from us in time."),
        Alarm.Cause.DOCUMENT_HELD: _("A document is in quarantine: decide what becomes of it."),
        Alarm.Cause.CALL_BACK_LATE: _("A call was promised and its hour is over: call them."),
        Alarm.Cause.ORDER_STANDS: _(
            "They withdrew, but their order is being prepared already: decide what becomes of it."
        ),
    }.get(Alarm.Cause(alarm.cause), str(alarm.cause))
