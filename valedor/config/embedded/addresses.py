"""The connection addresses of the embedded server. Nothing is started and nothing is asked."""

from pathlib import Path
from urllib.parse import quote

from valedor.config.embedded.places import place

DATABASE = "valedor"
OWNER = "valedor"
APPLICATION = "valedor_app"
SUPERUSER = "postgres"


def application(home: Path, database: str = DATABASE) -> str:
    """The address with which web and worker connect: this login owns nothing and row policies bind
    it.
    """
    return _address(home, APPLICATION, database)


def owner(home: Path, database: str = DATABASE) -> str:
    """The address with which tables are made and changed, and backups written."""
    return _address(home, OWNER, database)


def superuser(home: Path, database: str = "postgres") -> str:
    """The address that makes logins and databases, and does nothing else."""
    return _address(home, SUPERUSER, database)


def _address(home: Path, login: str, database: str) -> str:
    return f"postgresql://{login}@/{database}?host={quote(str(place(home).socket), safe='')}"
