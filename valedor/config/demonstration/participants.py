"""Who else is let in: associations, interpreters, family, each to a case under way, and one to a
file of the ombudsman. What they say stands under their names.
"""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.models import Case, Kind, Stage
from valedor.casefile.viewing import the_house, viewing
from valedor.config.demonstration.house import FOLDER, Household
from valedor.config.demonstration.leaving import letters_leave
from valedor.config.demonstration.perform import Outcome
from valedor.handling.actions.receive_message import receive_message
from valedor.participants.actions.let_in import let_in
from valedor.participants.queries import author_of
from valedor.participants.rules import Invited
from valedor.people.models import Entity
from valedor.review.office.actions.hear import say
from valedor.review.office.models import Proceeding


def come_in(household: Household, outcomes: Sequence[Outcome], *, until: datetime) -> None:
    """All of them, once the cases and the files are there."""
    told = tomllib.loads((FOLDER / "participants.toml").read_text("utf-8"))
    for key, entity in household.entities.items():
        for row, case in zip(told[key]["in"], _under_way(entity, outcomes), strict=False):
            _let_in(row, case, until=until)
        for row, file in zip(told[key]["file"], _being_heard(entity), strict=False):
            _let_in(row, file, until=until)


def _let_in(row: Mapping[str, Any], case: Case, *, until: datetime) -> None:
    at = until - timedelta(hours=row["hours_ago"])
    last = None
    if "days" in row:
        today = at.astimezone(ZoneInfo(case.entity.timezone)).date()
        last = today + timedelta(days=row["days"])
    invited = Invited(
        name=row["name"],
        role=row["role"],
        scope=row["scope"],
        language=row["language"],
        organisation=row.get("organisation", ""),
        email=row.get("email", ""),
        postal_address=row.get("postal_address", ""),
        gets_letters=row.get("gets_letters", False),
        expires_on=last,
    )
    who = let_in(case, invited, by=COMPLAINANT, at=at).participant
    if text := row.get("said", ""):
        later, by = at + timedelta(hours=1), author_of(who)
        if case.is_of_the_office:
            say(case, text=text, by=by, at=later)
        else:
            receive_message(case, text=text, channel=Case.Channel.WEB_FORM, by=by, at=later)
    letters_leave(case, at)


def _under_way(entity: Entity, outcomes: Sequence[Outcome]) -> list[Case]:
    """Complaints that wait for the house, of people whom it knows by name, the oldest first."""
    references = [one.reference for one in outcomes if one.entity == entity.key]
    with viewing(the_house(entity)):
        found = Case.objects.filter(
            reference__in=references,
            kind__in=[Kind.COMPLAINT, Kind.CLAIM],
            closed_at=None,
            is_protected=False,
            complainant__isnull=False,
            mandate=None,
        ).exclude(stage=Stage.ANSWERED)
        return list(found.select_related("entity", "complainant").order_by("received_at"))


def _being_heard(entity: Entity) -> list[Case]:
    """Files of the office in which both sides are heard."""
    with viewing(the_house(entity)):
        found = Proceeding.objects.filter(
            entity=entity, state=Proceeding.State.ADMITTED, case__mandate=None
        )
        rows = found.select_related("case__entity", "case__complainant").order_by("brought_at")
        return [one.case for one in rows]
