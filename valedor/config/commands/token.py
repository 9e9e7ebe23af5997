"""Issue, list or revoke the tokens with which programs call the interface.

    valedor token --name crm --entity besos --scope cases:register --scope cases:read
    valedor token --list
    valedor token --revoke crm

A token is shown once; only a digest of it is stored.
"""

import argparse
import json

from valedor.config.commands import CommandFailed

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
        help="cases:register, cases:read or cases:write; may be given several times",
    )
    parser.add_argument("--list", action="store_true", help="show the tokens that live")
    parser.add_argument("--revoke", metavar="N", help="end a token")
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """0 done."""
    from valedor.api.access import issue_token, revoke_token
    from valedor.foundation import moments
    from valedor.people.models import Entity

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
    token = issue_token(arguments.name, entity, arguments.scope, by=None, at=moments.now())
    if arguments.json:
        print(json.dumps({"name": arguments.name, "entity": entity.key, "token": token}))
    else:
        print(token)
        print("It is shown this once: keep it where the program finds it.")
    return 0


def _list(*, as_json: bool) -> int:
    from valedor.api.models import ApiToken

    tokens = ApiToken.objects.filter(revoked_at=None).select_related("entity").order_by("name")
    if as_json:
        print(
            json.dumps(
                [
                    {
                        "name": token.name,
                        "entity": token.entity.key,
                        "scopes": token.scopes,
                        "issued_at": token.issued_at.isoformat(),
                        "last_used_at": token.last_used_at and token.last_used_at.isoformat(),
                    }
                    for token in tokens
                ]
            )
        )
        return 0
    for token in tokens:
        used = f"used {token.last_used_at:%Y-%m-%d}" if token.last_used_at else "never used"
        print(f"{token.name}  {token.entity.key}  {' '.join(token.scopes)}  {used}")
    if not tokens:
        print("There is no token.")
    return 0
