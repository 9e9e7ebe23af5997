"""Public messages of the last days: noted by an agent, and brought in once their authors agreed."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from valedor.casefile.arrivals import raw_of
from valedor.casefile.models import Case, Kind, RawMessage
from valedor.casefile.viewing import the_house, viewer_of, viewing
from valedor.channels.social.actions.answer import agree
from valedor.channels.social.actions.note import note_public_message
from valedor.channels.web_form.registering import Origin
from valedor.channels.web_form.tokens import new_token
from valedor.config.demonstration.house import FOLDER, Household
from valedor.config.demonstration.leaving import letters_leave
from valedor.foundation import rows
from valedor.intake.submission import PersonGiven
from valedor.people.models import Account, Entity, Role
from valedor.procedures.house_rules import house_rules

_UNTIL_ASKED = timedelta(hours=1)
_UNTIL_ANSWERED = timedelta(hours=3)


def told() -> Mapping[str, list[dict[str, Any]]]:
    """By entity, what was written in public."""
    return tomllib.loads((FOLDER / "public.toml").read_text("utf-8"))


def come_in(household: Household, *, until: datetime) -> None:
    """All of them, at both houses."""
    for key, messages in told().items():
        agent = household.of(key, Role.AGENT)[0]
        for row in messages:
            seen_at = until - timedelta(hours=row["hours_ago"])
            _bring_in(row, household.entities[key], agent, seen_at=seen_at)


def _bring_in(row: Mapping[str, Any], entity: Entity, agent: Account, *, seen_at: datetime) -> None:
    viewer, at = viewer_of(agent), seen_at + _UNTIL_ANSWERED
    with viewing(viewer):
        message = note_public_message(
            entity,
            network=row["network"],
            address=row["address"],
            author=row["author"],
            text=row["text"],
            kind=Kind(row["kind"]),
            language=row["language"],
            seen_at=seen_at,
            viewer=viewer,
            by=agent,
            at=seen_at + _UNTIL_ASKED,
        )
    person, notice = PersonGiven(name=row["name"], email=row["email"]), house_rules(entity.pk)
    raw = raw_of(
        urlencode({"name": person.name, "email": person.email, "step": "agree"}).encode(),
        entity_id=entity.pk,
        channel=Case.Channel.SOCIAL,
        media_type="application/x-www-form-urlencoded",
        envelope={"language": row["language"]},
        at=at,
        state=RawMessage.State.ARRIVED,
    )
    with viewing(the_house(entity)):
        rows.write([raw])
    origin = Origin(
        raw_id=raw.pk,
        address="",
        language=row["language"],
        privacy_notice_id=notice.privacy_notice.pk if notice.privacy_notice else None,
        received_at=at,
        is_past_rate=False,
    )
    case = agree(message, person=person, origin=origin, secret=new_token().secret, at=at)
    letters_leave(case, at)
