"""The first page of a dossier: what it is, for whom, who stands against whom, what is in it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from valedor.casefile.seats import Seat
from valedor.disputes.dossier.contents import Contents
from valedor.disputes.dossier.redaction import Redactor
from valedor.disputes.models import Dossier
from valedor.people.models import Person
from valedor.telling import spoken


def cover_of(
    dossier: Dossier, contents: Contents, redactor: Redactor, zone: str, at: datetime
) -> dict[str, Any]:
    """What the cover says."""
    letters, documents = len(contents.written), len(contents.filed)
    lines = len(contents.entries)
    is_full = dossier.copy == Dossier.Copy.FULL
    return {
        "kind": pgettext("dossier", "Dossier"),
        "subject": redactor.text(contents.case.subject),
        "for": _("For %(body)s") % {"body": dossier.body},
        "copy": dossier.get_copy_display(),
        "copy_words": _("With every document and how the parties are reached.")
        if is_full
        else _("Without how the parties are reached, without names of staff and third persons."),
        "is_full": is_full,
        "parties": list(_parties(contents, redactor, is_full=is_full)),
        "inside": [
            ngettext("%(number)s line of the file", "%(number)s lines of the file", lines)
            % {"number": lines},
            ngettext("%(number)s letter or message", "%(number)s letters and messages", letters)
            % {"number": letters},
            ngettext("%(number)s document", "%(number)s documents", documents)
            % {"number": documents},
        ],
        "made": _made(dossier, contents, spoken.moment(at, zone)),
        "seal": _(
            "This file is sealed: whatever was changed in it since shows. The originals lie in it "
            "as files of their own."
        ),
    }


def _made(dossier: Dossier, contents: Contents, when: str) -> str:
    entity = contents.house.entity.name
    if dossier.by is None:
        return _(
            "Made on %(when)s by the system of %(house)s for the person whose case it is, of what "
            "they see there."
        ) % {"when": when, "house": entity}
    is_full = dossier.copy == Dossier.Copy.FULL
    return _("Made on %(when)s by %(name)s, %(house)s.") % {
        "when": when,
        "name": dossier.by.name if is_full else _("a member of the staff"),
        "house": entity if contents.own == Seat.COMPANY else _("the ombudsman's office"),
    }


def _parties(contents: Contents, redactor: Redactor, *, is_full: bool) -> Iterator[list[str]]:
    case, entity = contents.case, contents.house.entity
    if case.complainant is not None:
        yield [_("Complainant"), _person(case.complainant, contents, redactor, is_full=is_full)]
    if case.mandate is not None:
        speaker = case.mandate.representative
        yield [_("Representative"), _person(speaker, contents, redactor, is_full=is_full)]
    against = (entity.name, entity.postal_address, entity.telephone)
    yield [_("Against"), "\n".join(filter(None, against))]


def _person(person: Person, contents: Contents, redactor: Redactor, *, is_full: bool) -> str:
    if not is_full:
        return redactor.text(person.name)
    points = [one.value for one in contents.points if one.person_id == person.pk]
    return "\n".join(filter(None, (person.name, person.identity_number, *points)))
