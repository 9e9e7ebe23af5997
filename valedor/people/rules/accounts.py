"""The accounts of the staff: their names, numbers and hours."""

import re

from django.utils.translation import gettext_lazy as _

from valedor.foundation.refusals import Refusal
from valedor.people.working_hours import read_stretch

_TELEPHONE = re.compile(r"^\+[1-9][0-9 ]{6,18}$")

_USERNAME = re.compile(r"^[\w.+-]{2,60}$")


def why_not_username(username: str) -> Refusal | None:
    """A name to sign in with; an address is recognised by its @, so a name has none."""
    if _USERNAME.match(username):
        return None
    return Refusal(
        "username_unreadable",
        _("“%(username)s” cannot be a user name: write 2 to 60 letters, digits, dots or hyphens."),
        {"username": username},
    )


def why_not_telephone(number: str) -> Refusal | None:
    """A number with its country, so that any gateway reaches it; or none."""
    if not number or _TELEPHONE.match(number):
        return None
    return Refusal(
        "telephone_unreadable",
        _("Write the number with its country and nothing else: +34 600 000 000."),
    )


def why_not_hours(line: str) -> Refusal | None:
    """Whether a line of somebody's working hours can be read."""
    try:
        read_stretch(line)
    except ValueError:
        return Refusal(
            "hours_unreadable",
            _("“%(line)s” names no hours. Write it like this: mon-fri 09:00-15:00"),
            {"line": line},
        )
    return None
