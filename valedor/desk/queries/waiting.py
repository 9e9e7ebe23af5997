"""How much waits for somebody beside the queues: calls, letters, questions, approvals.

One statement; every figure stops at a hundred, for beyond that nobody counts.
"""

from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.db import connection

from valedor.casefile.viewing import Viewer, the_house, viewing
from valedor.foundation.questions import Ask
from valedor.people.permissions import Permission
from valedor.review.office.recommendations.rules import SPEAK_FOR_THE_COMPANY

MOST = 100
SOON = timedelta(minutes=30)
"""So long before its hour ends a promised call is counted as waiting."""

_ALARMS = """SELECT 1 FROM handling_alarm WHERE settled_at IS NULL AND case_id > 0
    AND (account_id = %(me)s OR (account_id IS NULL AND team_id = ANY(%(teams)s)))"""
_LETTERS = """SELECT 1 FROM casefile_letter
    WHERE state IN ('waiting', 'refused') AND entity_id = ANY(%(entities)s) AND case_id > 0"""
_HELD = """SELECT 1 FROM casefile_rawmessage
    WHERE state IN ('arrived', 'held') AND state = 'held' AND entity_id = ANY(%(entities)s)
    AND seats <> 5 AND NOT EXISTS (
        SELECT 1 FROM channels_scan WHERE channels_scan.raw_id = casefile_rawmessage.id
    )
    UNION ALL
    SELECT 1 FROM intake_importreject
    WHERE settled_at IS NULL AND entity_id = ANY(%(entities)s)"""
_APPROVALS = """SELECT 1 FROM handling_approval
    WHERE given IS NULL AND entity_id = ANY(%(entities)s)"""
_CHATS = """SELECT 1 FROM channels_chat
    WHERE ended_at IS NULL AND taken_by_id IS NULL AND entity_id = ANY(%(entities)s)"""
_CALLS = """SELECT 1 FROM channels_call LEFT JOIN channels_line ON channels_line.id = line_id
    WHERE state IN ('ringing', 'running') AND state = 'ringing'
    AND channels_call.entity_id = ANY(%(entities)s)
    AND (line_id IS NULL OR team_id IS NULL OR team_id = ANY(%(teams)s)
        OR channels_call.entity_id = ANY(%(leads)s))"""
_CALL_BACKS = """SELECT 1 FROM channels_callback
    WHERE settled_at IS NULL AND next_at <= %(soon)s
    AND entity_id = ANY(%(entities)s)"""
_EMERGENCIES = """SELECT 1 FROM incidents_callout
    WHERE state = 'calling' AND entity_id = ANY(%(entities)s)"""
_SCANS = """SELECT 1 FROM casefile_rawmessage
    JOIN channels_scan ON channels_scan.raw_id = casefile_rawmessage.id
    WHERE state IN ('arrived', 'held') AND casefile_rawmessage.entity_id = ANY(%(entities)s)"""
_THANKS = """SELECT 1 FROM handling_thanks WHERE read_at IS NULL
    AND (account_id = %(me)s OR area_id IN (
        SELECT id FROM procedures_area WHERE procedures_area.team_id = ANY(%(teams)s)))"""
_HEARINGS = """SELECT 1 FROM review_hearing WHERE answered_at IS NULL AND ended_at IS NULL
    AND what NOT IN ('shown', 'notice') AND entity_id = ANY(%(entities)s)"""
_RECOMMENDATIONS = """SELECT 1 FROM review_recommendation
    WHERE answer = '' AND entity_id = ANY(%(advised)s)"""
_OFFICE_ALARMS = _ALARMS.replace("case_id > 0", "case_id < 0")
_OFFICE_LETTERS = """SELECT 1 FROM casefile_letter
    WHERE state IN ('waiting', 'refused') AND entity_id = ANY(%(offices)s) AND case_id < 0"""
