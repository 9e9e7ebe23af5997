"""Prepare an empty database for an organisation, with its first entity and administrator."""

import argparse

from valedor.config.commands import CommandFailed

NEEDS = "database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who answers, where, in which languages, and who sets up the rest."""
    parser.add_argument("--organisation", required=True, metavar="NAME")
    parser.add_argument("--entity", required=True, metavar="KEY", help="part of its address")
    parser.add_argument("--entity-name", metavar="NAME", help="the organisation's if left out")
    parser.add_argument("--country", required=True, metavar="ES", help="two letters")
    parser.add_argument("--region", default="", metavar="ES-CT", help="the country if left out")
    parser.add_argument("--timezone", default="", metavar="ZONE", help="the region's if left out")
    parser.add_argument("--languages", required=True, metavar="ca,es", help="its own first")
    parser.add_argument("--admin", required=True, metavar="EMAIL", help="the first administrator")


def run(arguments: argparse.Namespace) -> int:
    """Changes nothing where an organisation is there already."""
    from valedor.config import home, initialising
    from valedor.foundation.moments import now
    from valedor.people.models import Organisation

    established = Organisation.objects.first()
    if established is not None:
        raise CommandFailed(
            f"This database has an organisation already, {established.name}: nothing was changed.",
            hint="valedor configure --export shows how it is set up",
            code="already_established",
        )
    first = initialising.First(
        organisation=arguments.organisation,
        key=arguments.entity,
        name=arguments.entity_name or arguments.organisation,
        country=arguments.country.upper(),
        region=(arguments.region or arguments.country).upper(),
        timezone=arguments.timezone,
        languages=[word.strip() for word in arguments.languages.split(",") if word.strip()],
        administrator=arguments.admin,
    )
    username, link = initialising.initialise(first, at=now())
    # Whatever a demonstration left unfinished here before, this database is in real use now.
    home.unfinished_demonstration().unlink(missing_ok=True)
    print(f"{arguments.organisation} is set up. {username} is its administrator.")
    print("With this link, which opens once and for seven days, they choose password and factor:")
    print(link)
    return 0
