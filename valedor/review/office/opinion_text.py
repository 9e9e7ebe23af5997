"""The opinion as both sides read it: facts held proved, what it applies, a conclusion on each point
with what is to be done.
"""

from django.utils.translation import gettext as _
from django.utils.translation import override

from valedor.foundation.spoken_dates import day_in_words
from valedor.handling.models import Decision
from valedor.review.office.queries import FileState


def text_of(fs: FileState, *, language: str) -> str:
    """The whole text in a language."""
    with override(language):
        parts = [_("What we hold proved"), *_facts(fs)]
        if fs.opinion is not None and fs.opinion.principles.strip():
            parts += [_("What we apply"), fs.opinion.principles.strip()]
        parts += [_("What we conclude"), *_conclusions(fs, language)]
    return "\n\n".join(parts)


def _facts(fs: FileState) -> list[str]:
    return [
        _("%(number)s. %(fact)s (shown by: %(what)s)")
        % {"number": one.ordinal, "fact": one.text.strip(), "what": one.shown_by.strip()}
        for one in fs.facts
    ]


def _conclusions(fs: FileState, language: str) -> list[str]:
    found = []
    for one in sorted(fs.conclusions, key=lambda each: each.grievance.ordinal):
        lines = [
            f"{one.grievance.ordinal}. {one.grievance.text.strip()}",
            _("%(outcome)s: %(reasons)s")
            % {
                "outcome": Decision.Outcome(one.outcome).label,
                "reasons": one.reasons.strip(),
            },
        ]
        if one.to_do:
            day = day_in_words(one.do_by, language) if one.do_by else ""
            lines.append(
                _("What the company does, by %(day)s: %(what)s")
                % {"day": day, "what": one.to_do.strip()}
            )
        found.append("\n".join(lines))
    return found
