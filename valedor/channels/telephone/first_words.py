"""What a switchboard says to a caller before they wait: of an outage that befalls them, say.

What there is to tell is known by packages that come later in the house; they are connected by
``config``, as the followers of facts are.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from valedor.people.models import Entity

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class FirstWords:
    """Words to be said, and in which language (BCP 47).

    ``sure`` says that they concern this caller. Else nobody knows where the caller is, and the
    words say whom they concern: each switchboard decides whether to say them all the same.
    """

    language: str
    text: str
    sure: bool


Teller = Callable[[Entity, str, datetime], Sequence[FirstWords]]
tellers: list[Teller] = []


def words_for(entity: Entity, number: str, *, at: datetime) -> list[FirstWords]:
    """Everything that a caller is told first. ``number`` is in E.164, empty where it is withheld.

    Whatever fails here, a call is never kept waiting by it.
    """
    try:
        return [one for tell in tellers for one in tell(entity, number, at)]
    except Exception:
        _logger.exception("what to tell a caller first could not be found out")
        return []


def in_json(words: Sequence[FirstWords]) -> list[dict[str, object]]:
    """As the webhook answers it."""
    return [asdict(one) for one in words]
