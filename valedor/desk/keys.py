"""Keys that go where links lead: two after each other for places, one for acts on a case."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from valedor.acts import ACTS, Situation
from valedor.casefile.models import Case
from valedor.casefile.queues import Queue
from valedor.casefile.viewing import Viewer
from valedor.people.permissions import Permission


class Key(NamedTuple):
    """What is pressed, what it does, where it leads; no address for what a script does itself."""

    keys: str
    words: str
    url: str = ""


_QUEUES = {
    Queue.MINE: "g m",
    Queue.TEAM: "g t",
    Queue.UNASSIGNED: "g u",
    Queue.DUE_SOON: "g d",
    Queue.OVERDUE: "g o",
    Queue.WAITING: "g w",
    Queue.OPEN: "g a",
    Queue.CLOSED: "g c",
}
_ACTS = {
    "message": "m",
    "note": "n",
    "received-message": "w",
    "document": "d",
    "taking": "t",
    "assignment": "p",
    "handover": "h",
    "assessment": "e",
    "question": "q",
    "area-question": "b",
    "finding": "f",
    "redress": "o",
    "response": "a",
    "closure": "c",
    "identity": "i",
    "relation": "r",
}


def everywhere(viewer: Viewer) -> list[Key]:
    """The keys that work on every page of the desk."""
    may, address = viewer.may, reverse("desk:queues")
    works = may(Permission.HANDLE) or may(Permission.ANSWER_ENQUIRIES)
    found = [Key("?", _("Show these keys"), reverse("desk:keys"))]
    if may(Permission.SEE_CASES):
        found += [
            Key(keys, queue.label, f"{address}?queue={queue.value}")
            for queue, keys in _QUEUES.items()
            if works or queue not in {Queue.MINE, Queue.TEAM}
        ]
    places = [
        (may(Permission.REGISTER), "g n", _("Register a contact"), "register"),
        (works, "g l", _("Calls for attention"), "alarms"),
        (works, "g h", _("Chats"), "chats"),
        (may(Permission.ASSIGN), "g v", _("Team overview"), "team"),
        (True, "g i", _("My account"), "account"),
    ]
    return found + [
        Key(keys, words, reverse(f"desk:{name}")) for yes, keys, words, name in places if yes
    ]


def in_lists() -> list[Key]:
    """What a script does itself in a list."""
    return [
        Key("j", _("Next case of the list")),
        Key("k", _("Case before it")),
        Key("/", _("Go to the search")),
    ]


def of_case(situation: Situation) -> list[Key]:
    """The keys of what can be done to a case now."""
    return list(_of_acts(lambda noun: _address(situation, noun)))


def of_every_case() -> list[Key]:
    """The same with nothing to do it to: what the page of the keys tells."""
    return list(_of_acts(lambda _noun: ""))


def _of_acts(address: Callable[[str], str | None]) -> Iterable[Key]:
    for noun, keys in _ACTS.items():
        url = address(noun)
        if url is not None:
            yield Key(keys, str(ACTS[noun].title), url)


def _address(situation: Situation, noun: str) -> str | None:
    if ACTS[noun].refusal(situation) is not None:
        return None
    case: Case = situation.case
    return reverse("desk:act", args=[case.reference, noun])
