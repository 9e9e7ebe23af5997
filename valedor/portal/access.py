"""What is read and joined while nobody has been let in to a case yet, or lets themselves in anew.

The house looks here, not the complainant: everything runs inside ``viewing(the_house(…))`` unless
it says otherwise. A reference is looked up within its entity, so that it finds no case of another.
"""

from datetime import datetime

from django.db import IntegrityError

from valedor.casefile.joining import surviving
from valedor.casefile.models import Case, Letter, RawMessage
from valedor.people.models import Entity


class SentBefore(Exception):
    """A form that was sent already: its secret lets it be sent once."""


def case_with_reference(entity: Entity | int, reference: str) -> Case | None:
    """The case of an entity that a reference names. Nobody is let in by that alone."""
    return Case.objects.filter(reference=reference, entity=entity).select_related("entity").first()


def case_of_link(entity: Entity, case_id: int, reference: str) -> Case | None:
    """The case of a mailed link, if it is the one of the address that was opened."""
    return (
        Case.objects.filter(pk=case_id, reference=reference.upper(), entity=entity)
        .select_related("entity")
        .first()
    )


def case_it_goes_on_in(case: Case) -> Case:
    """The case in which this one goes on; itself, unless it was merged."""
    return surviving(case)


def case_to_write_about(entity: Entity, case_id: int) -> Case | None:
    """The case that a new link is for, unless it was erased."""
    return (
        Case.objects.select_related("entity")
        .filter(pk=case_id, entity=entity, erased_at=None)
        .first()
    )


def case_anew(case: Case) -> Case:
    """The same case as it is stored now, for whoever is inside: runs as the complainant."""
    return Case.objects.select_related("entity").get(pk=case.pk)


def case_registered_from(secret: str) -> Case | None:
    """The case that a form became, by the secret that lets a form be sent once."""
    raw = RawMessage.objects.select_related("case").filter(token=secret).first()
    return raw.case if raw else None


def was_queued_since(case: Case, kind: str, since: datetime) -> bool:
    """Whether a letter of a kind was queued for a case after a moment."""
    return Letter.objects.filter(case=case, kind=kind, queued_at__gt=since).exists()


def post_kept(raw_id: int) -> RawMessage:
    """A post as it was kept."""
    return RawMessage.objects.get(pk=raw_id)


def join_post(raw_id: int, case: Case, *, secret: str) -> None:
    """Make a kept post a part of a case. Raises ``SentBefore`` for a secret used before."""
    try:
        RawMessage.objects.filter(pk=raw_id).update(
            case=case, state=RawMessage.State.REGISTERED, token=secret
        )
    except IntegrityError as error:
        if "casefile_rawmessage_token" in str(error):
            raise SentBefore from error
        raise
