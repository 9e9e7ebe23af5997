"""The tokens of programs on the desk: made and shown once, never more than their maker, revoked."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests import cast as people
from tests.cast import Cast
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import words_of
from valedor.foundation.refusals import Refused
from valedor.people.models import Account, AdministrationEntry, Role, RoleGrant, Team
from valedor.programs.models import ApiToken
from valedor.programs.tokens import PREFIX, issue_token, revoke_token

HERE = "/desk/settings/programs/"


@pytest.fixture
def admin(cast: Cast) -> Account:
    """An administrator who handles cases of Besòs too."""
    account = cast.join("adela", Role.ADMINISTRATOR)
    RoleGrant.objects.create(
        account=account, role=Role.HANDLER, team=cast.attention, granted_at=people.FRIDAY
    )
    return account


def posted(client: Client, **more: Any) -> Any:
    body = {"name": "CRM", "entity": "besos", "account": "", "scopes": ["cases:read"]}
    return client.post(f"{HERE}new", body | more)


def called(token: str) -> int:
    return Client().get("/api/v1/token", headers={"Authorization": f"Bearer {token}"}).status_code


def test_a_token_is_made_shown_once_and_revoked(
    cast: Cast, sign_in: SignIn, admin: Account
) -> None:
    client = sign_in(admin)
    assert "No program calls yet" in words_of(client.get(HERE))
    made = posted(client, scopes=["cases:read", "cases:register"])
    words = words_of(made)
    token = next(word for word in words.split() if word.startswith(PREFIX))
    assert made["Cache-Control"] == "private, no-store"
    assert called(token) == 200
    row = ApiToken.objects.get()
    assert (row.name, row.account, row.scopes) == ("CRM", None, ["cases:read", "cases:register"])
    listed = words_of(client.get(HERE))
    assert "CRM" in listed
    assert token not in listed
    assert token not in words_of(client.get(f"{HERE}{row.pk}/"))
    assert client.post(f"{HERE}{row.pk}/revocation").status_code == 302
    assert called(token) == 401
    assert "revoked" in words_of(client.get(HERE))
    told = AdministrationEntry.objects.filter(subject="CRM").order_by("sequence")
    assert [(one.act, one.by) for one in told] == [
        ("token.issued", admin),
        ("token.revoked", admin),
    ]
    assert token not in str([one.after for one in told])
    again = client.post(f"{HERE}{row.pk}/revocation", follow=True)
    assert "There is no living token" in words_of(again)


def test_a_token_acts_as_oneself_for_a_while(cast: Cast, sign_in: SignIn, admin: Account) -> None:
    client = sign_in(admin)
    posted(client, account="adela", scopes=["cases:act"], days="30")
    row = ApiToken.objects.get()
    assert row.expires_at is not None
    assert (row.account, row.expires_at - row.issued_at) == (admin, timedelta(days=30))
    both = posted(client, name="other", account="adela", scopes=["cases:act", "cases:write"])
    assert both.status_code == 422
    assert "writes by acts" in words_of(both)


def test_nobody_makes_one_that_may_more_than_they(
    cast: Cast, sign_in: SignIn, admin: Account
) -> None:
    plain = cast.join("paula", Role.ADMINISTRATOR)
    client = sign_in(plain)
    for scopes in (["cases:read"], ["cases:write"]):
        refused = posted(client, scopes=scopes)
        assert refused.status_code == 422
        assert "You do not see the cases of Aigües del Besòs" in words_of(refused)
    as_carla = posted(sign_in(admin), account="carla", scopes=["cases:act"])
    assert "Carla" in words_of(as_carla)
    assert "may what you may not" in words_of(as_carla)
    assert not ApiToken.objects.exists()
    assert posted(client, scopes=["cases:register"]).status_code == 200
    as_bruno = posted(sign_in(admin), name="robot", account="bruno", scopes=["cases:act"])
    assert as_bruno.status_code == 200, "Bruno may nothing that she may not"
    elsewhere = posted(sign_in(admin), name="ipe", entity="ipe", scopes=["cases:read"])
    assert "Ipê Telecom" in words_of(elsewhere)
    assert ApiToken.objects.count() == 2


def test_a_team_of_others_is_more_too(cast: Cast, admin: Account) -> None:
    team = Team.objects.create(key="second", name={"es": "Segundo", "en": "Second"})
    team.entities.add(cast.besos)
    olga = cast.join("olga", Role.HANDLER, team)
    with pytest.raises(Refused) as refused:
        issue_token("x", cast.besos, ["cases:act"], account=olga, by=admin, at=people.days(1))
    assert refused.value.code == "more_than_yourself"


def test_only_administrators_make_or_revoke(cast: Cast) -> None:
    issue_token("crm", cast.besos, ["cases:register"], by=None, at=people.days(1))
    with pytest.raises(Refused) as made:
        issue_token("new", cast.besos, ["cases:register"], by=cast.carla, at=people.days(1))
    with pytest.raises(Refused) as ended:
        revoke_token("crm", by=cast.carla, at=people.days(1))
    assert (made.value.code, ended.value.code) == ("not_administrator", "not_administrator")
    assert ApiToken.objects.get().revoked_at is None


def test_says_what_is_missing(cast: Cast, sign_in: SignIn, admin: Account) -> None:
    client = sign_in(admin)
    empty = client.post(f"{HERE}new", {"name": "", "entity": "besos"})
    assert empty.status_code == 422
    words = words_of(empty)
    assert "Give the token a name." in words
    assert "Choose at least one thing that it may." in words
    posted(client)
    twice = posted(client)
    assert "There is a token “CRM” already" in words_of(twice)
    assert ApiToken.objects.count() == 1
