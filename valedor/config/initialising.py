"""What a new installation starts with: sensible defaults, each of them to be changed later.

They are a document like any that ``valedor configure`` reads, and pass through the same rules.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from string import Template
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from valedor.config.commands import CommandFailed
from valedor.config.configuration import ConfigurationRefused, apply
from valedor.config.configuration.read import Document, written
from valedor.foundation.money import currency_of
from valedor.foundation.multilingual import LANGUAGES
from valedor.people.actions.accounts import add_account, reset_sign_in
from valedor.people.actions.roles import grant_role
from valedor.people.models import Role
from valedor.procedures.letter_templates import publish_shipped
from valedor.procedures.publishing import publish_packs
from valedor.procedures.vocabulary_tables import vocabulary

DEFAULTS = Path(__file__).parent / "configuration" / "defaults"
_EUROPEAN = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IS",
        "IT",
        "LI",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "NO",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)
_CONSUMERS = {
    "ES": ["es-trlgdcu-21"],
    "ES-AN": ["es-an-forms"],
    "ES-CT": ["es-ct-consumer-code"],
    "ES-MD": ["es-md-forms"],
    "BR": ["br-sac", "br-cdc"],
    "PT": ["pt-livro"],
}
_REDRESS = {
    # Kind of redress → whether it is money, whether it needs a proof, days to carry it out.
    "refund": (True, True, 14),
    "compensation": (True, True, 14),
    "price_reduction": (True, True, 30),
    "replacement": (False, True, 15),
    "repair": (False, True, 15),
    "apology": (False, False, 5),
    "explanation": (False, False, 5),
    "change_of_practice": (False, True, 90),
}
_AUTHORITY = {Role.HANDLER: "60.00", Role.LEAD: "300.00", Role.APPROVER: "3000.00"}


@dataclass(frozen=True, kw_only=True)
class First:
    """The first entity of an organisation and who sets up the rest."""

    organisation: str
    key: str
    name: str
    country: str
    region: str
    timezone: str
    languages: list[str]
    administrator: str


def initialise(first: First, *, at: datetime) -> tuple[str, str]:
    """Set all of it up in one transaction; the administrator's name and their one-time link.

    Raises ``CommandFailed`` for anything that may not be; nothing is changed then.
    """
    try:
        validate_email(first.administrator)
    except ValidationError as error:
        raise CommandFailed(
            f"{first.administrator} is no e-mail address.",
            hint="--admin name@example.org",
            code="email_unreadable",
        ) from error
    try:
        with transaction.atomic():
            publish_packs(at=at)
            publish_shipped(at)
            apply(defaults_for(first), file="valedor init", by=None, at=at)
            administrator = add_account(
                _username(first.administrator),
                name=_username(first.administrator),
                email=first.administrator,
                language=first.languages[0].lower(),
                by=None,
                at=at,
            )
            grant_role(administrator, Role.ADMINISTRATOR, by=None, at=at)
            return administrator.username, reset_sign_in(administrator, by=None, at=at)
    except ConfigurationRefused as refused:
        raise CommandFailed(
            refused.message, hint="valedor init --help", code="not_initialised"
        ) from refused


def defaults_for(first: First) -> Document:
    """The document that a new installation starts with."""
    spoken = [language.lower() for language in first.languages]
    entity: Document = {
        "name": first.name,
        "country": first.country,
        "region": first.region,
        "languages": spoken,
        "default_language": spoken[0] if spoken else "",
        "email": first.administrator,
        "privacy_contact": first.administrator,
        "regimes": regimes_for(first.country, first.region),
        "facts": {"consumer_relation": True},
        "areas": {},
        "categories": _categories(),
        "letters": {},
        "redress": {
            key: {
                "name": dict(vocabulary("redress")[key].text),
                "has_amount": has_amount,
                "needs_proof": needs_proof,
                "days_to_carry_out": days,
            }
            for key, (has_amount, needs_proof, days) in _REDRESS.items()
        },
        "authority": {
            role: {
                "amount": Decimal(text),
                "currency": currency_of(first.country),
            }
            for role, text in _AUTHORITY.items()
        },
        "privacy_notice": privacy_notice(first.name, first.administrator, first.country),
    }
    if first.timezone:
        entity["timezone"] = first.timezone
    return {
        "organisation": {"name": first.organisation},
        "entities": {first.key: entity},
        "teams": {
            f"{first.key}-general": {
                "name": _words("teams.toml", "general"),
                "purpose": "general",
                "entities": [first.key],
            },
            f"{first.key}-complex": {
                "name": _words("teams.toml", "complex"),
                "purpose": "complex",
                "entities": [first.key],
            },
        },
        "people": {},
    }


def regimes_for(country: str, region: str) -> list[str]:
    """The bodies of rules that hold for any business dealing with consumers there.

    ISO 10002 where none is known; a trade's own rules are adopted by hand.
    """
    found = [*_CONSUMERS.get(country, ())]
    parts = region.split("-")
    if len(parts) > 1:
        found += _CONSUMERS.get("-".join(parts[:2]), [])
    if not found:
        found = ["iso-10002"]
    if country in _EUROPEAN:
        found.append("eu-gdpr")
    if country == "BR":
        found.append("br-lgpd")
    return found


def privacy_notice(name: str, contact: str, country: str) -> dict[str, str]:
    """What people are told about their data, in four languages: GDPR art. 13, or LGPD art. 9."""
    law = "br" if country == "BR" else "eu"
    texts = _table("privacy_notice.toml")[law]
    filled = {
        language: Template(texts[written(language)]).substitute(entity=name, contact=contact)
        for language in LANGUAGES
    }
    return {language: text.strip() for language, text in filled.items()}


def _categories() -> dict[str, Document]:
    return {
        key: {**row, "name": {name.lower(): text for name, text in row["name"].items()}}
        for key, row in _table("categories.toml").items()
    }


def _words(file: str, key: str) -> dict[str, str]:
    return {language.lower(): text for language, text in _table(file)[key].items()}


def _table(file: str) -> dict[str, Any]:
    return tomllib.loads((DEFAULTS / file).read_text("utf-8"))


def _username(email: str) -> str:
    name = re.sub(r"[^\w.+-]", "", email.partition("@")[0].lower())
    return name if len(name) > 1 else "administrator"
