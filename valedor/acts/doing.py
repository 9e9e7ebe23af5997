"""An act done, by whichever way it was asked for: a page or a program."""

from collections.abc import Mapping

from django.db import transaction

from valedor.acts import queries as reading
from valedor.acts.act import Act, ActForm, Situation
from valedor.casefile.models import Entry
from valedor.handling.actions.save_draft import drop_draft, save_draft
from valedor.handling.draft_place import DraftPlace


def do(
    known: Act,
    situation: Situation,
    form: ActForm,
    *,
    typed: Mapping[str, str],
    drops: bool = True,
    place: DraftPlace | None = None,
) -> str:
    """Do it with what a valid form holds; what is said once it is done. Raises ``Refused``.

    ``typed`` stays as a draft where the act can be taken back, else the draft that it came from is
    dropped; but not by a program (``drops``), which knows nothing of what its person has begun.
    ``place`` is the window that it was typed in.
    """
    with transaction.atomic():
        words = known.do(situation, form.cleaned_data)
        if known.keeps_draft:
            _settle_draft(known, situation, typed, drops=drops, place=place)
    return words


def changes_since(known: Act, situation: Situation, seen: str) -> list[Entry]:
    """What others wrote down since its author looked, where the act depends on it."""
    if not known.heeds_changes or not seen.isdecimal() or len(seen) > 9:
        return []
    return reading.lines_since(situation.viewer, situation.case, int(seen))


def _settle_draft(
    known: Act,
    situation: Situation,
    typed: Mapping[str, str],
    *,
    drops: bool,
    place: DraftPlace | None,
) -> None:
    """What was typed is not needed any more, unless what it became can be taken back."""
    name = known.draft_name(situation.item)
    if situation.keeps_what_was_typed:
        save_draft(
            situation.case, form=name, fields=typed, by=situation.by, at=situation.at, place=place
        )
    elif drops:
        drop_draft(situation.case, form=name, by=situation.by, place=place)
