"""What a public message leaves on the timeline: nothing of its words, which are a document."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PublicMessageBroughtIn(Fact, kind="social.brought_in"):
    """The author of a public message agreed that it belongs to the case."""

    sentence = _("A public message on %(network)s was brought in with its author's consent.")
    icon = "in"

    message: int
    document: int
    network: str
    version: int


@dataclass(frozen=True, kw_only=True)
class PublicConsentWithdrawn(Fact, kind="social.withdrawn"):
    """The author took the consent back; the message was removed, and the case goes on."""

    sentence = _("The consent to a public message was taken back: the message was removed.")
    icon = "warning"

    message: int
