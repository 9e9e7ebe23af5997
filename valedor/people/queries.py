"""Who there is: entities, teams, staff and the roles they hold, and where people are reached."""

from collections.abc import Iterable
from datetime import date

from valedor.people.models import (
    Absence,
    Account,
    ContactPoint,
    Entity,
    Person,
    Role,
    RoleGrant,
    Team,
)
from valedor.people.permissions import OFFICE_ROLES


def every_entity() -> list[Entity]:
    """The legal entities of the organisation, by name."""
    return list(Entity.objects.order_by("name"))


def entity_with_key(key: str) -> Entity | None:
    """The legal entity of an address."""
    return Entity.objects.filter(key=key).first()


def entities_with_keys(keys: Iterable[str]) -> list[Entity]:
    """Some legal entities, by name; a key that none has is passed over."""
    return list(Entity.objects.filter(key__in=list(keys)))


def whereabouts_of(people: Iterable[int]) -> dict[int, str]:
    """Where people live, as far as they said: the place they named, their postal addresses."""
    wanted = list(people)
    found = {
        one.pk: [one.place] for one in Person.objects.filter(pk__in=wanted).only("pk", "place")
    }
    points = ContactPoint.objects.filter(person__in=wanted, kind="post", ended_at=None)
    for person_id, value in points.order_by("-pk").values_list("person", "value"):
        found.setdefault(person_id, []).append(value)
    return {person: "\n".join(filter(None, lines)) for person, lines in found.items()}


def teams_at_work() -> list[Team]:
    """The teams that take on work, by key."""
    return list(Team.objects.filter(is_active=True).order_by("key"))


def team_with_key(key: str) -> Team | None:
    """A team, at work or not."""
    return Team.objects.filter(key=key).first()


def account_with_username(username: str) -> Account | None:
    """Somebody of the staff, with sign-in or without."""
    return Account.objects.filter(username=username).first()


def person_unless_erased(person_id: int) -> Person | None:
    """A complainant or representative, while the house still knows who they are."""
    return Person.objects.filter(pk=person_id, erased_at=None).first()


def email_points_of(person: Person) -> list[ContactPoint]:
    """The e-mail addresses of a person that are in use and take letters."""
    return list(
        ContactPoint.objects.filter(
            person=person, kind=ContactPoint.Kind.EMAIL, ended_at=None, failed_at=None
        )
    )


def points_of_people(persons: Iterable[int]) -> dict[int, str]:
    """Where each of some people is written to, the last address that they gave."""
    found = ContactPoint.objects.filter(person__in=list(persons), ended_at=None).order_by("pk")
    return dict(found.values_list("person", "value"))


def roles_of(account: Account | None) -> frozenset[str]:
    """The roles somebody holds now; none for an account without sign-in."""
    if account is None or not account.is_active:
        return frozenset()
    return frozenset(
        RoleGrant.objects.filter(account=account, ended_at=None).values_list("role", flat=True)
    )


def people_led_by(account: Account) -> list[Account]:
    """Whoever works in a team that somebody leads now, themselves included, by name."""
    teams = RoleGrant.objects.filter(account=account, role=Role.LEAD, ended_at=None)
    return list(
        Account.objects.filter(
            grants__team__in=teams.values("team"), grants__ended_at=None, is_active=True
        )
        .distinct()
        .order_by("name")
    )


def everybody_at_work() -> list[Account]:
    """Whoever can sign in, by name."""
    return list(Account.objects.filter(is_active=True).order_by("name"))


def zone_of_work(account: Account) -> str:
    """The time zone where somebody works: that of the first entity their teams serve."""
    found = Entity.objects.filter(teams__grants__account=account, teams__grants__ended_at=None)
    first = found.order_by("pk").first() or Entity.objects.order_by("pk").first()
    return first.timezone if first else "UTC"


def absence_with(pk: int) -> Absence | None:
    """An absence, whoever's it is: what may be done with it is the action's to say."""
    return Absence.objects.select_related("account").filter(pk=pk).first()


def absences_from(day: date, accounts: Iterable[Account]) -> list[Absence]:
    """The absences of some people that are not over on a day, the next one first."""
    found = Absence.objects.filter(account__in=list(accounts), to_on__gte=day, withdrawn_at=None)
    return list(found.select_related("account", "recorded_by").order_by("from_on", "pk"))


def administrators() -> list[Account]:
    """Whoever administers the installation and has an address."""
    grants = RoleGrant.objects.filter(role=Role.ADMINISTRATOR, ended_at=None)
    found = Account.objects.filter(is_active=True, pk__in=grants.values("account"))
    return list(found.exclude(email="").order_by("pk"))


def other_administrators(account: Account) -> int:
    """How many more could administer if this one could not."""
    return (
        RoleGrant.objects.filter(role=Role.ADMINISTRATOR, ended_at=None, account__is_active=True)
        .exclude(account=account)
        .values("account")
        .distinct()
        .count()
    )


def office_of(entities: Iterable[Entity], *, without: Account) -> set[int]:
    """Accounts that hold the ombudsman's office for these entities now, besides one."""
    return set(
        RoleGrant.objects.filter(
            role=Role.OMBUDSMAN,
            ended_at=None,
            account__is_active=True,
            team__purpose=Team.Purpose.OMBUDSMAN,
            team__entities__in=list(entities),
        )
        .exclude(account=without)
        .values_list("account_id", flat=True)
    )


def offices_held_by(account: Account) -> list[Entity]:
    """The entities for which somebody sits in the ombudsman's office."""
    return list(
        Entity.objects.filter(
            teams__grants__account=account,
            teams__grants__ended_at=None,
            teams__grants__role__in=OFFICE_ROLES,
        ).distinct()
    )


def holders_of_office(entity: Entity) -> list[Account]:
    """Who has the role of the ombudsman at an entity: only they can be appointed."""
    grants = RoleGrant.objects.filter(
        role=Role.OMBUDSMAN, ended_at=None, team__entities=entity, account__is_active=True
    )
    return list(Account.objects.filter(pk__in=grants.values("account")).order_by("name"))
