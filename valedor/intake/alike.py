"""Whether whoever turns to the house, and what they turn to it about, is known already.

Each sign is named, so that a person can weigh it; none decides anything. What a viewer may not see
gives no sign: a person is told of only by the cases that they may see. Every question is answered
by an index, whatever there is: an address, an identity number, a contract, a name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer
from valedor.foundation.references import references_in
from valedor.intake.submission import PersonGiven
from valedor.people.contact_points import normalised
from valedor.people.models import ContactPoint, Entity, Person

LATELY = timedelta(days=14)
MOST = 5
"""How many persons, and how many cases, are told of: who has more is no hint any more."""
_LOOKED_AT = 60
_POSTCODE = re.compile(r"\b(?:AD\d{3}|\d{5}(?:-?\d{3})?)\b")


class Sign(models.TextChoices):
    """What speaks for the same person, or the same matter, in words that follow a colon."""

    IDENTITY_NUMBER = "identity_number", _("the same identity number")
    VERIFIED_EMAIL = "verified_email", _("the same e-mail address, which was verified")
    VERIFIED_TELEPHONE = "verified_telephone", _("the same telephone number, which was verified")
    EMAIL = "email", _("the same e-mail address, not verified")
    TELEPHONE = "telephone", _("the same telephone number, not verified")
    CONTRACT = "contract", _("the contract is in their name")
    NAME_AND_POSTCODE = "name_and_postcode", _("the same name and postcode")
    NAMED = "named", _("they name its reference")
    SAME_CONTRACT = "same_contract", _("the same contract or customer number")
    SAME_SUBJECT = "same_subject", _("the same subject")
    LATELY = "lately", _("of the same kind, received in the last two weeks")


STRONG = frozenset({Sign.IDENTITY_NUMBER, Sign.VERIFIED_EMAIL, Sign.VERIFIED_TELEPHONE, Sign.NAMED})
"""What is hardly chance. The others are shared by families, neighbours and namesakes."""


@dataclass(frozen=True, kw_only=True)
class Contact:
    """What somebody says of themselves and of their matter, before or after it is a case."""

    entity: Entity
    person: PersonGiven
    kind: str
    at: datetime
    category_id: int | None = None
    contract_number: str = ""
    words: str = ""
    case_id: int | None = None


@dataclass(frozen=True)
class PersonAlike:
    """A record of somebody who may be the same, with the cases by which the viewer knows them."""

    person: Person
    signs: tuple[Sign, ...]
    cases: tuple[Case, ...]

    @property
    def is_strong(self) -> bool:
        """Whether something speaks for it that is hardly chance."""
        return not STRONG.isdisjoint(self.signs)


@dataclass(frozen=True)
class CaseAlike:
    """An open case that may be about the same matter."""

    case: Case
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class Alike:
    """Who and what it may be; strong signs first."""

    persons: tuple[PersonAlike, ...] = ()
    cases: tuple[CaseAlike, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.persons or self.cases)


def find_alike(contact: Contact, viewer: Viewer) -> Alike:
    """Who and what a contact may be about, as far as a viewer sees cases of theirs."""
    signs = _signs_of_persons(contact)
    named = list(references_in(contact.words))[:MOST]
    if not signs and not named:
        return Alike()
    asked = models.Q(complainant__in=list(signs)) | models.Q(reference__in=named)
    seen = cases_visible_to(viewer).filter(asked, erased_at=None).exclude(pk=contact.case_id or 0)
    found = list(
        seen.select_related("entity", "complainant", "category").order_by("-received_at", "-pk")[
            :_LOOKED_AT
        ]
    )
    return Alike(tuple(_persons(found, signs)), tuple(_matters(found, signs, named, contact)))


def signs_of_matter(case: Case, contact: Contact, *, is_named: bool) -> tuple[Sign, ...]:
    """What speaks for an open case being about the same matter: pure."""
    if case.closed_at is not None or case.entity_id != contact.entity.pk:
        return ()
    mine, theirs = _plain(contact.contract_number), _plain(case.contract_number)
    signs = {
        Sign.NAMED: is_named,
        Sign.SAME_CONTRACT: bool(mine) and mine == theirs,
        Sign.SAME_SUBJECT: bool(contact.category_id) and contact.category_id == case.category_id,
        Sign.LATELY: case.kind == contact.kind and contact.at - case.received_at <= LATELY,
    }
    return tuple(sign for sign, holds in signs.items() if holds)


def _persons(found: list[Case], signs: Mapping[int, tuple[Sign, ...]]) -> list[PersonAlike]:
    of_person: dict[int, list[Case]] = {}
    for case in found:
        person_id = case.complainant_id or 0
        if person_id in signs:
            of_person.setdefault(person_id, []).append(case)
    alike = [
        PersonAlike(person, signs[key], tuple(cases[:MOST]))
        for key, cases in of_person.items()
        if (person := cases[0].complainant) is not None and person.erased_at is None
    ]
    return sorted(alike, key=lambda one: (not one.is_strong, -len(one.signs)))[:MOST]


def _matters(
    found: list[Case], signs: Mapping[int, tuple[Sign, ...]], named: list[str], contact: Contact
) -> list[CaseAlike]:
    alike = []
    for case in found:
        matter = signs_of_matter(case, contact, is_named=case.reference in named)
        if matter:
            person = signs.get(case.complainant_id or 0, ())
            alike.append(CaseAlike(case, (*matter, *person)))
    return sorted(alike, key=lambda one: (STRONG.isdisjoint(one.signs), -len(one.signs)))[:MOST]


# ------------------------------------------------------------------ persons
_BY_POINT = """
    SELECT person_id, CASE WHEN verified_at IS NULL THEN kind ELSE 'verified_' || kind END
    FROM people_contactpoint
    WHERE kind = %s AND normalised = %s AND ended_at IS NULL LIMIT 100
