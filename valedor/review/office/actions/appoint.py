"""Who holds the office: appointed on the record, with their ties declared, for a term that ends."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from valedor.foundation.moments import local_day
from valedor.foundation.refusals import refuse_if
from valedor.people import rules as people_rules
from valedor.people.acts import Act
from valedor.people.changes import lock_settings, record_setting
from valedor.people.models import Account, Entity, Role, RoleGrant
from valedor.people.queries import roles_of
from valedor.procedures import setting_rules
from valedor.review.office import rules
from valedor.review.office.models import Appointment, Declaration
from valedor.review.office.queries import DECLARATION_LASTS


@transaction.atomic
def appoint(
    entity: Entity,
    account: Account,
    *,
    title: Mapping[str, str],
    standing: Mapping[str, str],
    appointed_by: str,
    begins_on: date,
    ends_on: date,
    ties: str,
    by: Account | None,
    at: datetime,
    substitute_for: Appointment | None = None,
) -> Appointment:
    """Record an appointment with the declaration of ties that goes before it. Raises ``Refused``.

    The role was given with the office's own yes (``people.actions.office``): it is what opens the
    wall, this is what makes its holder known.
    """
    lock_settings()
    refuse_if(people_rules.why_not_administer(by=by, roles=roles_of(by)))
    for text in (title, standing):
        refuse_if(setting_rules.why_not_words(text, entity.languages, what=account.username))
    holds = RoleGrant.objects.filter(
        account=account, role=Role.OMBUDSMAN, ended_at=None, team__entities=entity
    )
    held = Appointment.objects.filter(
        entity=entity, begins_on__lte=ends_on, ends_on__gte=begins_on, substitute_for=None
    ).filter(Q(ended_on=None) | Q(ended_on__gt=begins_on))
    refuse_if(
        rules.why_not_appoint(
            begins_on=begins_on,
            ends_on=ends_on,
            holds_role=holds.exists(),
            has_ties=bool(ties.strip()),
            overlaps=substitute_for is None and held.exists(),
        )
    )
    appointment = Appointment.objects.create(
        entity=entity,
        account=account,
        title=dict(title),
        standing=dict(standing),
        appointed_by=appointed_by,
        begins_on=begins_on,
        ends_on=ends_on,
        substitute_for=substitute_for,
        recorded_by=by,
        recorded_at=at,
    )
    _declared(appointment, "", at=at)
    record_setting(
        Act.OMBUDSMAN_APPOINTED,
        f"{entity.key}/{account.username}",
        after={
            "begins_on": begins_on.isoformat(),
            "ends_on": ends_on.isoformat(),
            "appointed_by": appointed_by,
        },
        by=by,
        at=at,
    )
    return appointment


@transaction.atomic
def declare(appointment: Appointment, *, ties: str, by: Account, at: datetime) -> Declaration:
    """Renew one's declaration. A tie ends the appointment: whoever has one cannot hold the office.
    That there is one is public; what it is, a matter of the office. Raises ``Refused``.
    """
    refuse_if(rules.why_not_declare(appointment, by=by))
    declaration = _declared(appointment, ties, at=at)
    if ties.strip():
        with override(appointment.entity.default_language):
            _end(appointment, _("A tie with the company was declared."), at=at)
    record_setting(
        Act.OMBUDSMAN_DECLARED,
        f"{appointment.entity.key}/{by.username}",
        after={"has_ties": bool(ties.strip()), "valid_until": declaration.valid_until.isoformat()},
        by=by,
        at=at,
    )
    return declaration


@transaction.atomic
def end_appointment(
    appointment: Appointment, *, reason: str, by: Account | None, at: datetime
) -> Appointment:
    """End an appointment before its term, with the reason on the record. Raises ``Refused``."""
    lock_settings()
    refuse_if(people_rules.why_not_administer(by=by, roles=roles_of(by)))
    refuse_if(rules.why_not_end(appointment, reason=reason))
    _end(appointment, reason, at=at)
    record_setting(
        Act.OMBUDSMAN_ENDED,
        f"{appointment.entity.key}/{appointment.account.username}",
        by=by,
        at=at,
        reason=reason,
    )
    return appointment


def _end(appointment: Appointment, reason: str, *, at: datetime) -> None:
    appointment.ended_on = local_day(at, appointment.entity.timezone)
    appointment.end_reason = reason
    appointment.save(update_fields=["ended_on", "end_reason"])


def _declared(appointment: Appointment, ties: str, *, at: datetime) -> Declaration:
    day = local_day(at + DECLARATION_LASTS, appointment.entity.timezone)
    return Declaration.objects.create(
        appointment=appointment,
        ties=ties.strip(),
        declared_at=at,
        valid_until=min(day, appointment.ends_on),
    )
