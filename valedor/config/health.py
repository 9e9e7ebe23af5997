"""Whether the installation is alive and ready, for those who watch over it."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from valedor.foundation import jobs
from valedor.foundation.moments import now

WORKER_SILENCE = timedelta(seconds=45)

logger = logging.getLogger(__name__)


class _Migrations:
    """The migrations that this version of the code expects."""

    @cached_property
    def expected(self) -> set[tuple[str, str]]:
        """Read from the files once; they do not change while the process lives."""
        loader = MigrationLoader(None, ignore_no_migrations=True)
        return set(loader.graph.nodes)

    def missing(self) -> set[tuple[str, str]]:
        """Those that the database has not had."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            return self.expected - set(cursor.fetchall())


migrations = _Migrations()


@login_not_required
@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """Database, migrations and worker; 503 while one of them is not as it should be."""
    found: dict[str, str] = {}
    for name, question in _QUESTIONS.items():
        try:
            found[name] = question()
        except DatabaseError:
            logger.exception("readiness could not be asked")
            found[name] = "the database does not answer"
    is_ready = all(answer == "ok" for answer in found.values())
    return JsonResponse(found, status=200 if is_ready else 503)


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    missing = len(migrations.missing())
    return "ok" if not missing else f"{missing} migrations are missing: valedor migrate"


def _worker() -> str:
    seen_at = jobs.worker_seen_at()
    if seen_at is None or now() - seen_at > WORKER_SILENCE:
        return "no worker has shown itself lately: valedor worker"
    return "ok"


_QUESTIONS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "worker": _worker,
}
