"""Which letter is the word that a person is owed: the first answer, later where the case stands.

The trade's rule under ISO 10002: a first answer to every contact within 24 or 48 hours, and where
it takes longer, a word that says why and until when. Somebody has to write it; what leaves by
itself, as the receipt does, never counts.
"""

from collections.abc import Mapping
from typing import Any

from valedor.casefile.actors import By
from valedor.casefile.models import Deadline
from valedor.handling import outgoing
from valedor.handling.queries import CaseState
from valedor.procedures.applicable import pack_of_version
from valedor.procedures.letter_templates import missing_contents

# Somebody's own words are an answer, if not the solution.
_FREE_WORDS = "message"


def owed_word(state: CaseState, key: str, places: Mapping[str, Any], *, by: By) -> Deadline | None:
    """The limit that a letter meets once it is taken over, if it says what the limit asks for."""
    if by.account is None:
        return None
    for duty in ("first_answer", "status_update"):
        for deadline in state.running(duty):
            if duty == "first_answer" and key == _FREE_WORDS:
                return deadline
            required = _must_hold(deadline)
            if not missing_contents(required, outgoing.template_of(state, key), places):
                return deadline
    return None


def _must_hold(deadline: Deadline) -> tuple[str, ...]:
    if deadline.procedure_version_id is None:
        return ()
    clock = pack_of_version(deadline.procedure_version_id).clocks.get(deadline.clock)
    return clock.must_hold if clock else ()