"""
_BY_IDENTITY = """
    SELECT id, 'identity_number' FROM people_person
    WHERE valedor_plain_number(identity_number) = valedor_plain_number(%s)
        AND identity_number <> '' LIMIT 20
"""
_BY_CONTRACT = """
    SELECT person_id, 'contract' FROM people_contract
    WHERE entity_id = %s AND number = %s AND person_id IS NOT NULL LIMIT 20
"""
_BY_NAME = """
    SELECT person.id, 'name_and_postcode' FROM (
        SELECT id FROM people_person WHERE lower(name) = lower(%s) AND name <> '' LIMIT 200
    ) AS person
    WHERE EXISTS (
        SELECT FROM people_contactpoint AS point WHERE point.person_id = person.id
            AND point.kind = 'post' AND point.ended_at IS NULL AND point.value ~ %s)
"""
# Records that count as one person share what speaks for them.
_WITH_MERGED = """
    WITH sign (person, what) AS ({signs})
    SELECT person, what FROM sign
    UNION SELECT merge.kept_id, what FROM sign JOIN people_personmerge AS merge
        ON merge.absorbed_id = person AND merge.undone_at IS NULL
    UNION SELECT merge.absorbed_id, what FROM sign JOIN people_personmerge AS merge
        ON merge.kept_id = person AND merge.undone_at IS NULL
"""


def _signs_of_persons(contact: Contact) -> dict[int, tuple[Sign, ...]]:
    given, country = contact.person, contact.entity.country
    asked: list[tuple[str, list[int | str]]] = []
    for kind, typed in (
        (ContactPoint.Kind.EMAIL, given.email),
        (ContactPoint.Kind.TELEPHONE, given.telephone),
    ):
        if plain := normalised(kind, typed, country):
            asked.append((_BY_POINT, [kind.value, plain]))
    if len(_plain(given.identity_number)) >= 6:
        asked.append((_BY_IDENTITY, [given.identity_number]))
    if contact.contract_number.strip():
        asked.append((_BY_CONTRACT, [contact.entity.pk, contact.contract_number.strip()]))
    postcode = _POSTCODE.search(given.postal_address)
    if given.name.strip() and postcode:
        asked.append((_BY_NAME, [given.name.strip(), rf"\m{postcode[0]}\M"]))
    if not asked:
        return {}
    signs = " UNION ".join(f"({statement})" for statement, _values in asked)
    with connection.cursor() as cursor:
        cursor.execute(
            _WITH_MERGED.format(signs=signs), [one for _text, values in asked for one in values]
        )
        found: dict[int, set[Sign]] = {}
        for person, what in cursor.fetchall():
            found.setdefault(person, set()).add(Sign(what))
    return {person: _by_weight(signs) for person, signs in found.items()}


def _by_weight(signs: set[Sign]) -> tuple[Sign, ...]:
    """In the order in which they are listed above: what weighs most comes first."""
    return tuple(one for one in Sign if one in signs)


def _plain(number: str) -> str:
    return "".join(sign for sign in number if sign.isalnum()).upper()
