"""Notices of incidents as the public reads them, in the language of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from valedor.incidents.collective.notices import Notice, notices, notices_before_writing
from valedor.procedures.house_rules import HouseRules
from valedor.telling import spoken


@dataclass(frozen=True)
class Update:
    """What was said, and when."""

    words: str
    when: str
    at: str


@dataclass(frozen=True)
class ToldNotice:
    """A notice, ready to be drawn. ``updates`` are the latest first."""

    anchor: str
    title: str
    where: str
    since: str
    until: str
    is_over: bool
    updates: Sequence[Update]


def before_writing(house: HouseRules, *, at: datetime) -> list[ToldNotice]:
    """What whoever is about to write, talk or call should read first."""
    return [_told(one, house) for one in notices_before_writing(house, at=at)]


def all_notices(house: HouseRules, *, at: datetime) -> list[ToldNotice]:
    """Those that last, then those that ended lately."""
    return [_told(one, house) for one in notices(house, at=at)]


def _told(one: Notice, house: HouseRules) -> ToldNotice:
    zone = house.entity.timezone
    if one.ended_at is not None:
        until = _("It ended on %(when)s.") % {"when": spoken.moment(one.ended_at, zone)}
    else:
        expected = spoken.moment(one.expected_end_at, zone)
        until = _("Expected until %(when)s.") % {"when": expected}
    return ToldNotice(
        anchor=f"notice-{one.id}",
        title=str(one.title),
        where=", ".join(one.places),
        since=_("Since %(when)s.") % {"when": spoken.moment(one.began_at, zone)},
        until=until,
        is_over=one.ended_at is not None,
        updates=[
            Update(str(told.words), spoken.stamp(told.at, zone), told.at.isoformat())
            for told in one.told
        ],
    )
