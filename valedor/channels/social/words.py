"""What is said about a public message: to its author in public, and where they agree.

Nothing personal stands in what is pasted into a public reply: no name, no case, no reference.
"""

from django.utils import translation
from django.utils.translation import gettext as _

from valedor.channels.social.models import PublicMessage

VERSION = 1
"""Of the words of consent: one more with every change to them."""


def consent(entity_name: str) -> str:
    """What an author agrees to, in the current language."""
    return _(
        "I wrote this message. I agree that %(name)s brings it into a case: its text, its address "
        "and the name under which I wrote it are kept with the case, to look into it and answer "
        "me. I can take this back at any time."
    ) % {"name": entity_name}


def to_paste(message: PublicMessage, link: str) -> str:
    """A reply with the link, in the author's language."""
    with translation.override(message.language):
        return _(
            "Thank you for telling us. Please do not write personal details in public. If you "
            "wrote this and want us to look into it, tell us here, without an account: %(link)s"
        ) % {"link": link}


def as_file(message: PublicMessage) -> str:
    """The message as a document of the case."""
    seen = message.seen_at.isoformat()
    head = [message.network, message.address, message.author, seen]
    return "\n".join([*head, "", message.text, ""])
