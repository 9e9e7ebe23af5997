"""Whoever was let in, in words: who they are, and what they did."""

from datetime import date

from django.utils.translation import gettext as _

from valedor.foundation.spoken_dates import day_in_words
from valedor.participants.models import Participant

_Role = Participant.Role


def named(name: str, role: str, organisation: str) -> str:
    """A name with what somebody is: "Maria Ros, for the consumer association X"."""
    told = {"name": name, "organisation": organisation}
    if role == _Role.ASSOCIATION:
        return _("%(name)s, for the consumer association %(organisation)s") % told
    if role == _Role.INTERPRETER:
        return _("%(name)s, interpreter") % told
    if role == _Role.COMPANION:
        return _("%(name)s, who goes along with the person") % told
    if organisation:
        return _("%(name)s of %(organisation)s, representative") % told
    return _("%(name)s, representative") % told


def until_words(expires_on: date | None, language: str) -> str:
    """Until when somebody is in."""
    if expires_on is None:
        return _("until the case is over")
    return _("until %(day)s") % {"day": day_in_words(expires_on, language)}
