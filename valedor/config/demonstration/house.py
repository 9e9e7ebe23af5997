"""The organisation of the demonstration: settings as any house would configure them, and its
people.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password

from valedor.bodies.taking_in import take_in_shipped
from valedor.config.configuration import apply, read
from valedor.config.initialising import First, defaults_for
from valedor.config.publishing import publish
from valedor.people.models import Account, Entity, Role, RoleGrant, Team

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Inhabitant:
    """Somebody of the staff who signs in at the demonstration."""

    username: str
    role: str
    entities: list[str]


@dataclass
class Household:
    """Who is there, once everything is set up."""

    entities: dict[str, Entity]
    accounts: dict[str, Account]
    people: list[Inhabitant] = field(default_factory=list)

    def of(self, entity: str, role: str) -> list[Account]:
        """The people of an entity who hold a role, by name."""
        return [
            self.accounts[person.username]
            for person in self.people
            if person.role == role and entity in person.entities
        ]


def settle_in(*, password: str, at: datetime, until: datetime | None = None) -> Household:
    """Publish packs and letters, apply the settings, and give everybody the one password.

    ``until`` is the day on which the demonstration is first seen, where that is a later one.
    """
    publish(at=at)
    written = tomllib.loads((FOLDER / "house.toml").read_text("utf-8"))
    document: dict[str, Any] = {
        "organisation": written["organisation"], "entities": {}, "teams": {}, "people": {}
    }  # fmt: skip
    for key, own in written["entities"].items():
        first = First(
            organisation=written["organisation"]["name"],
            key=key,
            name=own["name"],
            country=own["country"],
            region=own["region"],
            timezone=own["timezone"],
            languages=own["languages"],
            administrator=own["email"],
        )
        start = defaults_for(first)
        document["entities"][key] = _joined(start["entities"][key], own)
        for adhesion in document["entities"][key].get("adhesions", []):
            adhesion["amount_until"] = Decimal(adhesion["amount_until"])
        document["teams"] |= start["teams"]
    document["teams"] |= written["teams"]
    people = written["people"]
    document["people"] = {
        username: {
            **{
                name: value
                for name, value in row.items()
                if name not in {"role", "entities", "teams"}
            },
            "roles": _roles(row),
        }
        for username, row in people.items()
    }
    for country in sorted({row["country"] for row in document["entities"].values()}):
        take_in_shipped(country, by=None, at=at)
    apply(document, file="house.toml", by=None, at=at)
    _write_down(at, seen_on=(until or at).date())
    accounts = {
        account.username: account for account in Account.objects.filter(username__in=people)
    }
    _seat_the_office(people, accounts, at)
    Account.objects.filter(username__in=people).update(password=make_password(password))
    household = Household(
        entities={entity.key: entity for entity in Entity.objects.order_by("pk")},
        accounts=accounts,
    )
    household.people = [
        Inhabitant(username, row["role"], row["entities"]) for username, row in people.items()
    ]
    return household


# Notices of the demonstration hold for some days from when it is first seen.
_HOLD_FOR = {
    "horari-nadal": 45,
    "horario-feriados": 45,
    "tall-programat": 6,
    "manutencao-tijuca": 5,
}


def _write_down(at: datetime, *, seen_on: date) -> None:
    """What both entities know, read and applied as any house would."""
    for path in sorted((FOLDER / "knowledge").glob("*.toml")):
        document = read(path.read_text("utf-8"), file=path.name)
        for key, length in _HOLD_FOR.items():
            if key in document["articles"]:
                document["articles"][key]["valid_until"] = seen_on + timedelta(days=length)
        apply(document, file=path.name, by=None, at=at)


def _roles(row: dict[str, Any]) -> list[dict[str, Any]]:
    if row["role"] in {Role.OMBUDSMAN, Role.OMBUDSMAN_CLERK}:
        return []
    if row["role"] in {Role.AUDITOR, Role.ADMINISTRATOR}:
        return (
            [{"role": row["role"], "entities": row["entities"]}]
            if row["role"] == Role.AUDITOR
            else [{"role": row["role"]}]
        )
    return [{"role": row["role"], "team": team} for team in row["teams"]]


def _seat_the_office(people: dict[str, Any], accounts: dict[str, Account], at: datetime) -> None:
    """The ombudsman's office is appointed by two administrators; the demonstration has one, so the
    appointment is written down here."""
    for username, row in people.items():
        if row["role"] in {Role.OMBUDSMAN, Role.OMBUDSMAN_CLERK}:
            for team in row["teams"]:
                RoleGrant.objects.create(
                    account=accounts[username],
                    role=row["role"],
                    team=Team.objects.get(key=team),
                    granted_at=at,
                )


def _joined(base: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """The defaults with what the demonstration says on top of them."""
    joined = dict(base)
    for key, value in more.items():
        both = isinstance(value, dict) and isinstance(joined.get(key), dict)
        joined[key] = _joined(joined[key], value) if both and key not in {"name"} else value
    return joined
