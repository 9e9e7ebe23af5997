"""Why something known may not be written, published or taken away. Pure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from valedor.foundation.multilingual import LANGUAGES
from valedor.foundation.refusals import Refusal
from valedor.knowledge.models import Shelf
from valedor.people.models import Account, Role

LONGEST_TITLE, LONGEST_TEXT, LONGEST_KEYWORDS = 200, 20_000, 500

Words = Mapping[str, str]


def why_not_edit(
    *, by: Account | None, roles: Collection[str], led: Collection[int], entities: Collection[int]
) -> Refusal | None:
    """Administrators write for every entity, team leads for those that a team of theirs serves.

    ``led`` are the latter; ``entities`` those concerned, before the change and after it. Whoever
    sits at the console (None) may too.
    """
    if by is None or Role.ADMINISTRATOR in roles:
        return None
    if not led:
        return Refusal(
            "not_editor", _("Only team leads and administrators write what the house knows.")
        )
    if set(entities) - set(led):
        return Refusal(
            "not_editor_there",
            _("This is said for an entity of which you lead no team: an administrator changes it."),
        )
    return None


def why_not_save(
    *,
    shelf: str,
    title: Words,
    body: Words,
    keywords: Words,
    valid_from: date | None,
    valid_until: date | None,
    entities: Sequence[object],
) -> Refusal | None:
    """A draft may lack languages, but not everything."""
    if shelf not in Shelf.values:
        return Refusal(
            "unknown_shelf",
            _("There is no shelf “%(shelf)s”: choose one of %(known)s."),
            {"shelf": shelf, "known": ", ".join(Shelf.values)},
        )
    if not entities:
        return Refusal("no_entity", _("Choose at least one entity for which it is said."))
    if not any(text.strip() for text in title.values()):
        return Refusal("no_title", _("Write a title in one language at least."))
    for text, longest, code in (
        (title, LONGEST_TITLE, "title_too_long"),
        (body, LONGEST_TEXT, "text_too_long"),
        (keywords, LONGEST_KEYWORDS, "keywords_too_long"),
    ):
        if refusal := _why_not_words(text, longest, code):
            return refusal
    if valid_from and valid_until and valid_until < valid_from:
        return Refusal("ends_before_it_begins", _("The last day lies before the first one."))
    return None


def _why_not_words(text: Words, longest: int, code: str) -> Refusal | None:
    unknown = [language for language in text if language not in LANGUAGES]
    if unknown:
        return Refusal(
            "unknown_language",
            _("There is no language %(word)s here: write es, ca, pt-BR or en."),
            {"word": unknown[0]},
        )
    if any(len(words) > longest for words in text.values()):
        return Refusal(
            code, _("A text is too long: at most %(longest)s characters."), {"longest": longest}
        )
    return None


def why_not_publish(
    *, title: Words, body: Words, languages: Sequence[str], is_published: bool = False
) -> Refusal | None:
    """What is shown can be read in every language of its entities."""
    if is_published:
        return Refusal("already_published", _("This version is published already."))
    return why_not_complete([title, body], languages)


def why_not_complete(texts: Sequence[Words], languages: Sequence[str]) -> Refusal | None:
    """Each of some texts is needed in each of some languages."""
    names = dict(settings.LANGUAGES)
    missing = [
        language
        for language in LANGUAGES
        if language in languages and not all(text.get(language, "").strip() for text in texts)
    ]
    if not missing:
        return None
    return Refusal(
        "languages_missing",
        ngettext_lazy(
            "It cannot be published yet: the text in %(languages)s is missing.",
            "It cannot be published yet: the texts in %(languages)s are missing.",
            len(missing),
        ),
        {"languages": _Listed([names[language] for language in missing])},
    )


class _Listed(list[object]):
    """Names of languages, in the reader's language once they are shown."""

    def __str__(self) -> str:
        return ", ".join(str(name) for name in self)


def why_not_withdraw(*, is_withdrawn: bool) -> Refusal | None:
    """What is no longer shown cannot be taken away again."""
    if is_withdrawn:
        return Refusal("already_withdrawn", _("It is withdrawn already."))
    return None
