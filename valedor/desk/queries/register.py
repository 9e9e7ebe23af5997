"""What whoever registers a contact is shown: whether person or matter are known already."""

from collections.abc import Sequence

from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import Case, RawMessage
from valedor.casefile.queries import CaseLine, lines_of
from valedor.casefile.viewing import Viewer
from valedor.people.contact_points import persons_reached_at
from valedor.people.models import Entity
from valedor.people.permissions import Permission


def cases_reached_at(viewer: Viewer, typed: Sequence[str], country: str) -> list[CaseLine]:
    """The newest cases of whoever has one of these addresses or numbers. A hint, not a proof."""
    persons: set[int] = set()
    for one in typed:
        if one.strip():
            persons |= persons_reached_at(one.strip(), (country,))
    if not persons:
        return []
    found = (
        cases_visible_to(viewer)
        .filter(complainant__in=persons)
        .order_by("-received_at", "-pk")
        .values_list("pk", flat=True)[:6]
    )
    return lines_of(viewer, list(found))


def entity_by_key(viewer: Viewer, key: str) -> Entity | None:
    """An entity for which the viewer registers; the only one where there is one."""
    theirs = viewer.entities_where(Permission.REGISTER)
    found = Entity.objects.filter(pk__in=theirs)
    if key:
        return found.filter(key=key).first()
    return found.first() if len(theirs) == 1 else None


def case_of_token(token: str) -> Case | None:
    """The case that a form was registered as before."""
    raw = RawMessage.objects.filter(token=token).select_related("case").first()
    return raw.case if raw else None


def note_read_as(
    raw: RawMessage, *, channel: str, state: str, trouble: str = "", case: Case | None = None
) -> None:
    """What became of a post that was kept."""
    RawMessage.objects.filter(pk=raw.pk).update(
        channel=channel, state=state, trouble=trouble, case=case
    )


def kept_post(raw_id: int, entity_id: int) -> RawMessage | None:
    """A post of the desk's form that became nothing yet."""
    return RawMessage.objects.filter(
        pk=raw_id, entity=entity_id, case=None, state=RawMessage.State.DRAFT
    ).first()


def case_now(case: Case) -> Case:
    """A case as it stands after what was done to it."""
    return Case.objects.select_related("entity").get(pk=case.pk)