_OFFICE_HELD = """SELECT 1 FROM casefile_rawmessage
    WHERE state IN ('arrived', 'held') AND state = 'held' AND seats = 5
    AND entity_id = ANY(%(offices)s)"""
_NONE = "SELECT 1 WHERE false"
_INQUIRIES = """
    SELECT count(*) FROM (
        SELECT 1 FROM handling_inquiry JOIN procedures_area AS area
        ON area.id = handling_inquiry.area_id
        WHERE answered_at IS NULL AND withdrawn_at IS NULL AND area.team_id = ANY(%(teams)s)
        LIMIT 100
    ) AS waiting
"""


class Waiting(NamedTuple):
    """How many of each, a hundred at most."""

    alarms: int = 0
    letters: int = 0
    held: int = 0
    approvals: int = 0
    chats: int = 0
    calls: int = 0
    call_backs: int = 0
    emergencies: int = 0
    scans: int = 0
    thanks: int = 0
    hearings: int = 0
    recommendations: int = 0
    office_held: int = 0
    office_alarms: int = 0
    office_letters: int = 0
    inquiries: int = 0


class AskedWaiting:
    """Figures on their way: asked together with whatever else the frame of a page asks."""

    def __init__(self, ask: Ask, viewer: Viewer, *, at: datetime) -> None:
        works = bool(viewer.permissions & {Permission.HANDLE, Permission.ANSWER_ENQUIRIES})
        advised = viewer.entities_where(*SPEAK_FOR_THE_COMPANY)
        wanted = (
            _ALARMS if works else _NONE,
            _LETTERS if works else _NONE,
            _HELD if works or viewer.may(Permission.AUDIT) else _NONE,
            _APPROVALS if viewer.may(Permission.APPROVE) else _NONE,
            _CHATS if works else _NONE,
            _CALLS if viewer.may(Permission.REGISTER) else _NONE,
            _CALL_BACKS if viewer.may(Permission.REGISTER) else _NONE,
            _EMERGENCIES if works else _NONE,
            _SCANS if works or viewer.may(Permission.AUDIT) else _NONE,
            _THANKS if viewer.may(Permission.SEE_CASES) else _NONE,
            _HEARINGS if viewer.may(Permission.HANDLE) else _NONE,
            _RECOMMENDATIONS if advised else _NONE,
            *(
                one if viewer.may(Permission.WORK_IN_OFFICE) else _NONE
                for one in (_OFFICE_HELD, _OFFICE_ALARMS, _OFFICE_LETTERS)
            ),
        )
        values: dict[str, Any] = {
            "me": viewer.account_id,
            "teams": list(viewer.teams),
            "entities": list(viewer.entities),
            "advised": advised,
            "offices": viewer.entities_where(Permission.WORK_IN_OFFICE),
            "leads": viewer.entities_where(Permission.ASSIGN),
            "most": MOST,
            "soon": at + SOON,
        }
        asks = any(one != _NONE for one in wanted)
        self._found = ask.rows(_together(wanted), values) if asks else []
        self._viewer, self._values = viewer, values

    def waiting(self) -> Waiting:
        """What the answers make, after the round trip."""
        counted = Waiting(*self._found[0]) if self._found else Waiting()
        return counted._replace(inquiries=_asked_of(self._viewer, self._values))


@cache
def _together(wanted: tuple[str, ...]) -> str:
    counts = ", ".join(
        f"(SELECT count(*) FROM ({one} LIMIT %(most)s) AS waiting)"  # noqa: S608 -- our own text
        for one in wanted
    )
    return f"SELECT {counts}"


def _asked_of(viewer: Viewer, values: dict[str, Any]) -> int:
    """An area sees no case, so what it is asked is read for it by the house."""
    if not viewer.may(Permission.ANSWER_AS_AREA):
        return 0
    with viewing(the_house()), connection.cursor() as cursor:
        cursor.execute(_INQUIRIES, values)
        return int(cursor.fetchone()[0])
