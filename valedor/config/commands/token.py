"""Issue, list or revoke the tokens with which programs call the interface.

    valedor token --name crm --entity besos --scope cases:register --scope cases:read
    valedor token --name rpa --entity besos --account bruno --scope cases:act --days 30
    valedor token --list
    valedor token --revoke crm

A token is shown once; only a digest of it is stored. With --account it acts as that member of the
staff: whoever holds it sees and may do what they see and may do.
"""

import argparse
import json
from datetime import timedelta
from typing import TYPE_CHECKING

from valedor.config.commands import CommandFailed

if TYPE_CHECKING:
    from valedor.people.models import Account

NEEDS = "database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One of three things."""
    parser.add_argument("--name", metavar="N", help="who will hold the token")
    parser.add_argument("--entity", metavar="KEY", help="the legal entity that it may act for")
    parser.add_argument(
        "--scope",
        metavar="S",
        action="append",
        default=[],
        help="cases:register, cases:read, cases:write or, with --account, cases:act; may be given "
        "several times",
    )
    parser.add_argument("--account", metavar="USERNAME", help="the member of the staff it acts as")
    parser.add_argument(
        "--days",
        metavar="N",
        type=int,
        help="how long it lives; for ever if left out, 90 days with --account",
    )
    parser.add_argument("--list", action="store_true", help="show the tokens that live")
    parser.add_argument("--revoke", metavar="N", help="end a token")
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """0 done."""
    from valedor.foundation import moments
    from valedor.people.models import Entity
    from valedor.programs.tokens import issue_token, revoke_token

    if arguments.list:
        return _list(as_json=arguments.json)
    if arguments.revoke:
        revoke_token(arguments.revoke, by=None, at=moments.now())
        print(f"The token {arguments.revoke} is revoked.")
        return 0
    if not arguments.name or not arguments.entity or not arguments.scope:
        raise CommandFailed(
            "A token has a name, an entity and at least one scope.",
            hint="valedor token --name crm --entity besos --scope cases:read",
            code="usage",
        )
    entity = Entity.objects.filter(key=arguments.entity).first()
    if entity is None:
        keys = ", ".join(Entity.objects.values_list("key", flat=True)) or "none yet"
        raise CommandFailed(
            f"There is no entity {arguments.entity}.",
            hint=f"the entities are: {keys}",
            code="unknown_entity",
        )
    token = issue_token(
        arguments.name,
        entity,
        arguments.scope,
        account=_account(arguments.account) if arguments.account else None,
        lasts=None if arguments.days is None else timedelta(days=arguments.days),
        by=None,
        at=moments.now(),
    )
    if arguments.json:
        print(json.dumps({"name": arguments.name, "entity": entity.key, "token": token}))
    else:
        print(token)
        print("It is shown this once: keep it where the program finds it.")
    return 0


def _account(username: str) -> "Account":
    from valedor.people.models import Account

    account = Account.objects.filter(username=username, is_active=True).first()
    if account is None:
        known = Account.objects.filter(is_active=True).order_by("username")[:20]
        names = ", ".join(known.values_list("username", flat=True)) or "nobody yet"
        raise CommandFailed(
            f"Nobody works here as {username}.",
            hint=f"here work: {names}",
            code="unknown_account",
        )
    return account


def _list(*, as_json: bool) -> int:
    from valedor.foundation import moments
    from valedor.programs.models import ApiToken

    living = ApiToken.objects.filter(revoked_at=None).exclude(expires_at__lte=moments.now())
    tokens = living.select_related("entity", "account").order_by("name")
    if as_json:
        print(
            json.dumps(
                [
                    {
                        "name": token.name,
                        "entity": token.entity.key,
                        "account": token.account and token.account.username,
                        "scopes": token.scopes,
                        "issued_at": token.issued_at.isoformat(),
                        "last_used_at": token.last_used_at and token.last_used_at.isoformat(),
                        "expires_at": token.expires_at and token.expires_at.isoformat(),
                    }
                    for token in tokens
                ]
            )
        )
        return 0
    for token in tokens:
        used = f"used {token.last_used_at:%Y-%m-%d}" if token.last_used_at else "never used"
        acts = f"  as {token.account.username}" if token.account else ""
        ends = f"  until {token.expires_at:%Y-%m-%d}" if token.expires_at else ""
        print(f"{token.name}  {token.entity.key}{acts}  {' '.join(token.scopes)}  {used}{ends}")
    if not tokens:
        print("There is no token.")
    return 0
