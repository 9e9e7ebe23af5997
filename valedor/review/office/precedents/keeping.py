"""An opinion becomes a precedent when it is signed."""

from collections.abc import Collection

from django.db import connection

from valedor.foundation.ids import next_id
from valedor.handling.models import Decision
from valedor.review.office.precedents.models import Precedent
from valedor.review.office.queries import FileState

Outcome = Decision.Outcome

_KEEP = """
    INSERT INTO review_precedent
        (id, case_id, entity_id, seats, opinion_id, category_id, outcome, signed_at, words)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, valedor_words(%s, %s))
"""


def keep(fs: FileState) -> None:
    """Keep a signed opinion among those that are looked up. Runs as the house."""
    opinion = fs.opinion
    assert opinion is not None  # noqa: S101 -- it was signed just now
    about = fs.proceeding.about
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            [
                next_id(),
                fs.file.pk,
                fs.file.entity_id,
                Precedent._meta.get_field("seats").default,
                opinion.pk,
                about.category_id if about is not None else None,
                outcome_of([one.outcome for one in fs.conclusions]),
                opinion.signed_at,
                fs.file.language,
                "\n".join(texts_of(fs)),
            ],
        )


def outcome_of(outcomes: Collection[str]) -> Outcome:
    """Of all points together: upheld, or not, where each of them is; else in part."""
    for whole in (Outcome.UPHELD, Outcome.NOT_UPHELD):
        if all(one == whole for one in outcomes):
            return whole
    return Outcome.PARTLY_UPHELD


def texts_of(fs: FileState) -> list[str]:
    """What an opinion is found by: principles, facts, points, reasons, what is to be done."""
    found = [fs.opinion.principles] if fs.opinion else []
    found += [text for one in fs.facts for text in (one.text, one.shown_by)]
    found += [
        text for one in fs.conclusions for text in (one.grievance.text, one.reasons, one.to_do)
    ]
    return [text.strip() for text in found if text.strip()]
