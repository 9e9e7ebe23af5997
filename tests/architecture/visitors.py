"""Everybody who may come to an address: browsers that are signed in or let in, and programs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from valedor.casefile.models import Case
from valedor.people.models import Account, Entity, Role
from valedor.portal import admission
from valedor.programs.tokens import issue_token

Headers = dict[str, str]
Enter = Callable[[Client], Headers]


@dataclass
class Visitors:
    """Who may come by name, each with what they bring along."""

    enter: Mapping[str, Enter]
    known: dict[str, tuple[Client, Headers]] = field(default_factory=dict)

    def of(self, name: str) -> tuple[Client, Headers]:
        """The browser or program of a viewer, which has been here before: what is noted once an
        hour, or once a session, is noted.
        """
        if name not in self.known:
            self.known[name] = self.afresh(name)
        return self.known[name]

    def afresh(self, name: str, *, checks_tokens: bool = False) -> tuple[Client, Headers]:
        """The same as a browser of its own; ``checks_tokens`` asks for the token of each form."""
        client = Client(enforce_csrf_checks=checks_tokens)
        headers = self.enter[name](client)
        client.get(reverse("api-v1:read_token"), headers=headers)
        client.get(reverse("portal:home"), headers=headers)
        return client, headers


def visitors_of(
    cast: Cast, cases: Sequence[Case], other: Case, recused: Account, **more: Enter
) -> Visitors:
    """The staff of the cast, the complainant of ``cases``, the one of ``other``, and programs."""
    accounts = {
        "agent": cast.join("nuria", Role.AGENT),
        "handler": cast.bruno,
        "lead": cast.carla,
        "approver": cast.hugo,
        "area": cast.ines,
        "ombudsman": cast.felix,
        "auditor": cast.gia,
        "administrator": cast.join("admin", Role.ADMINISTRATOR),
        "elsewhere": cast.dario,
        "recused": recused,
    }
    enter: dict[str, Enter] = {"anonymous": lambda _client: {}}
    enter |= {name: signed_in(account) for name, account in accounts.items()}
    enter |= {"complainant": let_in(*cases), "other_complainant": let_in(other)}
    enter |= {
        "reader": with_token(cast.besos, "reader", "cases:read"),
        "writer": with_token(cast.besos, "writer", "cases:read", "cases:write"),
        "registrar": with_token(cast.besos, "registrar", "cases:register"),
        "reader_elsewhere": with_token(cast.ipe, "reader_elsewhere", "cases:read"),
        "acting": with_token(cast.besos, "acting", "cases:read", "cases:act", account=cast.bruno),
    }
    return Visitors(enter | more)


def signed_in(account: Account, *, second_factor: bool = True) -> Enter:
    """Somebody of the staff, with a second factor unless said otherwise."""
    if second_factor:
        Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})

    def sign_in(client: Client) -> Headers:
        client.force_login(account)
        return {}

    return sign_in


def let_in(*cases: Case) -> Enter:
    """A browser with the cookies of these cases, as they are at this moment."""
    cookies = []
    for case in cases:
        response = HttpResponse()
        admission.let_in(response, case, via="code", at=timezone.now())  # noqa: TID251
        cookies.append(response.cookies)

    def open_doors(client: Client) -> Headers:
        for cookie in cookies:
            client.cookies.update(cookie)
        return {}

    return open_doors


def with_token(entity: Entity, name: str, *scopes: str, account: Account | None = None) -> Enter:
    """A program with a token of an entity, or one that acts as somebody of the staff."""
    at = timezone.now()  # noqa: TID251
    token = issue_token(name, entity, scopes, account=account, by=None, at=at)
    return lambda _client: {"authorization": f"Bearer {token}"}
