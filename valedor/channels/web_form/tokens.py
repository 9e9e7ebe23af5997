"""What the form carries in a hidden field: a name of its own, and where its files lie.

The secret makes a submission sent twice one and the same, and the access code is derived from it.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from django.core import signing

GOOD_FOR = timedelta(days=7)
_SALT = "valedor form"


@dataclass(frozen=True)
class FormToken:
    """A form that somebody is filling in. ``files`` is how many of theirs lie with us."""

    secret: str
    held_id: int = 0
    files: int = 0

    def holding(self, held_id: int, files: int) -> "FormToken":
        """The same form with what is held for it now."""
        return replace(self, held_id=held_id, files=files)

    def __str__(self) -> str:
        return signing.dumps([self.secret, self.held_id, self.files], salt=_SALT)


def new_token() -> FormToken:
    """A form nobody has written into yet."""
    return FormToken(secrets.token_urlsafe(18))


def read_token(text: str) -> FormToken | None:
    """The token of a form; nothing for one that is forged or too old."""
    try:
        secret, held_id, files = signing.loads(text, salt=_SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return FormToken(str(secret), int(held_id), int(files))
