"""Declare an incident, tell more of it, say that it ended, close it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from valedor.casefile.viewing import the_house, viewer_of, viewing
from valedor.foundation.refusals import refuse_if
from valedor.incidents.collective import incident_rules
from valedor.incidents.collective.models import (
    AnswerPart,
    Incident,
    IncidentLine,
    Membership,
)
from valedor.people.models import Account, Configuration, Entity
from valedor.procedures.models import Area, Category


@transaction.atomic
def declare(
    entity: Entity,
    *,
    title: Mapping[str, str],
    words: Mapping[str, str],
    began_at: datetime,
    expected_end_at: datetime | None,
    places: Sequence[str] = (),
    categories: Sequence[Category] = (),
    areas: Sequence[Area] = (),
    is_public: bool = True,
    by: Account,
    at: datetime,
) -> Incident:
    """Say that something befalls many. From here on new cases are compared with it, and people
    read of it before they write. Raises ``Refused``.
    """
    refuse_if(incident_rules.why_not_work(viewer_of(by), entity.pk))
    refuse_if(
        incident_rules.why_not_times(began_at=began_at, expected_end_at=expected_end_at, at=at)
    )
    refuse_if(incident_rules.why_not_words([title, words], entity.languages))
    named = list(dict.fromkeys(place.strip() for place in places if place.strip()))
    refuse_if(incident_rules.why_not_places(named, categories=len(categories)))
    owners = [one.entity_id for one in categories] + [one.entity_id for one in areas]
    own = [owner for owner in owners if owner == entity.pk]
    refuse_if(incident_rules.why_not_unknown(own, owners))
    assert expected_end_at is not None  # noqa: S101 -- refused above
    incident = Incident.objects.create(
        entity=entity,
        title=dict(title),
        words=dict(words),
        places=named,
        is_public=is_public,
        began_at=began_at,
        expected_end_at=expected_end_at,
        declared_by=by,
        declared_at=at,
        looked_at=at,
    )
    incident.categories.set(categories)
    incident.areas.set(areas)
    _line(incident, IncidentLine.What.DECLARED, by, at, words=words, expected=expected_end_at)
    return incident


@transaction.atomic
def tell_more(
    incident: Incident,
    *,
    words: Mapping[str, str],
    expected_end_at: datetime | None,
    by: Account,
    at: datetime,
) -> Incident:
    """Add what is known now, and until when it is expected to last. Raises ``Refused``."""
    incident = _locked(incident)
    refuse_if(incident_rules.why_not_work(viewer_of(by), incident.entity_id))
    refuse_if(incident_rules.why_not_go_on(incident))
    expected = expected_end_at or incident.expected_end_at
    refuse_if(
        incident_rules.why_not_times(began_at=incident.began_at, expected_end_at=expected, at=at)
    )
    refuse_if(incident_rules.why_not_words([words], incident.entity.languages))
    incident.expected_end_at = expected
    incident.save(update_fields=["expected_end_at"])
    _line(incident, IncidentLine.What.TOLD, by, at, words=words, expected=expected)
    return incident


@transaction.atomic
def end(
    incident: Incident,
    *,
    ended_at: datetime,
    words: Mapping[str, str],
    by: Account,
    at: datetime,
) -> Incident:
    """The service is there again. Raises ``Refused``."""
    incident = _locked(incident)
    refuse_if(incident_rules.why_not_work(viewer_of(by), incident.entity_id))
    refuse_if(incident_rules.why_not_end(incident, ended_at=ended_at, at=at))
    refuse_if(incident_rules.why_not_words([words], incident.entity.languages))
    incident.ended_at = ended_at
    incident.save(update_fields=["ended_at"])
    _line(incident, IncidentLine.What.ENDED, by, at, words=words)
    return incident


@transaction.atomic
def close_incident(incident: Incident, *, by: Account, at: datetime) -> Incident:
    """Everybody it befell has been dealt with. Raises ``Refused``, while a case of it is open."""
    incident = _locked(incident)
    refuse_if(incident_rules.why_not_work(viewer_of(by), incident.entity_id))
    open_cases, waiting = still_open(incident)
    refuse_if(incident_rules.why_not_close(incident, open_cases=open_cases, waiting=waiting))
    incident.closed_at = at
    incident.save(update_fields=["closed_at"])
    _line(incident, IncidentLine.What.CLOSED, by, at)
    return incident


def still_open(incident: Incident) -> tuple[int, int]:
    """How many cases of it are open, whoever may see them, and how many answers still wait."""
    with viewing(the_house(incident.entity_id)):
        members = Membership.objects.filter(incident=incident, state=Membership.State.JOINED)
        waiting = AnswerPart.objects.filter(
            answer__incident=incident, state=AnswerPart.State.WAITING
        )
        return members.filter(case__closed_at=None).count(), waiting.count()


def _locked(incident: Incident) -> Incident:
    locked = Incident.objects.select_for_update(of=("self",)).select_related("entity")
    return locked.get(pk=incident.pk)


def _line(
    incident: Incident,
    what: IncidentLine.What,
    by: Account,
    at: datetime,
    *,
    words: Mapping[str, str] | None = None,
    expected: datetime | None = None,
) -> None:
    IncidentLine.objects.create(
        incident=incident,
        what=what,
        words=dict(words or {}),
        expected_end_at=expected,
        by=by,
        at=at,
    )
    tell_processes()


def tell_processes() -> None:
    """Public pages keep notices while the settings stay the same: they are to be read again."""
    Configuration.objects.update(number=F("number") + 1)
