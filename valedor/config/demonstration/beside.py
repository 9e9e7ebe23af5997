"""What happens beside the cases: somebody is away, a message cannot be read, an old register is
brought in with two rows that nobody understands.
"""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.core.handlers.wsgi import WSGIRequest

from valedor.casefile.models import Case, Stage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.web_form import inbound, left_over
from valedor.config.demonstration.house import FOLDER, Household
from valedor.config.demonstration.perform import Outcome
from valedor.intake.importing.loading import load
from valedor.intake.importing.mapping import mapping_text, read_mapping
from valedor.people.actions.absences import set_absence
from valedor.people.models import Entity
from valedor.portal import posts
from valedor.procedures.house_rules import house_rules

MAPPING = "spreadsheet"


def happen(household: Household, outcomes: Sequence[Outcome], *, until: datetime) -> None:
    """All of it, once the cases are there: each by the action that staff or person would take."""
    told = tomllib.loads((FOLDER / "beside.toml").read_text("utf-8"))
    for key, entity in household.entities.items():
        own = told[key]
        for row in own["away"]:
            _be_away(row, household, entity, until=until)
        for row in own["form"]:
            _send_incomplete(row, entity, at=until - timedelta(hours=row["hours_ago"]))
        for row, case in zip(own["page"], _under_way(entity, outcomes), strict=False):
            _write_from_an_old_page(row, case, at=until - timedelta(hours=row["hours_ago"]))
        for row in own["brought_in"]:
            _bring_in(row["file"], entity, at=until - timedelta(days=row["days_ago"]))


def _be_away(
    row: Mapping[str, Any], household: Household, entity: Entity, *, until: datetime
) -> None:
    """Whoever is away now said so before."""
    today = until.astimezone(ZoneInfo(entity.timezone)).date()
    before = min(row["first"], 0) - 1
    set_absence(
        household.accounts[row["who"]],
        from_on=today + timedelta(days=row["first"]),
        to_on=today + timedelta(days=row["last"]),
        note=row["note"],
        today=today + timedelta(days=before),
        by=household.accounts[row["by"]],
        at=until + timedelta(days=before),
    )


def _send_incomplete(row: Mapping[str, Any], entity: Entity, *, at: datetime) -> None:
    """The public form, sent as it could not be taken; the person has left the page since."""
    path = f"/{entity.key}/complain"
    request = _request(path, {**row["fields"], "step": "send"})
    inbound.keep(request, entity.pk, at=at, told={"language": row["language"]})
    left_over.read_left_over(at + 2 * left_over.WAITS)


def _write_from_an_old_page(row: Mapping[str, Any], case: Case, *, at: datetime) -> None:
    """A message on a case, from a page that had been open since last week."""
    path = f"/{case.entity.key}/case/{case.reference}/messages"
    request = _request(path, {"text": row["text"], "token": "opened-last-week"})
    posts.keep(request, house_rules(case.entity_id), case, at=at)


def _under_way(entity: Entity, outcomes: Sequence[Outcome]) -> list[Case]:
    """Cases that somebody is looking into, for which a further message would come."""
    references = [
        one.reference
        for one in outcomes
        if one.entity == entity.key and one.stage == Stage.INVESTIGATION
    ]
    with viewing(the_house(entity)):
        found = Case.objects.filter(reference__in=references, is_protected=False)
        return list(found.select_related("entity").order_by("-received_at"))


def _bring_in(name: str, entity: Entity, *, at: datetime) -> None:
    mapping = read_mapping(MAPPING)
    digest = hashlib.sha256(mapping_text(MAPPING)).hexdigest()
    load(mapping, digest, [FOLDER / "brought_in" / name], entity, at=at)


def _request(path: str, fields: Mapping[str, str]) -> WSGIRequest:
    """A form as a browser posts it."""
    body = urlencode(fields).encode()
    return WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": path,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": "192.0.2.40",
            "HTTP_USER_AGENT": "Mozilla/5.0",
            "wsgi.input": BytesIO(body),
        }
    )
