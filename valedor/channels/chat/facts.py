"""What a chat leaves on the timeline beside its words, which are a message of the person's."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ChatTaken(Fact, kind="chat.taken"):
    """Somebody of the house began to talk with the person."""

    sentence = _("Began to talk with the person by chat.")
    icon = "person"

    chat: int
