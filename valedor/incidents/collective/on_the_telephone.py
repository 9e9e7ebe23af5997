"""What whoever calls hears before they wait: an incident that lasts and befalls them.

People are told of incidents before they ask, by the way they use (Ley 10/2025, art. 4.5), and what
is told of a mass outage is the same on every way at once (art. 13.9): the words are those of the
page of notices. Nobody is kept from talking to a person by it (art. 8).

A number is a hint of who calls, never a proof. It opens nothing here but what everybody can read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from valedor.casefile.viewing import the_company, viewing
from valedor.channels.telephone.first_words import FirstWords
from valedor.foundation.spoken_dates import moment_in_words
from valedor.incidents.collective.affected import known_at, points_of, where
from valedor.incidents.collective.likeness import folded, is_there
from valedor.incidents.collective.notices import Notice, notices
from valedor.people.contact_points import persons_reached_at
from valedor.people.models import Entity
from valedor.procedures.house_rules import HouseRules, house_rules

MOST = 3
"""Nobody listens to more before they may speak."""
LONGEST = 400
_TAGS = {"pt-br": "pt-BR"}


@dataclass(frozen=True)
class Caller:
    """Who calls, as far as their number says: where they may be, and how they are spoken to."""

    places: tuple[str, ...] = ()
    language: str = ""


def caller_at(entity: Entity, number: str, *, at: datetime) -> Caller:
    """What an entity knows of whoever has a number: of its own people only."""
    with viewing(the_company(entity)):
        persons = persons_reached_at(number, (entity.country,)) if number else set()
        people = list(known_at(entity, at=at).filter(pk__in=persons)) if persons else []
        points = points_of(people)
        places = [where(person, points[person.pk]) for person in people]
    language = people[-1].language if people else ""
    return Caller(tuple(filter(None, places)), language)


def befalling(house: HouseRules, caller: Caller, *, at: datetime) -> list[tuple[Notice, bool]]:
    """The incidents that last and may be why somebody calls, each with whether it surely befalls
    them: those first, the newest first. Of one elsewhere nothing is said to whoever is known to
    be here.
    """
    found = []
    for notice in notices(house, at=at):
        if notice.ended_at is not None:
            continue
        places = [folded(place) for place in notice.places]
        is_here = not places or any(is_there(places, one) for one in caller.places)
        if is_here or not caller.places:
            found.append((notice, is_here))
    return sorted(found, key=lambda one: not one[1])


def first_words(entity: Entity, number: str, at: datetime) -> list[FirstWords]:
    """What a switchboard says to a caller, in their language where the entity speaks it."""
    house = house_rules(entity.pk)
    if not any(one.ended_at is None for one in notices(house, at=at)):
        return []
    caller = caller_at(entity, number, at=at)
    language = caller.language if caller.language in entity.languages else entity.default_language
    found = befalling(house, caller, at=at)[:MOST]
    with translation.override(language):
        said = [_said(notice, is_sure, entity, language, at) for notice, is_sure in found]
        if said:
            said[-1] += " " + _("To speak to somebody, stay on the line.")
    tag = _TAGS.get(language, language)
    return [
        FirstWords(tag, text, is_sure) for text, (_notice, is_sure) in zip(said, found, strict=True)
    ]


def _said(notice: Notice, is_sure: bool, entity: Entity, language: str, at: datetime) -> str:
    parts: list[str] = []
    if not is_sure:
        told = {"places": ", ".join(notice.places)}
        parts.append(_("This is for whoever calls from here: %(places)s.") % told)
    parts.append(_sentence(notice.title.in_language(language)))
    if notice.told:
        parts.append(_sentence(_beginning(notice.told[0].words.in_language(language))))
    if notice.expected_end_at > at:
        when = moment_in_words(notice.expected_end_at, entity.timezone, language)
        parts.append(_("Expected until %(when)s.") % {"when": when})
    return " ".join(filter(None, parts))


def _beginning(text: str) -> str:
    """The first paragraph of what was told last, as far as somebody listens to it."""
    paragraphs: Sequence[str] = [one for one in text.split("\n\n") if one.strip()] or [""]
    words = " ".join(paragraphs[0].split())
    if len(words) <= LONGEST:
        return words
    cut = words[:LONGEST]
    whole, stop, _rest = cut.rpartition(". ")
    return f"{whole}." if stop else f"{cut.rpartition(' ')[0]}…"


def _sentence(words: str) -> str:
    words = words.strip()
    return words if not words or words.endswith((".", "!", "?", "…")) else f"{words}."
