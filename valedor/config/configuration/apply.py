"""Applying a document: all of it or nothing, each change by its action.

What the document does not say stays as it is; a list that it does say is the whole list.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from valedor.announcing.actions.set_webhook import set_webhook
from valedor.bodies.actions.join import join
from valedor.bookings.actions.set_service import set_service
from valedor.channels.chat.actions.set_desk import set_chat_desk
from valedor.channels.email.actions.set_mailbox import set_mailbox
from valedor.channels.sms.actions.set_gateway import set_gateway
from valedor.channels.telephone.actions.set_line import set_line
from valedor.foundation.refusals import Refused
from valedor.incidents.duty import csv_plan
from valedor.incidents.duty.actions.set_plan import set_duty_plan
from valedor.incidents.duty.plans import members_of
from valedor.knowledge.actions.publish_sheet import publish_sheet
from valedor.orders.actions.set_product import set_product
from valedor.people.actions import accounts, closures, entities, establish, roles, teams
from valedor.people.actions.office import Step, ask_office
from valedor.people.models import (
    Account,
    AdministrationEntry,
    Entity,
    Organisation,
    RoleGrant,
    Team,
)
from valedor.people.permissions import OFFICE_ROLES
from valedor.procedures.actions import (
    adopt_regimes,
    areas,
    categories,
    letters,
    notices,
    redress,
    targets,
)
from valedor.procedures.models import Area, Category
from valedor.procedures.refusals import nearest

from . import knowledge
from .read import ConfigurationRefused, Document

Row = TypeVar("Row", bound=models.Model)
_REGIMES = {
    "regimes": "regimes",
    "promised_regimes": "promised",
    "readings": "readings",
    "facts": "facts",
}


@dataclass
class Applied:
    """What happened: the lines of the administration log, who is new, what waits for a yes."""

    lines: list[AdministrationEntry] = field(default_factory=list)
    added: list[Account] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)


@transaction.atomic
def apply(
    document: Document, *, file: str, by: Account | None, at: datetime, check: bool = False
) -> Applied:
    """Change what differs, in one transaction; with ``check``, undo it again.

    Raises ``ConfigurationRefused`` for the first thing that may not be; nothing is changed then.
    """
    last = AdministrationEntry.objects.aggregate(last=models.Max("sequence"))["last"] or 0
    applied = Applied()
    _Applying(document, file=file, by=by, at=at, applied=applied).run()
    applied.lines = list(AdministrationEntry.objects.filter(sequence__gt=last).order_by("sequence"))
    if check:
        transaction.set_rollback(True)
    return applied


class _Applying:
    def __init__(
        self, document: Document, *, file: str, by: Account | None, at: datetime, applied: Applied
    ) -> None:
        self.document = document
        self.file = file
        self.by = by
        self.at = at
        self.applied = applied

    def run(self) -> None:
        """Entities first, since all else hangs on them; people after the teams in which they hold
        roles; duty last, which they keep.
        """
        self._organisation()
        for key, row in self.document.get("entities", {}).items():
            with self._named("entities", key):
                self._entity(key, row)
        for key, row in self.document.get("teams", {}).items():
            with self._named("teams", key):
                self._team(key, row)
        for key, row in self.document.get("entities", {}).items():
            self._inside(key, row)
        for key, row in self.document.get("articles", {}).items():
            with self._named("articles", key):
                self._article(key, row)
        for username, row in self.document.get("people", {}).items():
            with self._named("people", username):
                self._person(username, row)
        for key, row in self.document.get("entities", {}).items():
            for name, duty in row.get("duty", {}).items():
                with self._named("entities", key, "duty", name):
                    self._duty(key, name, duty)

    def _organisation(self) -> None:
        name = self.document.get("organisation", {}).get("name")
        if name and Organisation.objects.exists():
            with self._named("organisation"):
                establish.rename_organisation(name, by=self.by, at=self.at)
        elif name:
            establish.establish(name, at=self.at)

    # -------------------------------------------------------------- entities
    def _entity(self, key: str, row: Document) -> None:
        said: Any = {
            name: row[name] for name in entities.EntityFields.__annotations__ if name in row
        }
        entity = Entity.objects.filter(key=key).first()
        if entity is None:
            entities.add_entity(key, **said, by=self.by, at=self.at)
        else:
            entities.change_entity(entity, **said, by=self.by, at=self.at)

    def _inside(self, key: str, row: Document) -> None:
        entity = Entity.objects.get(key=key)
        act: dict[str, Any] = {"by": self.by, "at": self.at}
        here = ("entities", key)
        adopted: Document = {_REGIMES[name]: row[name] for name in _REGIMES if name in row}
        if adopted:
            with self._named(*here):
                adopt_regimes.adopt_regimes(entity, **adopted, **act)
                entity.refresh_from_db()
        for name, area in row.get("areas", {}).items():
            with self._named(*here, "areas", name):
                team = self._known(Team, area.get("team", ""), "team")
                areas.set_area(entity, name, **{**area, "team": team}, **act)
        self._categories(entity, row.get("categories", {}))
        if "closures" in row:
            self._closures(entity, row["closures"])
        if "targets" in row:
            self._targets(entity, row["targets"])
        for name, letter in row.get("letters", {}).items():
            with self._named(*here, "letters", name):
                letters.publish_letter(entity, name, **letter, **act)
        for name, option in row.get("redress", {}).items():
            with self._named(*here, "redress", name):
                redress.set_redress_option(entity, name, **option, **act)
        for name, limit in row.get("authority", {}).items():
            with self._named(*here, "authority", name):
                redress.set_authority_limit(entity, name, **limit, **act)
        for index, adhesion in enumerate(row.get("adhesions", []), 1):
            with self._named(*here, f"adhesions[{index}]"):
                join(entity, **adhesion, **act)
        for name, mailbox in row.get("mailboxes", {}).items():
            with self._named(*here, "mailboxes", name):
                set_mailbox(entity, name, **act, **self._channel(mailbox))
        for name, line in row.get("lines", {}).items():
            with self._named(*here, "lines", name):
                set_line(entity, name, **act, **self._channel(line))
        for name, gateway in row.get("gateways", {}).items():
            with self._named(*here, "gateways", name):
                set_gateway(entity, name, **act, **self._channel(gateway))
        for name, service in row.get("services", {}).items():
            with self._named(*here, "services", name):
                set_service(entity, name, **act, **self._channel(service))
        for name, product in row.get("products", {}).items():
            with self._named(*here, "products", name):
                set_product(entity, name, **act, **self._channel(product))
        for name, webhook in row.get("webhooks", {}).items():
            with self._named(*here, "webhooks", name):
                set_webhook(entity, name, **act, **self._channel(webhook))
        if "chat" in row:
            with self._named(*here, "chat"):
                set_chat_desk(entity, **act, **self._channel(row["chat"]))
        with self._named(*here, "knowledge"):
            knowledge.set_guidance(entity, row.get("knowledge", {}), **act)
        for name, sheet in row.get("guidance", {}).items():
            with self._named(*here, "guidance", name):
                publish_sheet(entity, name, **sheet, **act)
        if "privacy_notice" in row:
            with self._named(*here, "privacy_notice"):
                notices.publish_privacy_notice(entity, row["privacy_notice"], **act)

    def _categories(self, entity: Entity, rows: Mapping[str, Document]) -> None:
        present = {category.key: category for category in entity.categories.all()}
        here = ("entities", entity.key, "categories")
        for key, row in _parents_first(rows):
            with self._named(*here, key):
                said = dict(row)
                parent_key = said.pop("parent", None)
                for name, model in (("team", Team), ("area", Area)):
                    if name in said:
                        said[name] = self._known(model, said[name], name, entity)
                parent = self._one_of(present, parent_key, "parent")
                category = present.get(key)
                if category is None:
                    present[key] = categories.add_category(
                        entity, key, parent=parent, by=self.by, at=self.at, **said
                    )
                    continue
                if parent_key is not None and category.parent != parent:
                    self._refuse("parent", _("a category stays where it is: add a new one."))
                categories.change_category(category, by=self.by, at=self.at, **said)

    def _channel(self, row: Document) -> Document:
        """A mailbox, a line or a gateway as its action is told: secrets read, the team found."""
        said = dict(row)
        for name in ("secret", "client_secret", "password"):
            if place := said.pop(f"{name}_file", ""):
                said[name] = self._content_of(f"{name}_file", place)
        if "team" in said:
            said["team"] = self._known(Team, said["team"], "team")
        return said

    def _content_of(self, name: str, place: str) -> str:
        try:
            return Path(place).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            self._refuse(name, _("the file %(file)s cannot be read.") % {"file": place})

    def _closures(self, entity: Entity, rows: list[Document]) -> None:
        standing = {closure.on: closure for closure in entity.closures.filter(withdrawn_at=None)}
        said = {row["on"]: row for row in rows}
        for on, closure in standing.items():
            if on not in said or dict(closure.name) != said[on]["name"]:
                closures.withdraw_closure(closure, by=self.by, at=self.at)
        for index, row in enumerate(rows, 1):
            standing_one = standing.get(row["on"])
            if standing_one is not None and dict(standing_one.name) == row["name"]:
                continue
            with self._named("entities", entity.key, f"closures[{index}]"):
                closures.add_closure(entity, row["on"], name=row["name"], by=self.by, at=self.at)

    def _targets(self, entity: Entity, rows: list[Document]) -> None:
        kept = []
        for index, row in enumerate(rows, 1):
            with self._named("entities", entity.key, f"targets[{index}]"):
                kept.append(targets.set_target(entity, **row, by=self.by, at=self.at).pk)
        for target in entity.targets.filter(ended_at=None).exclude(pk__in=kept):
            targets.end_target(target, by=self.by, at=self.at)

    # ----------------------------------------------------------- teams, people
    def _team(self, key: str, row: Document) -> None:
        said = dict(row)
        served = said.pop("entities", None)
        if served is not None:
            served = [self._must(Entity, name, "entities") for name in served]
        purpose = said.pop("purpose", None)
        team = Team.objects.filter(key=key).first()
        if team is None:
            is_outsourced, is_active = said.get("is_outsourced"), said.pop("is_active", True)
            team = teams.add_team(
                key,
                name=said.get("name", {}),
                entities=served or [],
                purpose=purpose or Team.Purpose.GENERAL,
                by=self.by,
                at=self.at,
            )
            said = {} if is_active else {"is_active": False}
            if is_outsourced:
                said["is_outsourced"] = True
        elif purpose is not None and purpose != team.purpose:
            self._refuse("purpose", _("what a team is for stays: add a new one."))
        teams.change_team(team, entities=served, by=self.by, at=self.at, **said)

    def _article(self, key: str, row: Document) -> None:
        said_for = None
        if "entities" in row:
            said_for = [self._must(Entity, name, "entities") for name in row["entities"]]
        knowledge.set_article(key, row, said_for, by=self.by, at=self.at)

    def _person(self, username: str, row: Document) -> None:
        said = dict(row)
        held, is_active = said.pop("roles", None), said.pop("is_active", None)
        account = Account.objects.filter(username=username).first()
        if account is None:
            account = accounts.add_account(username, by=self.by, at=self.at, **said)
            self.applied.added.append(account)
        else:
            self._changed(account, said)
        if is_active is False:
            accounts.deactivate_account(account, by=self.by, at=self.at)
        elif is_active is True:
            accounts.reactivate_account(account, by=self.by, at=self.at)
        account.refresh_from_db()
        if held is not None:
            self._roles(account, held)

    def _changed(self, account: Account, said: Document) -> None:
        try:
            accounts.change_account(account, by=self.by, at=self.at, **said)
        except Refused as refused:
            if refused.code != "office_must_confirm":
                raise
            email = said.pop("email")
            self._ask(account, Step.CHANGE_EMAIL, email=email)
            accounts.change_account(account, by=self.by, at=self.at, **said)

    def _roles(self, account: Account, rows: list[Document]) -> None:
        wanted: dict[tuple[str, int | None], tuple[Team | None, list[Entity]]] = {}
        for index, row in enumerate(rows, 1):
            with self._named("people", account.username, f"roles[{index}]"):
                team = self._known(Team, row.get("team", ""), "team")
                over = [self._must(Entity, key, "entities") for key in row.get("entities", [])]
                wanted[row["role"], team.pk if team else None] = (team, over)
        for grant in RoleGrant.objects.filter(account=account, ended_at=None):
            if (grant.role, grant.team_id) not in wanted:
                roles.end_role(grant, by=self.by, at=self.at)
        for index, ((role, _team_id), (team, over)) in enumerate(wanted.items(), 1):
            with self._named("people", account.username, f"roles[{index}]"):
                self._role(account, role, team, over)

    def _role(self, account: Account, role: str, team: Team | None, over: list[Entity]) -> None:
        held = RoleGrant.objects.filter(account=account, role=role, team=team, ended_at=None)
        for grant in held:
            if set(grant.entities.all()) == set(over):
                return
        if role in OFFICE_ROLES:
            self._ask(account, Step.GRANT_ROLE, role=role, team=team)
        else:
            roles.grant_role(account, role, team=team, entities=over, by=self.by, at=self.at)

    def _ask(self, account: Account, step: str, **what: Any) -> None:
        ask_office(step, account, by=self.by, at=self.at, **what)
        self.applied.waiting.append(account.username)

    def _duty(self, key: str, name: str, row: Document) -> None:
        entity, team = Entity.objects.get(key=key), self._must(Team, name, "duty")
        said = dict(row)
        if "turns" in said:
            known = {one.username: one for one in members_of(team)}
            said["turns"] = [
                csv_plan.turn_of(
                    {
                        "day": turn["day"],
                        "from": turn["from"],
                        "to": turn["to"],
                        "rank": str(turn.get("rank", 1)),
                        "person": turn["person"],
                    },
                    known,
                    place=number,
                )
                for number, turn in enumerate(said["turns"], 1)
            ]
        set_duty_plan(entity, team, **said, by=self.by, at=self.at)

    # --------------------------------------------------------------- looking up
    def _known(
        self, model: type[Row], key: str, name: str, entity: Entity | None = None
    ) -> Row | None:
        return self._must(model, key, name, entity) if key else None

    def _must(self, model: type[Row], key: str, name: str, entity: Entity | None = None) -> Row:
        rows = model._default_manager.all()
        if model is Area:
            rows = rows.filter(entity=entity)
        found = rows.filter(key=key).first()
        if found is None:
            self._unknown(name, key, list(rows.values_list("key", flat=True)))
        return found

    def _one_of(
        self, present: Mapping[str, Category], key: str | None, name: str
    ) -> Category | None:
        if key and key not in present:
            self._unknown(name, key, list(present))
        return present[key] if key else None

    def _unknown(self, name: str, word: str, known: list[str]) -> NoReturn:
        near = nearest(word, known)
        if near:
            sentence = _("says “%(word)s”, unknown here; the nearest is “%(near)s”.") % {
                "word": word,
                "near": near,
            }
        else:
            sentence = _("says “%(word)s”, and there is none yet.") % {"word": word}
        self._refuse(name, sentence)

    def _refuse(self, name: str, sentence: str) -> NoReturn:
        raise _Inside(name, sentence)

    @contextmanager
    def _named(self, *key: str) -> Iterator[None]:
        """Say where in the file it was, when an action refuses."""
        try:
            yield
        except Refused as refused:
            raise self._refused(".".join(key), str(refused.refusal)) from refused
        except _Inside as inside:
            where = ".".join((*key, inside.name))
            raise self._refused(where, inside.sentence) from inside

    def _refused(self, key: str, sentence: str) -> ConfigurationRefused:
        message = _("%(file)s: %(key)s: %(sentence)s") % {
            "file": self.file,
            "key": key,
            "sentence": sentence,
        }
        return ConfigurationRefused(message, key=key)


class _Inside(Exception):
    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name
        self.sentence = sentence


def _parents_first(rows: Mapping[str, Document]) -> Iterator[tuple[str, Document]]:
    """Each category after the one above it; a circle comes out as it is, and is refused."""
    done: set[str] = set()
    pending = list(rows)
    while pending:
        ready = [
            key
            for key in pending
            if rows[key].get("parent", "") not in rows or rows[key]["parent"] in done
        ] or pending
        for key in ready:
            done.add(key)
            yield key, rows[key]
        pending = [key for key in pending if key not in done]
