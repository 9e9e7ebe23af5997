"""The dossier of a case with five hundred documents: pages a second, and the memory it takes."""

import os
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import Any

from benchmarks.ground import Installation, installation, join_django, keep, say

DOCUMENTS = 500
SIZE = 300 * 1024
"""A photograph as telephones make them, made small by the form."""


def measure() -> None:
    """Print and keep the figures of making one and of verifying it."""
    with installation() as house:
        made = subprocess.run(
            [sys.executable, "-m", "benchmarks.dossier"],
            env=house.variables() | {"BENCH_HOME": str(house.home), "BENCH_PORT": str(house.port)},
            text=True, check=True, stdout=subprocess.PIPE,
        )  # fmt: skip
    figures: dict[str, Any] = {}
    for line in made.stdout.splitlines():
        name, _blank, value = line.partition(" ")
        figures[name] = float(value) if "." in value else int(value)
    say(**figures)
    keep("dossier", figures)


# ------------------------------------------------------------------ in a process of its own
def _run(house: Installation) -> None:
    join_django(house)
    dossier_id = _a_case_with_documents()
    from valedor.casefile import store
    from valedor.casefile.viewing import the_house, viewing
    from valedor.disputes.actions.make_dossier import make_dossier
    from valedor.disputes.models import Dossier
    from valedor.foundation.pdf_seal.verifying import verify_file

    before = _peak_mb()
    began = time.perf_counter()
    make_dossier(dossier_id, at=datetime.now(UTC))
    seconds = time.perf_counter() - began
    made = _peak_mb()
    with viewing(the_house()):
        dossier = Dossier.objects.select_related("document").get(pk=dossier_id)
    assert dossier.document is not None
    assert dossier.pages is not None
    path = store.path_of(dossier.document.sha256)
    began = time.perf_counter()
    found = verify_file(path, at=datetime.now(UTC))
    assert found.holds, found.broken
    print("documents", DOCUMENTS)
    print("pages", dossier.pages)
    print("megabytes", round(dossier.document.size / 2**20, 1))
    print("seconds", round(seconds, 2))
    print("pages_per_second", round(dossier.pages / seconds, 1))
    print("memory_before_mb", before)
    print("memory_peak_mb", made)
    print("verify_seconds", round(time.perf_counter() - began, 2))
    print("verify_memory_peak_mb", _peak_mb())


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _a_case_with_documents() -> int:
    from valedor.casefile import documents, store
    from valedor.casefile.actors import COMPLAINANT
    from valedor.casefile.documents import Kept
    from valedor.casefile.models import Case, Document, Kind
    from valedor.casefile.viewing import the_house, viewer_of, viewing
    from valedor.disputes.actions.ask_for_dossier import ask_for_dossier
    from valedor.disputes.models import Dossier
    from valedor.intake.actions.receive import receive
    from valedor.intake.submission import PersonGiven, Submission
    from valedor.people.models import Account, Entity, Role, RoleGrant, Team

    at = datetime.now(UTC)
    entity = Entity.objects.get(key="bench")
    submission = Submission(
        entity_id=entity.pk, kind=Kind.COMPLAINT, channel=Case.Channel.WEB_FORM, language="es",
        received_at=at, person=PersonGiven(name="Ana Puig", email="ana@example.org"),
        narrative="Me cobran dos veces la factura.", grievances=("Me cobran dos veces.",),
    )  # fmt: skip
    case = receive(submission, at=at).case
    with viewing(the_house(entity)):
        locked = Case.objects.select_for_update().get(pk=case.pk)
        for number in range(DOCUMENTS):
            sha256, size = store.keep(os.urandom(SIZE))
            kept = Kept(
                name=f"fotografia-{number}.jpg", media_type="image/jpeg", claimed_type="",
                size=size, sha256=sha256,
            )  # fmt: skip
            documents.add_document(
                locked, kept, side=Document.Side.COMPLAINANT, by=COMPLAINANT, at=at
            )
    account = Account.objects.create_account(username="bench", name="Bench")
    team = Team.objects.filter(entities=entity).first()
    grant = RoleGrant.objects.create(account=account, role=Role.LEAD, team=team, granted_at=at)
    grant.entities.set([entity])
    return ask_for_dossier(
        case, body="Junta Arbitral", copy=Dossier.Copy.FULL, language="es",
        viewer=viewer_of(account), at=at,
    ).pk  # fmt: skip


if __name__ == "__main__":
    from pathlib import Path

    _run(Installation(Path(os.environ["BENCH_HOME"]), int(os.environ["BENCH_PORT"])))
