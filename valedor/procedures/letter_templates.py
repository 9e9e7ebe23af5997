"""Letters of the house: the shipped wordings, their versions, and how one is filled in.

A shipped wording (``letters/*.toml``) says in four languages what a letter says, and which places
carry which content that a regime asks for (``[contents]``, words of the vocabulary); a list may
carry several, each by a row of its own (``next_steps.adr_schemes``). An entity
may publish its own wording under the same key; it fills the same places.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from valedor.foundation.multilingual import LANGUAGES, MultilingualText
from valedor.foundation.refusals import Refusal
from valedor.people.models import Configuration
from valedor.procedures.letter_wording import WordingError, fill_in, places_of
from valedor.procedures.models import LetterTemplate
from valedor.procedures.vocabulary_tables import word


@dataclass(frozen=True)
class ShippedLetter:
    """A letter that the product brings: its words, its places, and what carries which content."""

    key: str
    subject: MultilingualText
    body: MultilingualText
    contents: dict[str, tuple[str, ...]]  # Content key → what must all be filled (``is_filled``).
    places: dict[str, frozenset[str]]  # "" and each list → the names that may be used there.


@cache
def shipped_letters() -> dict[str, ShippedLetter]:
    """Every shipped letter by its key.

    Raises ``WordingError`` naming the file that cannot be read.
    """
    folder = files("valedor.procedures") / "letters"
    frame = tomllib.loads((folder / "frame.toml").read_text(encoding="utf-8"))
    letters = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml") or file.name == "frame.toml":
            continue
        try:
            letter = _read(tomllib.loads(file.read_text(encoding="utf-8")), frame)
        except (KeyError, tomllib.TOMLDecodeError, WordingError) as error:
            raise WordingError(f"letters/{file.name}: {error}") from error
        letters[letter.key] = letter
    return letters


def _read(written: dict[str, Any], frame: dict[str, Any]) -> ShippedLetter:
    subject, body = MultilingualText(), MultilingualText()
    for language in LANGUAGES:
        subject[language] = written[language]["subject"]
        parts = (
            frame[language]["greeting"],
            written[language]["body"].replace(
                "{>next_steps}", frame[language]["next_steps"].strip()
            ),
            frame[language]["ending"],
        )
        body[language] = "\n\n".join(part.strip() for part in parts)
    places: dict[str, frozenset[str]] = {}
    for text in (*subject.values(), *body.values()):
        for within, names in places_of(text).items():
            places[within] = places.get(within, frozenset()) | names
    contents = {key: tuple(names) for key, names in written["contents"].items()}
    return ShippedLetter(written["key"], subject, body, contents, places)


def publish_shipped(at: datetime) -> list[LetterTemplate]:
    """Publish the shipped wordings that differ from their last version (``valedor migrate``).

    A version that was used stays as it was: a change gets the next number.
    """
    last: dict[str, LetterTemplate] = {
        template.key: template
        for template in LetterTemplate.objects.filter(entity=None).order_by("number")
    }
    published = []
    for letter in shipped_letters().values():
        before = last.get(letter.key)
        said = (dict(letter.subject), dict(letter.body), sorted(letter.contents))
        if before and (dict(before.subject), dict(before.body), before.contents) == said:
            continue
        published.append(
            LetterTemplate(
                key=letter.key,
                number=before.number + 1 if before else 1,
                subject=letter.subject,
                body=letter.body,
                contents=sorted(letter.contents),
                published_at=at,
            )
        )
    LetterTemplate.objects.bulk_create(published)
    if published:
        Configuration.objects.update(number=F("number") + 1)
    return published


def render(template: LetterTemplate, language: str, values: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and body of a letter in a language, every place filled.

    A value that the wording does not use is left out. Raises ``WordingError`` naming the first
    place that has no value.
    """
    subject = fill_in(template.subject.in_language(language), values)
    body = fill_in(template.body.in_language(language), values, elides=language == "ca")
    return " ".join(subject.split()), body


def why_not_publish(template: LetterTemplate) -> Refusal | None:
    """Why a wording of the house's own may not be published."""
    shipped = shipped_letters().get(template.key)
    if shipped is None:
        return Refusal(
            "letter_unknown", _("There is no letter called %(key)s."), {"key": template.key}
        )
    for text in (template.subject, template.body):
        for language in LANGUAGES:
            if not text.get(language, "").strip():
                return Refusal(
                    "letter_language_missing",
                    _("The letter has no text in %(language)s yet."),
                    {"language": language},
                )
    for language in LANGUAGES:
        refusal = _why_not_this_text(template, shipped, language)
        if refusal is not None:
            return refusal
    return None


def _why_not_this_text(
    template: LetterTemplate, shipped: ShippedLetter, language: str
) -> Refusal | None:
    try:
        subject, body = (
            places_of(template.subject[language]),
            places_of(template.body[language]),
        )
    except WordingError as error:
        return Refusal(
            "letter_unreadable",
            _("In %(language)s: %(what)s"),
            {"language": language, "what": str(error)},
        )
    used: set[str] = set()
    for places in (subject, body):
        for within, names in places.items():
            known = shipped.places.get(within, frozenset()) | shipped.places[""]
            unknown = sorted(names - known)
            if unknown:
                return Refusal(
                    "letter_place_unknown",
                    _("In %(language)s the text names {%(place)s}, unknown to this letter."),
                    {"language": language, "place": unknown[0]},
                )
            used |= names
    for content in template.contents:
        carriers = shipped.contents.get(content, ("?",))
        lost = sorted({name.partition(".")[0] for name in carriers} - used)
        if lost:
            return Refusal(
                "letter_content_absent",
                _("In %(language)s the text lacks {%(place)s}, which carries: %(content)s."),
                {"language": language, "place": lost[0], "content": word("content", content)},
            )
    return None


def missing_contents(
    required: Iterable[str], template: LetterTemplate, values: Mapping[str, Any]
) -> list[str]:
    """Which of the contents that a regime asks for (``must_hold``) this letter would lack.

    A content is there when the wording has the places that carry it and each is filled.
    Contents that no wording of this letter knows are missing too: nothing is taken for granted.
    """
    shipped = shipped_letters()[template.key]
    used = {
        name
        for places in map(places_of, template.body.values())
        for names in places.values()
        for name in names
    }
    return [
        content
        for content in dict.fromkeys(required)
        if content not in template.contents
        or not all(
            name.partition(".")[0] in used and is_filled(name, values)
            for name in shipped.contents.get(content, ("?",))
        )
    ]


def is_filled(carrier: str, values: Mapping[str, Any]) -> bool:
    """Whether a place has a value; of a list, ``next_steps.adr_schemes``, whether a row says so."""
    place, _dot, said = carrier.partition(".")
    if said:
        return any(row.get(said) for row in values.get(place) or ())
    return bool(values.get(place))
