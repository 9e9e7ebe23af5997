"""What belonging to an incident leaves on the timeline of a case: both sides see it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact


@dataclass(frozen=True, kw_only=True)
class IncidentJoined(Fact, kind="incident.joined"):
    """The case is one of many that a wider incident brought about."""

    sentence = _("Part of a wider incident: %(title)s.")
    icon = "in"

    incident: int
    title: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class IncidentLeft(Fact, kind="incident.left"):
    """The case turned out to be one of its own."""

    sentence = _("No longer part of the wider incident: %(title)s.")
    icon = "out"

    incident: int
    title: dict[str, str]
