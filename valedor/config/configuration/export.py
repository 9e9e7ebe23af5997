"""The settings of an installation, written out so that reading them back changes nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

from valedor.announcing.models import Subscription
from valedor.bodies.queries import adhesions_in_file
from valedor.bookings.queries import every_service
from valedor.channels.models import ChatDesk, Gateway, Line, Mailbox
from valedor.foundation.multilingual import LANGUAGES
from valedor.incidents.duty.actions.set_plan import turns_of
from valedor.incidents.duty.plans import plans_of
from valedor.orders.queries import every_product
from valedor.people.models import Account, Entity, Organisation, Team
from valedor.procedures.models import LetterTemplate

from . import knowledge, toml
from .read import written

_OF_SERVICE = ("at_home", "minutes", "places", "hours", "notice_hours", "days_ahead")
_OF_GATEWAY = ("protocol", "sender", "address", "login", "kind", "is_active")
_OF_MAILBOX = (
    "kind", "host", "port", "security", "login", "signs_in", "token_url", "client_id", "folder",
    "afterwards", "done_folder", "is_fax", "is_of_the_office", "is_active",
)  # fmt: skip


def exported() -> str:
    """The whole file."""
    return "\n".join(_tables())


def _tables() -> Iterator[str]:
    for organisation in Organisation.objects.all():
        yield toml.table(("organisation",), {"name": organisation.name})
    for entity in Entity.objects.order_by("key"):
        yield from _entity(entity)
    yield from knowledge.articles()
    for team in Team.objects.order_by("key").prefetch_related("entities"):
        row = {
            "name": words(team.name),
            "purpose": team.purpose,
            "entities": sorted(entity.key for entity in team.entities.all()),
            "is_active": team.is_active,
            "is_outsourced": team.is_outsourced,
        }
        yield toml.table(("teams", team.key), row)
    for account in Account.objects.order_by("username").prefetch_related(
        "grants__team", "grants__entities"
    ):
        yield from _person(account)


def _entity(entity: Entity) -> Iterator[str]:
    here = ("entities", entity.key)
    row = {
        "name": entity.name,
        "sector": entity.sector,
        "trade_answer_hours": entity.trade_answer_hours,
        "days_to_react": entity.days_to_react,
        "seconds_to_take_back": entity.seconds_to_take_back,
        "country": entity.country,
        "region": entity.region,
        "timezone": entity.timezone,
        "languages": list(map(written, entity.languages)),
        "default_language": written(entity.default_language),
        "postal_address": entity.postal_address,
        "telephone": entity.telephone,
        "email": entity.email,
        "opening_hours": words(entity.opening_hours),
        "privacy_contact": entity.privacy_contact,
        "embedding_sites": entity.embedding_sites,
        "regimes": entity.regimes,
        "promised_regimes": entity.promised_regimes,
        "facts": entity.facts,
        "readings": entity.readings,
    }
    notice = entity.privacy_notices.order_by("number").last()
    if notice is not None:
        row["privacy_notice"] = words(notice.text)
    yield toml.table(here, row)
    for closure in entity.closures.filter(withdrawn_at=None).order_by("on", "pk"):
        yield toml.table(
            (*here, "closures"), {"on": closure.on, "name": words(closure.name)}, is_listed=True
        )
    for target in entity.targets.filter(ended_at=None).order_by("meets", "pk"):
        row = {
            "meets": target.meets,
            "kinds": target.kinds,
            "length": target.length,
            "unit": target.unit,
            "name": words(target.name),
            "is_public": target.is_public,
        }
        yield toml.table((*here, "targets"), row, is_listed=True)
    yield from _areas_and_categories(entity, here)
    yield from _letters_and_redress(entity, here)
    yield from _adhesions(entity, here)
    yield from _mailboxes(entity, here)
    yield from _lines(entity, here)
    yield from _gateways(entity, here)
    yield from _chat(entity, here)
    yield from _services(entity, here)
    yield from _products(entity, here)
    yield from _duty(entity, here)
    yield from _webhooks(entity, here)
    yield from knowledge.guidance(entity, here)


def _areas_and_categories(entity: Entity, here: tuple[str, ...]) -> Iterator[str]:
    for area in entity.areas.select_related("team").order_by("key"):
        row = {
            "name": words(area.name),
            "team": area.team.key if area.team else "",
            "is_active": area.ended_at is None,
        }
        yield toml.table((*here, "areas", area.key), row)
    rows = entity.categories.select_related("parent", "area", "team").order_by("key")
    for category in rows.iterator():
        row = {
            "name": words(category.name),
            "parent": category.parent.key if category.parent else "",
            "area": category.area.key if category.area else "",
            "team": category.team.key if category.team else "",
            "facts": category.facts,
            "is_public": category.is_public,
            "valid_from": category.valid_from,
        }
        if category.valid_until is not None:
            row["valid_until"] = category.valid_until
        yield toml.table((*here, "categories", category.key), row)


def _letters_and_redress(entity: Entity, here: tuple[str, ...]) -> Iterator[str]:
    last: dict[str, LetterTemplate] = {
        letter.key: letter for letter in entity.letter_templates.order_by("number")
    }
    for name, letter in sorted(last.items()):
        row: dict[str, Any] = {
            "contents": letter.contents,
            "subject": words(letter.subject),
            "body": words(letter.body),
        }
        yield toml.table((*here, "letters", name), row)
    for option in entity.redress_options.order_by("key"):
        row = {
            "name": words(option.name),
            "has_amount": option.has_amount,
            "needs_proof": option.needs_proof,
            "days_to_carry_out": option.days_to_carry_out,
            "is_offered": option.ended_at is None,
        }
        yield toml.table((*here, "redress", option.key), row)
    for limit in entity.authority_limits.order_by("role"):
        row = {"amount": format(limit.amount, "f"), "currency": limit.currency}
        yield toml.table((*here, "authority", limit.role), row)


def _mailboxes(entity: Entity, here: tuple[str, ...]) -> Iterator[str]:
    for mailbox in Mailbox.objects.filter(entity=entity).select_related("team").order_by("key"):
        row: dict[str, Any] = {
            "address": mailbox.address,
            "team": mailbox.team.key if mailbox.team else "",
            "language": written(mailbox.language),
        }
        row |= {name: getattr(mailbox, name) for name in _OF_MAILBOX}
        yield toml.table((*here, "mailboxes", mailbox.key), row)


def _lines(entity: Entity, here: tuple[str, ...]) -> Iterator[str]:
    for line in Line.objects.filter(entity=entity).select_related("team"):
        row = {
            "name": line.name,
            "number": line.number,
            "other_number": line.other_number,
            "opening": line.opening,
            "team": line.team.key if line.team else "",
            "format": line.format,
            "is_active": line.is_active,
        }
        yield toml.table((*here, "lines", line.key), row)


def _webhooks(entity: Entity, here: tuple[str, ...]) -> Iterator[str]:
    for webhook in Subscription.objects.filter(entity=entity):
        row = {
            "address": webhook.address,
            "events": webhook.events,
            "is_active": webhook.is_active,
        }
        yield toml.table((*here, "webhooks", webhook.key), row)


def _adhesions(entity: Entity, here: tuple[str, ...]) -> Iterator[str]:
    for adhesion in adhesions_in_file(entity):
        row: dict[str, Any] = {
            "body": adhesion.body,
            "valid_from": adhesion.valid_from,
            "subjects": words(adhesion.subjects),
            "currency": adhesion.currency,
        }
        if adhesion.valid_until is not None:
            row["valid_until"] = adhesion.valid_until
        if adhesion.amount_until is not None:
            row["amount_until"] = f"{adhesion.amount_until:.2f}"
        yield toml.table((*here, "adhesions"), row, is_listed=True)


def _gateways(entity: Entity, here: tuple[str, ...]) -> Iterator[str]:
    for gateway in Gateway.objects.filter(entity=entity).select_related("team"):
        row: dict[str, Any] = {
            "team": gateway.team.key if gateway.team else "",
            "language": written(gateway.language),
        }
        row |= {name: getattr(gateway, name) for name in _OF_GATEWAY}
        yield toml.table((*here, "gateways", gateway.key), row)


def _chat(entity: Entity, here: tuple[str, ...]) -> Iterator[str]:
    desk = ChatDesk.objects.filter(entity=entity).select_related("team").first()
    if desk is not None:
        row: dict[str, Any] = {"team": desk.team.key if desk.team else ""}
        row |= {name: getattr(desk, name) for name in ("kind", "most_at_once", "is_active")}
        yield toml.table((*here, "chat"), row)


def _services(entity: Entity, here: tuple[str, ...]) -> Iterator[str]:
    for service in every_service(entity):
        row: dict[str, Any] = {
            "name": words(service.name),
            "about": words(service.about),
            "place": words(service.place),
            "team": service.team.key if service.team else "",
            "is_offered": service.ended_at is None,
        }
        row |= {name: getattr(service, name) for name in _OF_SERVICE}
        yield toml.table((*here, "services", service.key), row)


def _products(entity: Entity, here: tuple[str, ...]) -> Iterator[str]:
    for product in every_product(entity):
        row: dict[str, Any] = {
            "name": words(product.name),
            "about": words(product.about),
            "questions": words(product.questions),
            "at_home": product.at_home,
            "team": product.team.key if product.team else "",
            "is_offered": product.ended_at is None,
        }
        yield toml.table((*here, "products", product.key), row)


def _duty(entity: Entity, here: tuple[str, ...]) -> Iterator[str]:
    for plan in plans_of(entity.pk):
        turns = turns_of(plan)
        row: dict[str, Any] = {"minutes_each": plan.minutes_each, "is_active": plan.is_active}
        if not turns:
            row["turns"] = []
        yield toml.table((*here, "duty", plan.team.key), row)
        for one in turns:
            turn = {
                "day": one.day,
                "from": f"{one.begins:%H:%M}",
                "to": f"{one.ends:%H:%M}",
                "rank": one.rank,
                "person": one.account.username,
            }
            yield toml.table((*here, "duty", plan.team.key, "turns"), turn, is_listed=True)


def _person(account: Account) -> Iterator[str]:
    here = ("people", account.username)
    grants = sorted(
        (grant for grant in account.grants.all() if grant.ended_at is None),
        key=lambda grant: (grant.role, grant.team.key if grant.team else ""),
    )
    row: dict[str, Any] = {
        "name": account.name,
        "email": account.email,
        "telephone": account.telephone,
        "language": written(account.language),
        "languages": list(map(written, account.languages)),
        "competences": account.competences,
        "most_open_cases": account.most_open_cases,
        "hours": account.hours,
        "is_active": account.is_active,
    }
    if not grants:
        row["roles"] = []
    yield toml.table(here, row)
    for grant in grants:
        held: dict[str, Any] = {"role": grant.role}
        if grant.team is not None:
            held["team"] = grant.team.key
        entities = sorted(entity.key for entity in grant.entities.all())
        if entities:
            held["entities"] = entities
        yield toml.table((*here, "roles"), held, is_listed=True)


def words(text: Mapping[str, str]) -> dict[str, str]:
    """A text in languages, in the order of the house."""
    return {written(language): text[language] for language in LANGUAGES if text.get(language)}
