"""Which roles go where, and with which others; teams, in which they are held."""

from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from valedor.foundation.refusals import Refusal
from valedor.people.models import Account, Role, Team
from valedor.people.permissions import COMPANY_ROLES, OFFICE_ROLES

from .words import unknown

TEAM_ROLES = COMPANY_ROLES | OFFICE_ROLES


def why_not_role_there(
    role: str, *, team: Team | None, entities: Sequence[object]
) -> Refusal | None:
    """Roles that work on cases are held in a team, an auditor's over entities, others plainly."""
    if role not in Role.values:
        return unknown(
            "unknown_role", _("There is no role %(word)s: try %(near)s."), role, Role.values
        )
    name = {"role": Role(role).label}
    if role in TEAM_ROLES and team is None:
        return Refusal("role_needs_team", _("The role %(role)s is held in a team."), name)
    if role not in TEAM_ROLES and team is not None:
        return Refusal("role_without_team", _("The role %(role)s is held without a team."), name)
    if role == Role.AUDITOR and not entities:
        return Refusal("auditor_needs_entities", _("An auditor audits at least one entity."))
    if role != Role.AUDITOR and entities:
        return Refusal("entities_of_auditor", _("Only an auditor's role names entities."))
    if team is not None:
        return _why_not_in_team(role, team)
    return None


def _why_not_in_team(role: str, team: Team) -> Refusal | None:
    if not team.is_active:
        return Refusal("team_inactive", _("This team does not work any more."))
    if (role in OFFICE_ROLES) != (team.purpose == Team.Purpose.OMBUDSMAN):
        return Refusal(
            "office_apart",
            _("The ombudsman's office and the company's teams are kept apart."),
        )
    if (role == Role.AREA) != (team.purpose == Team.Purpose.AREA):
        return Refusal(
            "area_apart",
            _("Whoever answers for an area sits in that area's team, and nobody else does."),
        )
    return None


def why_not_together(role: str, *, held: Collection[str]) -> Refusal | None:
    """The wall and the separation of settings from cases hold for each person."""
    roles = {role, *held}
    if roles & OFFICE_ROLES and roles - OFFICE_ROLES:
        return Refusal(
            "office_is_exclusive",
            _("Whoever sits in the ombudsman's office holds no other role."),
        )
    if Role.ADMINISTRATOR in roles and roles - {Role.ADMINISTRATOR}:
        return Refusal(
            "administrator_sees_no_cases",
            _("An administrator sees no cases: the other roles need an account of their own."),
        )
    return None


def why_not_grant(
    account: Account, role: str, *, by: Account | None, held: Collection[str]
) -> Refusal | None:
    """Nobody grants a role to themselves; the office is granted with its own yes."""
    if by is not None and by.pk == account.pk:
        return Refusal("self_grant", _("Nobody grants a role to themselves."))
    if not account.is_active:
        return Refusal("account_inactive", _("This person cannot sign in any more."))
    return why_not_together(role, held=held)


def why_not_give_up(*, is_administrator: bool, others: int) -> Refusal | None:
    """Somebody must be left who can change settings."""
    if is_administrator and others == 0:
        return Refusal(
            "last_administrator",
            _("This is the last administrator: name another one first."),
        )
    return None


def why_not_team(
    *, name: Mapping[str, str], entities: Sequence[object], purpose: str
) -> Refusal | None:
    """A team has a name in some language, a purpose, and serves somebody."""
    if purpose not in Team.Purpose.values:
        return unknown(
            "unknown_purpose",
            _("There is no purpose %(word)s: try %(near)s."),
            purpose,
            Team.Purpose.values,
        )
    if not any(text.strip() for text in name.values()):
        return Refusal("no_name", _("A team has a name in at least one language."))
    if not entities:
        return Refusal("team_serves_nobody", _("A team serves at least one entity."))
    return None
