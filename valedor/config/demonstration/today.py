"""What came in since yesterday by mail, SMS and chat, each through its own channel's door: kept raw
or registered as it came, talked about, acknowledged.
"""

import tomllib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Kind
from valedor.casefile.viewing import the_house, viewer_of, viewing
from valedor.channels import playing_in
from valedor.channels.chat.actions.begin import beginning
from valedor.channels.chat.actions.end import end
from valedor.channels.chat.actions.say import say
from valedor.channels.chat.actions.take import take
from valedor.channels.chat.models import Chat
from valedor.channels.email import inbound
from valedor.config.demonstration.house import FOLDER, Household
from valedor.config.demonstration.leaving import letters_leave
from valedor.intake.actions.receive import receive
from valedor.intake.submission import PersonGiven, Submission
from valedor.people.models import Account, Entity, Role
from valedor.procedures.house_rules import house_rules

_A_LINE = timedelta(seconds=50)


def come_in(household: Household, *, until: datetime) -> None:
    """All of it, at every house, in the order of time."""
    told = tomllib.loads((FOLDER / "today.toml").read_text("utf-8"))
    for key, entity in household.entities.items():
        own = told[key]
        agent = household.of(key, Role.AGENT)[0]
        doors: list[tuple[Mapping[str, Any], Callable[..., None]]] = [
            *((row, partial(_mail, entity)) for row in own["mail"]),
            *((row, partial(_sms, entity)) for row in own["sms"]),
            *((row, partial(_chat, entity, agent)) for row in own["chat"]),
        ]
        for row, door in sorted(doors, key=lambda one: -float(one[0]["hours_ago"])):
            at = until - timedelta(hours=row["hours_ago"])
            door(row, at=at)
            _acknowledge(entity, since=at)


def _mail(entity: Entity, row: Mapping[str, Any], *, at: datetime) -> None:
    mailbox = playing_in.mailbox_of(entity)
    if mailbox is None:
        return
    playing_in.play_mail(
        mailbox,
        name=row["name"],
        address=row["address"],
        subject=row["subject"],
        text=row["text"].strip(),
        at=at,
    )
    inbound.read_waiting(mailbox, now=lambda: at)


def _sms(entity: Entity, row: Mapping[str, Any], *, at: datetime) -> None:
    gateway = playing_in.gateway_of(entity)
    if gateway is not None:
        playing_in.play_sms(gateway, number=row["number"], text=row["text"], at=at)


def _chat(entity: Entity, agent: Account, row: Mapping[str, Any], *, at: datetime) -> None:
    """Somebody begins to talk, an agent takes it a minute later, and it ends with the last line."""
    (_person, first), *lines = row["lines"]
    notice = house_rules(entity.pk).privacy_notice
    case = receive(
        Submission(
            entity_id=entity.pk,
            kind=Kind(row["kind"]),
            channel=Case.Channel.CHAT,
            language=row["language"],
            received_at=at,
            person=PersonGiven(name=row["name"], email=row["email"]),
            answer_channel=Case.Channel.EMAIL,
            narrative=first,
            privacy_notice_id=notice.pk if notice else None,
        ),
        at=at,
        also=lambda case: beginning(case, first, language=row["language"], at=at),
    ).case
    viewer = viewer_of(agent)
    with viewing(the_house(entity)):
        chat = take(Chat.objects.get(case=case), viewer=viewer, by=agent, at=at + _A_LINE)
        for number, (who, text) in enumerate(lines, start=2):
            by = staff(agent) if who == "house" else COMPLAINANT
            say(chat, text=text, by=by, at=at + number * _A_LINE)
        over = at + (len(lines) + 2) * _A_LINE
        end(chat, ending=Chat.Ending.PERSON, by=COMPLAINANT, at=over)


def _acknowledge(entity: Entity, *, since: datetime) -> None:
    """The receipts of what just came."""
    with viewing(the_house(entity)):
        cases = list(Case.objects.filter(entity=entity, received_at__gte=since))
    for case in cases:
        letters_leave(case, since)
