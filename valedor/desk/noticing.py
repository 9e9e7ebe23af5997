"""Incidents as whoever answers can tell them at once, before anything is written down."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from valedor.channels.models import Call
from valedor.incidents.collective.notices import Notice, notices_before_writing
from valedor.incidents.collective.on_the_telephone import befalling, caller_at
from valedor.procedures.house_rules import HouseRules, house_rules
from valedor.telling import spoken


@dataclass(frozen=True)
class NoticeRow:
    """An incident to be told. ``befalls`` says that it surely befalls whoever calls."""

    title: str
    words: str
    when: str
    where: str
    url: str
    language: str
    befalls: bool


def notices_to_tell(house: HouseRules, *, at: datetime) -> list[NoticeRow]:
    """What is known, in the language of the page."""
    return [_row(one, house) for one in notices_before_writing(house, at=at)]


def notices_in_call(call: Call, *, language: str, at: datetime) -> list[NoticeRow]:
    """The same in the language of a call: first what surely befalls whoever calls."""
    house = house_rules(call.entity_id)
    known = notices_before_writing(house, at=at)
    if not known:
        return []
    caller = caller_at(house.entity, call.caller, at=at)
    sure = {one.id for one, is_sure in befalling(house, caller, at=at) if is_sure}
    with translation.override(language):
        rows = [_row(one, house, language=language, befalls=one.id in sure) for one in known]
    return sorted(rows, key=lambda row: not row.befalls)


def _row(one: Notice, house: HouseRules, *, language: str = "", befalls: bool = False) -> NoticeRow:
    zone = house.entity.timezone
    return NoticeRow(
        title=str(one.title),
        words=str(one.told[0].words) if one.told else "",
        when=_("ended on %(when)s") % {"when": spoken.moment(one.ended_at, zone)}
        if one.ended_at
        else _("expected until %(when)s") % {"when": spoken.moment(one.expected_end_at, zone)},
        where=", ".join(one.places),
        url=reverse("desk:incident", args=[one.id]),
        language=language,
        befalls=befalls,
    )
