"""Who may change rights and settings, and that each change leaves its line."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from valedor.foundation.refusals import Refused
from valedor.people.actions.accounts import (
    add_account,
    change_account,
    deactivate_account,
    reactivate_account,
    reset_sign_in,
)
from valedor.people.actions.closures import add_closure, withdraw_closure
from valedor.people.actions.entities import add_entity, change_entity
from valedor.people.actions.establish import establish, rename_organisation
from valedor.people.actions.office import Step, answer_office, ask_office
from valedor.people.actions.roles import end_role, grant_role
from valedor.people.actions.teams import add_team, change_team
from valedor.people.acts import Act
from valedor.people.administration import broken_lines
from valedor.people.models import (
    Account,
    AdministrationEntry,
    Configuration,
    Entity,
    Organisation,
    Role,
    RoleGrant,
    Team,
)
from valedor.people.permissions import PERMITS, SECOND_FACTOR_ROLES, Permission
from valedor.people.rules import RESERVED_KEYS

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def besos() -> Entity:
    establish("Grup Besòs", at=AT)
    return add_entity(
        "besos", name="Besòs", country="ES", region="ES-CT", languages=["ca", "es"], by=None, at=AT
    )


@pytest.fixture
def team(besos: Entity) -> Team:
    return add_team("general", name={"ca": "General"}, entities=[besos], by=None, at=AT)


@pytest.fixture
def office(besos: Entity) -> Team:
    return add_team(
        "office",
        name={"ca": "Síndica"},
        entities=[besos],
        purpose=Team.Purpose.OMBUDSMAN,
        by=None,
        at=AT,
    )


def person(username: str, role: str = "", **held: object) -> Account:
    account = add_account(username, name=username.title(), by=None, at=AT)
    if role:
        grant_role(account, role, by=None, at=AT, **held)  # type: ignore[arg-type]
    return account


def last_line() -> AdministrationEntry:
    line = AdministrationEntry.objects.order_by("sequence").last()
    assert line is not None
    return line


def refusal(act: object, *args: object, **kwargs: object) -> str:
    """The code with which an action refuses; and that it left nothing."""
    before = AdministrationEntry.objects.count()
    number = Configuration.objects.get().number
    with pytest.raises(Refused) as refused, transaction.atomic():
        act(*args, **kwargs)  # type: ignore[operator]
    assert str(refused.value.refusal)
    assert AdministrationEntry.objects.count() == before
    assert Configuration.objects.get().number == number
    return refused.value.code


# ------------------------------------------------------------------ who may
def test_only_administrators_and_the_console_change_settings(besos: Entity, team: Team) -> None:
    bruno = person("bruno", Role.HANDLER, team=team)
    admin = person("admin", Role.ADMINISTRATOR)
    code = "not_administrator"
    assert refusal(rename_organisation, "X", by=bruno, at=AT) == code
    assert refusal(change_entity, besos, telephone="1", by=bruno, at=AT) == code
    assert refusal(add_account, "x1", name="X", by=bruno, at=AT) == code
    assert refusal(change_team, team, is_active=False, by=bruno, at=AT) == code
    assert refusal(grant_role, admin, Role.HANDLER, team=team, by=bruno, at=AT) == code
    assert refusal(reset_sign_in, admin, by=bruno, at=AT) == code
    assert refusal(deactivate_account, admin, by=bruno, at=AT) == code
    assert (
        refusal(add_closure, besos, date(2026, 12, 24), name={"ca": "N"}, by=bruno, at=AT) == code
    )
    change_entity(besos, telephone="1", by=admin, at=AT)
    assert last_line().by == admin


def test_an_administrator_without_sign_in_changes_nothing(besos: Entity) -> None:
    gone, _stays = person("gone", Role.ADMINISTRATOR), person("stays", Role.ADMINISTRATOR)
    deactivate_account(gone, by=None, at=AT)
    gone.refresh_from_db()
    assert refusal(change_entity, besos, telephone="1", by=gone, at=AT) == "not_administrator"


def test_nobody_grants_a_role_to_themselves(team: Team) -> None:
    admin = person("admin", Role.ADMINISTRATOR)
    assert refusal(grant_role, admin, Role.AUDITOR, entities=list(team.entities.all()),
                   by=admin, at=AT) == "self_grant"  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(account=admin, role=Role.LEAD, granted_by=admin, granted_at=AT)


def test_an_administrator_sees_no_cases(team: Team) -> None:
    admin = person("admin", Role.ADMINISTRATOR)
    assert Permission.SEE_CASES not in PERMITS[Role.ADMINISTRATOR]
    code = "administrator_sees_no_cases"
    assert refusal(grant_role, admin, Role.HANDLER, team=team, by=None, at=AT) == code
    bruno = person("bruno", Role.HANDLER, team=team)
    assert refusal(grant_role, bruno, Role.ADMINISTRATOR, by=None, at=AT) == code


def test_roles_are_held_where_they_belong(besos: Entity, team: Team, office: Team) -> None:
    area = add_team(
        "billing", name={"ca": "F"}, entities=[besos], purpose=Team.Purpose.AREA, by=None, at=AT
    )
    ana = person("ana")
    assert refusal(grant_role, ana, Role.HANDLER, by=None, at=AT) == "role_needs_team"
    assert refusal(grant_role, ana, Role.HANDLER, team=office, by=None, at=AT) == "office_apart"
    assert refusal(grant_role, ana, Role.HANDLER, team=area, by=None, at=AT) == "area_apart"
    assert refusal(grant_role, ana, Role.AREA, team=team, by=None, at=AT) == "area_apart"
    assert refusal(grant_role, ana, Role.AUDITOR, by=None, at=AT) == "auditor_needs_entities"
    assert refusal(grant_role, ana, Role.ADMINISTRATOR, team=team, by=None, at=AT) == (
        "role_without_team"
    )
    assert refusal(grant_role, ana, "boss", team=team, by=None, at=AT) == "unknown_role"
    grant_role(ana, Role.AREA, team=area, by=None, at=AT)
    assert last_line().after == {"role": "area", "team": "billing"}


def test_a_role_granted_twice_is_one(team: Team) -> None:
    bruno = person("bruno", Role.HANDLER, team=team)
    before = AdministrationEntry.objects.count()
    grant_role(bruno, Role.HANDLER, team=team, by=None, at=AT)
    assert bruno.grants.count() == 1
    assert AdministrationEntry.objects.count() == before


def test_a_role_ends_with_a_line(team: Team) -> None:
    bruno = person("bruno", Role.HANDLER, team=team)
    grant = bruno.grants.get()
    assert end_role(grant, by=None, at=AT, reason="moved")
    assert not end_role(grant, by=None, at=AT)
    line = last_line()
    assert (line.act, line.before, line.reason) == (
        Act.ROLE_ENDED,
        {"role": "handler", "team": "general"},
        "moved",
    )


def test_the_last_administrator_stays() -> None:
    admin = person("admin", Role.ADMINISTRATOR)
    assert refusal(end_role, admin.grants.get(), by=None, at=AT) == "last_administrator"
    assert refusal(deactivate_account, admin, by=None, at=AT) == "last_administrator"
    person("second", Role.ADMINISTRATOR)
    deactivate_account(admin, by=None, at=AT)
    assert not admin.grants.filter(ended_at=None).exists()
    reactivate_account(admin, by=None, at=AT)
    assert not admin.grants.filter(ended_at=None).exists()


# ------------------------------------------------------------------ the ombudsman's office
def test_the_first_ombudsman_takes_two_administrators(office: Team) -> None:
    admin, second = person("admin", Role.ADMINISTRATOR), person("second", Role.ADMINISTRATOR)
    sindica = person("sindica")
    code = "office_must_confirm"
    assert refusal(grant_role, sindica, Role.OMBUDSMAN, team=office, by=admin, at=AT) == code
    ask = {"role": Role.OMBUDSMAN, "team": office, "at": AT}
    code = "office_asked_by_administrator"
    assert refusal(ask_office, Step.GRANT_ROLE, sindica, by=None, **ask) == code
    request = ask_office(Step.GRANT_ROLE, sindica, by=admin, **ask)  # type: ignore[arg-type]
    assert ask_office(Step.GRANT_ROLE, sindica, by=admin, **ask) == request  # type: ignore[arg-type]
    assert refusal(answer_office, request, confirm=True, by=admin, at=AT) == "own_request"
    assert refusal(answer_office, request, confirm=True, by=sindica, at=AT) == "own_request"
    assert not sindica.grants.exists()
    answer_office(request, confirm=True, by=second, at=AT)
    grant = sindica.grants.get()
    assert (grant.granted_by, grant.confirmed_by) == (admin, second)
    assert refusal(answer_office, request, confirm=True, by=second, at=AT) == "already_answered"


def appointed(office: Team) -> tuple[Account, Account, Account]:
    admin, second = person("admin", Role.ADMINISTRATOR), person("second", Role.ADMINISTRATOR)
    sindica = person("sindica")
    request = ask_office(
        Step.GRANT_ROLE, sindica, role=Role.OMBUDSMAN, team=office, by=admin, at=AT
    )
    answer_office(request, confirm=True, by=second, at=AT)
    return admin, second, sindica


def test_then_the_office_itself_confirms(office: Team) -> None:
    admin, second, sindica = appointed(office)
    clerk = person("clerk")
    request = ask_office(
        Step.GRANT_ROLE, clerk, role=Role.OMBUDSMAN_CLERK, team=office, by=admin, at=AT
    )
    assert refusal(answer_office, request, confirm=True, by=second, at=AT) == "not_of_the_office"
    answer_office(request, confirm=False, by=sindica, at=AT)
    assert not clerk.grants.exists()
    assert last_line().act == Act.OFFICE_DECLINED
    again = ask_office(
        Step.GRANT_ROLE, clerk, role=Role.OMBUDSMAN_CLERK, team=office, by=admin, at=AT
    )
    answer_office(again, confirm=True, by=sindica, at=AT)
    assert clerk.grants.get().confirmed_by == sindica


def test_a_sign_in_or_address_of_the_office_waits_too(office: Team) -> None:
    admin, second, sindica = appointed(office)
    sindica.set_password("kept until confirmed")
    sindica.save(update_fields=["password"])
    code = "office_must_confirm"
    assert refusal(reset_sign_in, sindica, by=admin, at=AT) == code
    assert refusal(reset_sign_in, sindica, by=None, at=AT) == code
    assert refusal(change_account, sindica, email="x@y.example", by=admin, at=AT) == code
    request = ask_office(Step.RESET_SIGN_IN, sindica, by=admin, at=AT)
    sindica.refresh_from_db()
    assert sindica.has_usable_password()
    # Nobody else holds the office, so a second administrator answers.
    assert "/accounts/password/reset/key/" in answer_office(request, confirm=True, by=second, at=AT)
    request = ask_office(Step.CHANGE_EMAIL, sindica, email="s@besos.example", by=admin, at=AT)
    answer_office(request, confirm=True, by=second, at=AT)
    sindica.refresh_from_db()
    assert sindica.email == "s@besos.example"


def test_whoever_sits_in_the_office_holds_nothing_else(office: Team, team: Team) -> None:
    _admin, _second, sindica = appointed(office)
    code = "office_is_exclusive"
    assert refusal(grant_role, sindica, Role.HANDLER, team=team, by=None, at=AT) == code
    bruno = person("bruno", Role.HANDLER, team=team)
    admin = Account.objects.get(username="admin")
    ask = {"role": Role.OMBUDSMAN, "team": office, "by": admin, "at": AT}
    assert refusal(ask_office, Step.GRANT_ROLE, bruno, **ask) == code


# ------------------------------------------------------------------ settings
@pytest.mark.parametrize(
    "key", ["desk", "case", "accounts", "api", "deadline", "design", "demo", "s"]
)
def test_an_entity_key_is_no_address_of_the_house(key: str) -> None:
    assert key in RESERVED_KEYS
    fields = {"name": "X", "country": "ES", "languages": ["es"], "by": None, "at": AT}
    assert refusal(add_entity, key, **fields) == "key_reserved"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"country": "XX"}, "unknown_country"),
        ({"region": "BR-RJ"}, "region_elsewhere"),
        ({"region": "ES-XX"}, "unknown_region"),
        ({"timezone": "Europe/Madri"}, "unknown_timezone"),
        ({"languages": []}, "no_language"),
        ({"languages": ["fr"]}, "unknown_language"),
        ({"default_language": "en"}, "default_not_spoken"),
        ({"name": " "}, "no_name"),
        ({"trade_answer_hours": 72}, "trade_hours"),
        ({"days_to_react": 0}, "days_to_react"),
        ({"days_to_react": 91}, "days_to_react"),
    ],
)
def test_an_entity_is_whole_or_refused(
    besos: Entity, changed: dict[str, object], code: str
) -> None:
    assert refusal(change_entity, besos, by=None, at=AT, **changed) == code


def test_every_change_raises_the_number_of_the_settings_once(besos: Entity) -> None:
    number = Configuration.objects.get().number
    assert change_entity(besos, telephone="1", by=None, at=AT)
    assert Configuration.objects.get().number == number + 1
    assert not change_entity(besos, telephone="1", by=None, at=AT)
    assert Configuration.objects.get().number == number + 1


def test_there_is_one_organisation() -> None:
    assert refusal(establish, "Another", at=AT) == "already_established"
    assert rename_organisation("Grup Besòs SA", by=None, at=AT)
    assert Organisation.objects.get().name == "Grup Besòs SA"


def test_an_address_belongs_to_one_person(team: Team) -> None:
    add_account("ana", name="Ana", email="ana@besos.example", by=None, at=AT)
    code = "email_taken"
    assert refusal(add_account, "an", name="A", email="ANA@besos.example", by=None, at=AT) == code
    assert refusal(add_account, "a@b", name="A", by=None, at=AT) == "username_unreadable"
    assert refusal(add_account, "ana", name="A", by=None, at=AT) == "username_taken"


def test_the_log_keeps_no_whole_address() -> None:
    add_account("ana", name="Ana", email="ana.soler@besos.example", by=None, at=AT)
    line = last_line()
    assert line.after is not None
    assert line.after["email"] == "a…@besos.example"


def test_closed_days_are_withdrawn_never_deleted(besos: Entity) -> None:
    closure = add_closure(besos, date(2026, 12, 24), name={"ca": "Nadal"}, by=None, at=AT)
    fields = {"name": {"ca": "Nadal"}, "by": None, "at": AT}
    assert refusal(add_closure, besos, date(2026, 12, 24), **fields) == "closed_already"
    assert withdraw_closure(closure, by=None, at=AT)
    assert not withdraw_closure(closure, by=None, at=AT)


def test_a_team_keeps_its_purpose_and_serves_somebody(besos: Entity, team: Team) -> None:
    assert refusal(change_team, team, entities=[], by=None, at=AT) == "team_serves_nobody"
    fields: dict[str, object] = {"name": {}, "entities": [besos], "by": None, "at": AT}
    assert refusal(add_team, "x", **fields) == "no_name"
    fields = {"name": {"ca": "X"}, "entities": [besos], "purpose": "fun", "by": None, "at": AT}
    assert refusal(add_team, "x", **fields) == "unknown_purpose"


# ------------------------------------------------------------------ the log
def test_the_log_is_a_chain_and_final(team: Team) -> None:
    person("bruno", Role.HANDLER, team=team)
    assert list(broken_lines()) == []
    with pytest.raises(DatabaseError), transaction.atomic():
        AdministrationEntry.objects.filter(sequence=1).update(reason="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        AdministrationEntry.objects.filter(sequence=1).delete()


def test_every_role_permits_something_and_those_who_decide_need_a_second_factor() -> None:
    assert set(PERMITS) == set(Role.values)
    for role, permissions in PERMITS.items():
        if permissions & {Permission.APPROVE, Permission.AUDIT, Permission.CONFIGURE}:
            assert role in SECOND_FACTOR_ROLES
