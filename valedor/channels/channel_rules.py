"""What a mailbox, a telephone line and an SMS gateway may not be alike. Pure."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from valedor.foundation.refusals import Refusal
from valedor.people.models import Entity, Team

SHORTEST_SECRET = 16


def why_not_language(language: str, entity: Entity) -> Refusal | None:
    """What comes there is answered in a language of the entity, until somebody knows better."""
    if language in entity.languages:
        return None
    return Refusal(
        "language_not_spoken",
        _("The entity does not speak “%(language)s”: choose one of its languages."),
        {"language": language},
    )


def why_not_words(choices: Iterable[tuple[str, list[str]]]) -> Refusal | None:
    """Each word is one of those that are known."""
    for word, known in choices:
        if word not in known:
            return Refusal(
                "unknown_word",
                _("“%(word)s” is unknown here: write one of %(known)s."),
                {"word": word, "known": ", ".join(known)},
            )
    return None


def why_not_team(team: Team | None, *, serves: bool) -> Refusal | None:
    """Whoever looks after it serves its entity."""
    if team is None or serves:
        return None
    return Refusal(
        "team_elsewhere",
        _("The team “%(team)s” does not serve this entity."),
        {"team": team.key},
    )


def why_not_secret(secret: str) -> Refusal | None:
    """A short secret is guessed."""
    if len(secret) >= SHORTEST_SECRET:
        return None
    return Refusal(
        "secret_short",
        _("A secret has at least %(number)s characters."),
        {"number": SHORTEST_SECRET},
    )
