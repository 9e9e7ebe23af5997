"""What lists can be narrowed to: the subjects, areas, teams and people of a viewer's entities."""

from dataclasses import dataclass

from valedor.casefile.models import Case, Kind, Stage
from valedor.casefile.viewing import Viewer
from valedor.foundation.multilingual import LANGUAGES
from valedor.people.models import Account, Entity, Role, Team
from valedor.people.permissions import Permission
from valedor.procedures.models import Area, Category

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class FilterChoices:
    """For each filter, what can be chosen."""

    entity: Choices
    kind: Choices
    category: Choices
    area: Choices
    team: Choices
    holder: Choices
    stage: Choices
    channel: Choices
    language: Choices


def filter_choices(viewer: Viewer) -> FilterChoices:
    """Read when somebody opens the filters, not with every list."""
    of_viewer = {"entity__in": viewer.entities}
    teams = Team.objects.filter(entities__in=viewer.entities).distinct()
    holders = Account.objects.filter(
        grants__team__in=teams, grants__role__in=[Role.AGENT, Role.HANDLER, Role.LEAD]
    )
    return FilterChoices(
        entity=[(one.key, one.name) for one in Entity.objects.filter(pk__in=viewer.entities)],
        kind=[(str(value), str(label)) for value, label in Kind.choices],
        category=_named(Category.objects.filter(**of_viewer).order_by("key")),
        area=_named(Area.objects.filter(**of_viewer).order_by("key")),
        team=_named(teams.order_by("key")),
        holder=[(one.username, one.name) for one in holders.distinct().order_by("name")],
        stage=[(str(value), str(label)) for value, label in Stage.choices],
        channel=[(str(value), str(label)) for value, label in Case.Channel.choices],
        language=[(code, code) for code in LANGUAGES],
    )


def entities_of(viewer: Viewer) -> list[Entity]:
    """The entities for which a viewer registers."""
    theirs = viewer.entities_where(Permission.REGISTER)
    return list(Entity.objects.filter(pk__in=theirs).order_by("name"))


def _named(rows: "object") -> Choices:
    return [(one.key, str(one.name)) for one in rows]  # type: ignore[attr-defined]
