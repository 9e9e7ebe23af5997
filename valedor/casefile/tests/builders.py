"""Small cases made row by row, for tests of what lies beneath the actions."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.db import connection

from valedor.casefile import store, timeline
from valedor.casefile.actors import COMPLAINANT, SYSTEM
from valedor.casefile.document_facts import DocumentKept
from valedor.casefile.facts import Fact
from valedor.casefile.models import Case, Document, Instance, Kind, Stage
from valedor.casefile.seats import BOTH_SIDES, Seat
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation import chain, rows
from valedor.foundation.references import reference_of
from valedor.people.models import Account, Entity, Person, Role, RoleGrant, Team

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
_numbers = count(1)


@dataclass(frozen=True, kw_only=True)
class Said(Fact, kind="test.said", personal=("aside",)):
    """Something was said; the words are the body."""

    sentence = "Said on %(channel)s."

    channel: str
    aside: str = ""


def an_entity(key: str = "besos", **more: Any) -> Entity:
    return Entity.objects.create(
        key=key,
        name=key.title(),
        country="ES",
        region="ES-CT",
        timezone="Europe/Madrid",
        languages=["es", "ca"],
        default_language="es",
        **more,
    )


def a_team(entity: Entity, key: str = "atencion") -> Team:
    team = Team.objects.create(key=f"{entity.key}-{key}", name={"es": key})
    team.entities.add(entity)
    return team


def an_account(username: str, role: str, team: Team | None, *entities: Entity) -> Account:
    account = Account.objects.create_account(username=username, name=username.title())
    grant = RoleGrant.objects.create(account=account, role=role, team=team, granted_at=NOON)
    grant.entities.set(entities)
    return account


def a_handler(team: Team, username: str = "bruno") -> Account:
    return an_account(username, Role.HANDLER, team)


def a_case(
    entity: Entity, *, narrative: str = "No hay agua.", person: Person | None = None, **more: Any
) -> Case:
    """A registered case with its first line, written as the house writes it."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "kind": Kind.COMPLAINT,
        "channel": Case.Channel.WEB_FORM,
        "language": "es",
        "answer_channel": Case.Channel.EMAIL,
        "subject": "Agua",
        "received_at": NOON + timedelta(minutes=number),
        "registered_at": NOON + timedelta(minutes=number),
    } | more
    with viewing(the_house(entity)):
        case = Case(
            entity=entity,
            reference=reference_of(2026, 500_000 + number),
            complainant=person
            or Person.objects.create(name=f"Ana {number}", language="es", created_at=NOON),
            **values,
        )
        instance = Instance(case=case, entity=entity, opened_at=case.received_at)
        entry, content = timeline.compose(
            case, Said(channel="web_form"), by=COMPLAINANT, at=case.received_at, body=narrative
        )
        rows.write(
            [case, instance, entry, *([content] if content else [])],
            also=[timeline.words_of(case, entry, f"{case.subject}\n{narrative}")],
        )
    return case


def move(case: Case, **values: Any) -> None:
    """Change the case row and write the line that says so."""
    with viewing(the_house(case.entity_id)):
        for name, value in values.items():
            setattr(case, name, value)
        case.save(update_fields=list(values))
        timeline.record(case, Said(channel="desk"), by=SYSTEM, at=NOON, seats=Seat.COMPANY)


def close(case: Case, at: datetime = NOON + timedelta(days=9)) -> None:
    move(case, stage=Stage.CLOSED, closed_at=at)


def a_document(case: Case, content: bytes = b"%PDF-1.4 bill", name: str = "bill.pdf") -> Document:
    """A document on disk, its row and its line."""
    with viewing(the_house(case.entity_id)):
        sha256, size = store.keep(content)
        salt = chain.draw_salt()
        document = Document(
            case=case,
            entity_id=case.entity_id,
            seats=int(BOTH_SIDES),
            side=Document.Side.COMPLAINANT,
            name=name,
            media_type="application/pdf",
            size=size,
            sha256=sha256,
            salt=salt,
            salted_digest=chain.salted_digest(salt, {"sha256": sha256}),
            at=NOON,
        )
        document.entry = timeline.record(
            case,
            DocumentKept(
                document=document.pk,
                side=document.side,
                media_type=document.media_type,
                size=size,
                digest=bytes(document.salted_digest).hex(),
                name=name,
            ),
            by=COMPLAINANT,
            at=NOON,
        )
        rows.write([document])
    return document


def run_sql(statement: str, values: list[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
