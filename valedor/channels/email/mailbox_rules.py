"""What a mailbox may not be, and why. Pure."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Kind, RawMessage
from valedor.casefile.seats import OFFICE_FILE
from valedor.casefile.viewing import Viewer
from valedor.channels.channel_rules import why_not_language, why_not_team, why_not_words
from valedor.channels.email.models import Mailbox
from valedor.channels.email.sorting import MAY_BE_SPARED
from valedor.foundation.refusals import Refusal
from valedor.intake.rules import why_not_sort
from valedor.people.models import Entity
from valedor.review.office.rules import why_not_sort as sorts_for_the_office

ADDRESS_TAKEN = _("Another mailbox has the address %(address)s already.")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\]|[0-9A-Fa-f:]+")
_LOCAL = {"localhost", "127.0.0.1", "::1", "[::1]"}


def why_not_of_entity(mailbox: Mailbox, entity: Entity) -> Refusal | None:
    """A mailbox stays with its entity: what lies in it was written to that one."""
    if mailbox.entity_id == entity.pk:
        return None
    return Refusal(
        "other_entity",
        _("The mailbox “%(key)s” belongs to another entity: give this one another key."),
        {"key": mailbox.key},
    )


def why_not_other_side(mailbox: Mailbox, *, is_of_the_office: bool) -> Refusal | None:
    """A mailbox stays on its side of the wall: whoever wrote there before wrote to that side."""
    if mailbox.is_of_the_office == is_of_the_office:
        return None
    return Refusal(
        "other_side",
        _(
            "A mailbox stays with the company or with the ombudsman's office: set up another one "
            "with an address of its own."
        ),
    )


def why_not_mailbox(mailbox: Mailbox, *, has_secret: bool, team_serves: bool) -> Refusal | None:
    """What is missing or contradicts itself before anything is written."""
    return (
        _why_not_address(mailbox)
        or why_not_language(mailbox.language, mailbox.entity)
        or why_not_words(
            (
                (mailbox.kind, Kind.values),
                (mailbox.security, Mailbox.Security.values),
                (mailbox.signs_in, Mailbox.SignsIn.values),
                (mailbox.afterwards, Mailbox.Afterwards.values),
            )
        )
        or _why_not_folder(mailbox)
        or _why_not_faxes(mailbox)
        or why_not_team(mailbox.team, serves=team_serves)
        or (_why_not_server(mailbox, has_secret=has_secret) if mailbox.host else None)
    )


def _why_not_address(mailbox: Mailbox) -> Refusal | None:
    try:
        validate_email(mailbox.address)
    except ValidationError:
        return Refusal(
            "email_unreadable",
            _("“%(address)s” is no e-mail address."),
            {"address": mailbox.address},
        )
    return None


def _why_not_faxes(mailbox: Mailbox) -> Refusal | None:
    if mailbox.is_fax and mailbox.is_of_the_office:
        return Refusal(
            "fax_of_the_office", _("The mailbox of the ombudsman's office takes no faxes.")
        )
    return None


def _why_not_folder(mailbox: Mailbox) -> Refusal | None:
    if mailbox.afterwards == Mailbox.Afterwards.MOVE and not mailbox.done_folder:
        return Refusal(
            "folder_missing", _("Say into which folder messages are moved once they are here.")
        )
    if mailbox.afterwards == Mailbox.Afterwards.MOVE and mailbox.done_folder == mailbox.folder:
        return Refusal(
            "same_folder", _("Messages cannot be moved into the folder that they come from.")
        )
    return None


def _why_not_server(mailbox: Mailbox, *, has_secret: bool) -> Refusal | None:
    if not _HOST.fullmatch(mailbox.host):
        return Refusal(
            "host_unreadable",
            _("“%(host)s” is no name of a server: write it without “imap://” and without a port."),
            {"host": mailbox.host},
        )
    if not 1 <= mailbox.port <= 65535:
        return Refusal("port_unreadable", _("A port is a number from 1 to 65535."))
    if mailbox.security == Mailbox.Security.NONE and mailbox.host not in _LOCAL:
        return Refusal(
            "not_encrypted",
            _("Without encryption a password may only go to a server on this machine."),
        )
    if not mailbox.login:
        return Refusal("login_missing", _("Say under which name the mail server lets us in."))
    if not has_secret:
        return Refusal(
            "secret_missing", _("Give the app password or the refresh token of the mailbox.")
        )
    if mailbox.signs_in == Mailbox.SignsIn.OAUTH and not (mailbox.token_url and mailbox.client_id):
        return Refusal(
            "oauth_incomplete",
            _("Say at which address tokens are given, and to which client."),
        )
    return None


def why_not_spare(raw: RawMessage, viewer: Viewer) -> Refusal | None:
    """Whether a program took a mail for something else than a person's, by whoever sorts what is
    held.
    """
    sorts = sorts_for_the_office if raw.seats == OFFICE_FILE else why_not_sort
    if refusal := sorts(raw, viewer):
        return refusal
    if raw.trouble not in MAY_BE_SPARED:
        return Refusal(
            "not_held_as_spam", _("This message is not held for what a program took it for.")
        )
    return None
