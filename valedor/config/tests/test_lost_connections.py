"""A connection that the server has ended is noticed before a request uses it."""

import time

import psycopg
from django.db import connection

from valedor.config.lost_connections import close_lost


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_one_that_was_ended_is_made_anew(committed_database: str) -> None:
    before = backend()
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [before])
    time.sleep(0.05)
    close_lost()
    assert backend() != before


def test_one_that_lives_is_kept(committed_database: str) -> None:
    before = backend()
    close_lost()
    assert backend() == before
