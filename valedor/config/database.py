"""The database a command works with: the embedded server, joined while the command runs, or the
one that DATABASE_URL names.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from valedor.config import embedded, home
from valedor.foundation import environment
from valedor.foundation.environment import BadSetting

Login = Literal["application", "owner"]


def is_embedded() -> bool:
    """Whether this installation uses the server it brings along."""
    return not environment.text("DATABASE_URL")


@contextmanager
def available(login: Login = "application") -> Iterator[None]:
    """Have the database there, and Django's settings name the wanted login.

    Raises ``BadSetting`` when the owner is needed and only the application's address is set.
    """
    if login == "owner" and not is_embedded() and not environment.text("DATABASE_OWNER_URL"):
        raise BadSetting(
            "This command needs the owner of the tables: "
            "set DATABASE_OWNER_URL beside DATABASE_URL."
        )
    os.environ["VALEDOR_LOGIN"] = login
    membership = embedded.join(home.home()) if is_embedded() else None
    try:
        yield
    finally:
        if membership is not None:
            _close_connections()
            membership.leave()


def _close_connections() -> None:
    from django.apps import apps

    if apps.ready:
        from django.db import connections

        connections.close_all()
