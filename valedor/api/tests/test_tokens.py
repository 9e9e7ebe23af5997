"""Tokens that act as a person: who may have one, what it opens, and when it ends."""

import json
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from tests import cast as people
from tests.cast import FRIDAY, Cast
from valedor.api.tests.staff_programs import Acting, Clock, program_of
from valedor.api.tests.test_interface import is_problem, told
from valedor.config.command_line import main
from valedor.foundation.refusals import Refused
from valedor.people.models import Account, AdministrationEntry, Role, RoleGrant
from valedor.programs.models import ApiToken
from valedor.programs.tokens import issue_token, revoke_token

ACT = ["cases:act"]


def refused_as(code: str, **issued: object) -> None:
    with pytest.raises(Refused) as refused:
        issue_token("new", by=None, at=FRIDAY, **issued)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert not ApiToken.objects.filter(name="new").exists()


def test_who_acts_is_named_and_acts_for_a_while(cast: Cast) -> None:
    besos, bruno = cast.besos, cast.bruno
    refused_as("nobody_acts", entity=besos, scopes=ACT)
    refused_as("person_writes_by_acts", entity=besos, scopes=["cases:write"], account=bruno)
    refused_as("account_without_role", entity=cast.ipe, scopes=ACT, account=bruno)
    refused_as("office_acts_itself", entity=besos, scopes=ACT, account=cast.felix)
    for days in (0, -1, 367):
        refused_as(
            "token_lasts_too_long",
            entity=besos,
            scopes=ACT,
            account=bruno,
            lasts=timedelta(days=days),
        )
    issue_token("new", besos, ACT, account=bruno, by=None, at=FRIDAY)
    kept = ApiToken.objects.get(name="new")
    assert kept.expires_at == people.days(90)
    told_of = AdministrationEntry.objects.get(act="token.issued", subject="new")
    assert (told_of.after or {})["account"] == bruno.username


def test_the_database_keeps_no_token_that_acts_as_nobody_or_for_ever(cast: Cast) -> None:
    for account, expires_at in ((None, FRIDAY), (cast.bruno, None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            ApiToken.objects.create(
                name="x", entity=cast.besos, account=account, scopes=ACT, digest=b"x",
                issued_at=FRIDAY, expires_at=expires_at,
            )  # fmt: skip


def test_it_ends_with_its_day_its_account_or_by_being_revoked(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast)
    bruno = program_of(cast, cast.bruno, at=clock.at)
    address = f"cases/{case.reference}/acts"
    assert bruno.get(address).status_code == 200
    began = clock.at
    clock.at = began + timedelta(days=90)
    assert is_problem(bruno.get(address), 401, "not_authenticated")
    clock.at = began
    Account.objects.filter(pk=cast.bruno.pk).update(is_active=False)
    assert is_problem(bruno.get(address), 401, "not_authenticated")
    Account.objects.filter(pk=cast.bruno.pk).update(is_active=True)
    assert bruno.get(address).status_code == 200
    revoke_token(bruno.name, by=None, at=clock.at)
    assert is_problem(bruno.get(address), 401, "not_authenticated")


def test_a_role_that_ended_opens_nothing(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast)
    bruno = program_of(cast, cast.bruno, at=clock.at)
    RoleGrant.objects.filter(account=cast.bruno).update(ended_at=clock.at)
    for path in ("cases", f"cases/{case.reference}", f"cases/{case.reference}/acts"):
        assert is_problem(bruno.get(path), 403, "not_permitted")
    assert told(bruno.get("token"))["account"] == cast.bruno.username


def test_a_second_factor_that_is_owed_is_asked_for(
    cast: Cast, clock: Clock, settings: object
) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    case = people.a_case(cast)
    bruno, carla = (program_of(cast, one, at=clock.at) for one in (cast.bruno, cast.carla))
    address = f"cases/{case.reference}/acts"
    assert bruno.get(address).status_code == 200  # Handlers need none.
    assert is_problem(carla.get(address), 403, "second_factor_missing")
    Authenticator.objects.create(user=cast.carla, type=Authenticator.Type.TOTP, data={})
    assert carla.get(address).status_code == 200


def test_a_person_sees_by_token_what_they_see_and_no_more(cast: Cast, clock: Clock) -> None:
    """A protected person is known to leads; no agent reads of them, nor does their program."""
    nuria = cast.join("nuria", Role.AGENT)
    case = people.a_case(cast)
    with people.acting(cast):
        type(case).objects.filter(pk=case.pk).update(is_protected=True)
    agent, lead = (program_of(cast, one, at=clock.at) for one in (nuria, cast.carla))
    for path in ("", "/acts", "/journey", "/messages"):
        assert is_problem(agent.get(f"cases/{case.reference}{path}"), 404, "not_found")
        assert lead.get(f"cases/{case.reference}{path}").status_code == 200
    assert case.reference not in agent.get("cases").content.decode()
    assert case.reference in lead.get("cases").content.decode()


def test_the_command_issues_lists_and_revokes(
    cast: Cast, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["token", "--name", "rpa", "--entity", "besos", "--scope", "cases:act"]
    assert main([*words]) != 0
    assert "account" in capsys.readouterr().err
    assert main([*words, "--account", "nobody"]) != 0
    assert "bruno" in capsys.readouterr().err
    assert main([*words, "--account", "bruno", "--days", "30", "--json"]) == 0
    token = json.loads(capsys.readouterr().out)["token"]
    assert main(["token", "--list", "--json"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["account"], listed["expires_at"][:10]) == ("bruno", "2026-12-21")
    assert token not in str(listed)
    assert main(["token", "--list"]) == 0
    assert "as bruno" in capsys.readouterr().out
    assert main(["token", "--revoke", "rpa"]) == 0


def test_a_token_of_elsewhere_registers_only_there(cast: Cast, clock: Clock) -> None:
    dario = Acting(cast.dario, cast.ipe, at=clock.at)
    assert told(dario.get("token"))["entity"] == "ipe"
