"""What the settings show. They are the whole organisation's, so no viewer narrows these reads.

The page asks for the right before it reads; of the office's questions it shows each reader theirs.
"""

from datetime import datetime

from valedor.people.models import Account, AdministrationEntry, OfficeRequest, RoleGrant, Team
from valedor.procedures.models import Category


def everybody() -> list[Account]:
    """The staff, those with a sign-in first, each with the roles they held. Three queries."""
    found = Account.objects.order_by("-is_active", "username")
    return list(found.prefetch_related("grants__team"))


def grant_of(account: Account, pk: int) -> RoleGrant | None:
    """One role of somebody, held still or once."""
    return RoleGrant.objects.filter(account=account, pk=pk).first()


def every_team() -> list[Team]:
    """The teams, each with whom it serves and the roles held in it. Three queries."""
    return list(Team.objects.order_by("key").prefetch_related("entities", "grants"))


def team_chosen(key: str) -> Team:
    """The team that a form let somebody choose. Raises ``Team.DoesNotExist``."""
    return Team.objects.get(key=key)


def categories_offered() -> list[Category]:
    """The public categories of every entity that have no end; several entities may share a key."""
    return list(Category.objects.filter(is_public=True, valid_until=None).order_by("key"))


def office_requests_waiting() -> list[OfficeRequest]:
    """What the ombudsman's office has not answered, the oldest first."""
    found = OfficeRequest.objects.filter(answered_at=None)
    return list(found.select_related("account", "asked_by", "team").order_by("asked_at"))


def office_request(pk: int) -> OfficeRequest | None:
    """One question to the ombudsman's office, answered or not."""
    return OfficeRequest.objects.select_related("account").filter(pk=pk).first()


def how_many_wait_about(account: Account) -> int:
    """How many questions about somebody the ombudsman's office has not answered."""
    return OfficeRequest.objects.filter(account=account, answered_at=None).count()


def log_lines(*, before: int | None, at_most: int) -> list[AdministrationEntry]:
    """The administration log, newest first, from below a line on."""
    found = AdministrationEntry.objects.select_related("by").order_by("-sequence")
    if before is not None:
        found = found.filter(sequence__lt=before)
    return list(found[:at_most])


def log_lines_of(account: Account, *, at: datetime) -> list[AdministrationEntry]:
    """What somebody changed at one moment, in order."""
    return list(AdministrationEntry.objects.filter(at=at, by=account).order_by("sequence"))
