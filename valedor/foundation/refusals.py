"""Refusing: the normal way in which a rule says no, with the reason."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Refusal:
    """Why something is not allowed now.

    ``code`` is stable and meant for programs and tests; ``sentence`` is meant for people and is
    translated when it is shown. The same refusal greys the button and stops the action.
    """

    code: str
    sentence: str | Promise
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.sentence) % self.values if self.values else str(self.sentence)


class Refused(Exception):
    """An action was asked for that a rule does not allow now. Nothing was changed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal

    @property
    def code(self) -> str:
        return self.refusal.code


def refuse_if(refusal: Refusal | None) -> None:
    """Stop an action when a rule gave a reason to.

    Raises ``Refused``.
    """
    if refusal is not None:
        raise Refused(refusal)
