"""Cases come in from files of other systems: whole, once, with true dates, and nothing is lost."""

import json
import os
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests import server
from valedor.casefile import limits, timeline
from valedor.casefile.models import (
    Case,
    Deadline,
    Entry,
    EntryContent,
    Grievance,
    Instance,
    Letter,
    Message,
    RawMessage,
    SearchText,
    Stage,
)
from valedor.casefile.verification import verify
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation import chain
from valedor.foundation.references import read_reference
from valedor.intake.importing.clockwork import Clockwork
from valedor.intake.importing.mapping import read_mapping
from valedor.intake.importing.models import ImportedStretch, ImportReject
from valedor.intake.importing.refusing import MappingWrong
from valedor.intake.tests.files import (
    AT,
    CONSUMIDOR,
    MADRID,
    a_file,
    answered_row,
    bring_in,
    figures,
    notice_row,
    reasons,
)
from valedor.people.models import ContactPoint, Entity
from valedor.procedures.house_rules import house_rules
from valedor.procedures.models import Category


# ------------------------------------------------------------------ a case is whole
def test_an_answered_complaint_comes_in_whole(besos: Entity, tmp_path: Path) -> None:
    row = answered_row()
    path = a_file(tmp_path, "\ufeff" + CONSUMIDOR + row)
    assert figures(bring_in(besos, "consumidor-gov-br", path)) == (1, 1, 0, 0)

    with viewing(the_house(besos)):
        case = Case.objects.get()
        assert read_reference(case.reference) == case.reference
        assert case.reference.startswith("2024-")
        assert (case.kind, case.stage, case.language) == ("claim", Stage.CLOSED, "pt-br")
        assert (case.source, case.received_precision) == ("consumidor.gov.br", "day")
        assert case.received_at == datetime(2024, 3, 3, 23, tzinfo=UTC)
        assert case.closed_at == datetime(2024, 3, 10, 23, tzinfo=UTC)
        assert case.registered_at == AT
        assert (case.book_number, case.access_code_digest, case.next_due_at) == (None, None, None)
        assert case.subject == "Loja Clara: Pacote, combo"
        assert case.team is not None

        instance = Instance.objects.get(case=case)
        assert (instance.kind, instance.outcome) == ("mediation", "evaluated")
        assert Grievance.objects.get(case=case).category == case.category
        raw = RawMessage.objects.get(case=case)
        assert bytes(raw.content or b"") == row.encode()
        assert raw.envelope == {"file": "file.csv", "line": 2, "record": 2}

        entries = list(Entry.objects.filter(case=case).order_by("sequence"))
        kinds = [entry.kind for entry in entries]
        assert kinds == ["case.received", "import.answered", "import.closed"]
        assert [entry.stage for entry in entries] == ["received", "answered", "closed"]
        received = EntryContent.objects.get(pk=entries[0].pk)
        assert received.body.startswith("Cobrança por serviço não contratado")
        closing = EntryContent.objects.get(pk=entries[2].pk)
        assert closing.details == {"rating": "Resolvida · 4.0"}
        assert Message.objects.get(case=case).raw_id == raw.pk
        assert not Letter.objects.exists()

        deadline = Deadline.objects.get(case=case, clock="company_answer")
        assert (deadline.state, deadline.due_on) == (Deadline.State.MET, date(2024, 3, 14))
        assert (deadline.met_at, deadline.missed_at) == (case.closed_at, None)


def test_a_late_answer_met_its_limit_late(besos: Entity, tmp_path: Path) -> None:
    path = a_file(tmp_path, CONSUMIDOR + answered_row(answered="2024-03-20"))
    bring_in(besos, "consumidor-gov-br", path)

    with viewing(the_house(besos)):
        deadline = Deadline.objects.get(clock="company_answer")
        assert deadline.state == Deadline.State.MET
        assert deadline.missed_at == deadline.due_at
        assert deadline.met_at is not None
        assert deadline.missed_at is not None
        assert deadline.met_at > deadline.missed_at


def test_the_chain_of_an_imported_case_is_the_timelines(besos: Entity, tmp_path: Path) -> None:
    text = 'Dice "hola"\\n;\ttab\r\ny otra línea · ñ 😀'
    content = CONSUMIDOR + answered_row() + answered_row(problem="Não responde")
    bring_in(besos, "consumidor-gov-br", a_file(tmp_path, content))
    bring_in(besos, "madrid-avisos", a_file(tmp_path, MADRID + notice_row(1, text), "m.csv"))

    with viewing(the_house(besos)):
        for case in Case.objects.all():
            previous = chain.FIRST
            for entry in Entry.objects.filter(case=case).order_by("sequence"):
                content_row = EntryContent.objects.filter(pk=entry.pk).first()
                if content_row is None:
                    assert entry.content_digest is None
                else:
                    digest = timeline.content_digest(content_row)
                    assert bytes(entry.content_digest or b"") == digest
                previous = timeline.hash_of(entry, previous=previous)
                assert bytes(entry.hash) == previous
            assert bytes(case.last_hash) == previous
            assert case.stage == Entry.objects.get(case=case, sequence=case.last_sequence).stage
        told = EntryContent.objects.get(case__source="madrid-avisos")
        assert told.body == text.strip()


def test_open_notices_land_in_the_queues(besos: Entity, tmp_path: Path) -> None:
    yesterday = (AT - timedelta(days=1)).isoformat()
    content = (
        MADRID
        + notice_row(1, "Farola apagada desde hace un mes")
        + notice_row(2, "Farola rota", filed=yesterday)
        + notice_row(3, "Resuelto", state="final_ok_node")
    )
    bring_in(besos, "madrid-avisos", a_file(tmp_path, content))

    with viewing(the_house(besos)):
        old, new, closed = Case.objects.order_by("source_number")
        assert (old.stage, old.urgency, old.closed_at) == (Stage.RECEIVED, "overdue", None)
        assert old.next_due_at is not None
        assert old.next_due_at < AT
        assert (new.urgency, new.stage) == ("none", Stage.RECEIVED)
        assert new.next_due_at is not None
        assert new.next_due_at > AT
        assert (closed.stage, closed.urgency) == (Stage.CLOSED, "none")
        missed = Deadline.objects.filter(case=old, state=Deadline.State.MISSED)
        assert all(one.missed_at == one.due_at for one in missed)
        assert missed.count() == 3
        assert not Deadline.objects.filter(case=old).exclude(next_look_at=None).exists()
        running = Deadline.objects.filter(case=new, state=Deadline.State.RUNNING)
        assert running.count() == 3
        assert not running.filter(next_look_at=None).exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(sum(delta), 0) FROM casefile_queueincrement")
            assert cursor.fetchone()[0] == 2


def test_limits_are_those_that_the_clocks_count(besos: Entity) -> None:
    house = house_rules(besos.pk)
    clockwork = Clockwork(house, "company", at=AT)
    begins = [
        datetime(2025, 3, 28, 9, 15, tzinfo=UTC) + timedelta(hours=7 * step) for step in range(80)
    ]
    for received_at in begins:
        case = Case(
            id=1,
            entity=house.entity,
            kind="complaint",
            channel=Case.Channel.IMPORT,
            received_at=received_at,
            registered_at=received_at,
        )
        instance = Instance(id=2, case=case, entity_id=besos.pk, kind="company")
        begun = limits.begin(
            case, instance, house, starts_at=received_at, registered_at=received_at
        )
        counted = clockwork.limits_of("complaint", None, {}, received_at)
        clockwork_says = [
            (one.kept.clock, one.kept.due_on, one.due_at, one.starts_at) for one in counted
        ]
        assert clockwork_says == [(d.clock, d.due_on, d.due_at, d.starts_at) for d in begun]


def test_words_are_found_with_stems_and_without_accents(besos: Entity, tmp_path: Path) -> None:
    bring_in(besos, "madrid-avisos", a_file(tmp_path, MADRID + notice_row(1, "Papeleras quemadas")))

    with viewing(the_house(besos)), connection.cursor() as cursor:
        for word in ("papelera", "quemadas", "QUEMADA"):
            cursor.execute(
                "SELECT count(*) FROM casefile_searchtext WHERE words @@ valedor_sought(%s)", [word]
            )
            assert cursor.fetchone()[0] == 1, word
        assert SearchText.objects.count() == 1


# ------------------------------------------------------------------ each row once
def test_equal_rows_are_cases_of_their_own_and_come_in_once(besos: Entity, tmp_path: Path) -> None:
    path = a_file(tmp_path, CONSUMIDOR + answered_row() * 3 + answered_row(company="Outra"))
    assert figures(bring_in(besos, "consumidor-gov-br", path)) == (4, 4, 0, 0)

    # The same bytes, then the same rows in another file with one more.
    assert figures(bring_in(besos, "consumidor-gov-br", path)) == (4, 0, 4, 0)
    longer = a_file(tmp_path, CONSUMIDOR + answered_row() * 4, "longer.csv")
    assert figures(bring_in(besos, "consumidor-gov-br", longer)) == (4, 1, 3, 0)


def test_a_key_that_comes_twice_is_one_case(besos: Entity, tmp_path: Path) -> None:
    path = a_file(tmp_path, MADRID + notice_row(7, "Uno") + notice_row(7, "Uno, más tarde"))
    assert figures(bring_in(besos, "madrid-avisos", path)) == (2, 1, 1, 0)


def test_a_count_column_expands(besos: Entity, tmp_path: Path) -> None:
    mapping = a_file(
        tmp_path,
        'source = "regulator"\nlanguage = "pt-br"\nprecision = "month"\n'
        '[file]\nencodings = ["latin-1"]\ndelimiters = [";"]\ndates = ["%Y-%m"]\n'
        '[count]\ncolumn = "SOLICITAÇÕES"\n'
        '[case]\nkind = { value = "complaint" }\nreceived = "AnoMês"\nnarrative = "Problema"\n',
        "regulator.toml",
    )
    rows = "AnoMês;Problema;SOLICITAÇÕES\n2024-05;Lentidão;3\n2024-05;Cobrança;0\n2024-06;Rede;x\n"
    path = a_file(tmp_path, rows.encode("latin-1"))
    summary = bring_in(besos, str(mapping), path)

    assert (summary.rows_read, *figures(summary)) == (3, 4, 3, 0, 1)
    assert reasons(besos) == [(4, "The count “x” is no whole number.")]
    assert figures(bring_in(besos, str(mapping), path)) == (4, 0, 3, 1)
    with viewing(the_house(besos)):
        assert set(Case.objects.values_list("received_precision", flat=True)) == {"month"}


# ------------------------------------------------------------------ people and categories
def test_a_spreadsheet_brings_people_answers_and_open_cases(besos: Entity, tmp_path: Path) -> None:
    content = (
        "Número;Recibida;Texto;Tipo;Nombre;Correo;Teléfono;Respondida;Respuesta;Cerrada;Categoría\r\n"
        "A-1;05/01/2026;La factura no cuadra;reclamación;Ana Puig;ana@example.org;600 111 222;"
        "09/01/2026;Se ha corregido.;12/01/2026;Facturas\r\n"
        "A-2;06/01/2026;Gracias por todo;agradecimiento;;;;;;;\r\n"
    )
    path = a_file(tmp_path, content.encode("cp1252"))
    assert figures(bring_in(besos, "spreadsheet", path)) == (2, 2, 0, 0)

    with viewing(the_house(besos)):
        answered = Case.objects.get(source_number="A-1")
        assert answered.complainant is not None
        assert answered.complainant.name == "Ana Puig"
        assert (answered.kind, answered.stage) == ("claim", Stage.CLOSED)
        points = {point.kind: point.normalised for point in ContactPoint.objects.all()}
        assert points == {"email": "ana@example.org", "telephone": "+34600111222"}
        out = Message.objects.get(case=answered, direction="out")
        assert EntryContent.objects.get(pk=out.entry_id).body == "Se ha corregido."
        assert answered.category is not None
        assert answered.category.valid_from == date(2026, 1, 5)
        assert not answered.category.is_public
        thanks = Case.objects.get(source_number="A-2")
        assert (thanks.kind, thanks.stage, thanks.complainant) == ("thanks", Stage.RECEIVED, None)


def test_imported_cases_verify(besos: Entity, tmp_path: Path) -> None:
    rows = (
        "1,2026-01-05,Cerrada,2026-01-09,Se ha corregido.,2026-01-12\n"
        "2,2026-01-05,Contestada y abierta,2026-03-09,Tarde.,\n"
        "3,2026-01-05,Abierta,,,\n"
        "4,2026-01-05,Cerrada sin respuesta,,,2026-02-12\n"
        "5,2026-11-21,Reciente,,,\n"
    )
    header = "number,received,text,answered,answer,closed\n"
    bring_in(besos, "spreadsheet", a_file(tmp_path, header + rows))

    with viewing(the_house(besos)):
        found = Deadline.objects.filter(clock="response").order_by("case__source_number")
        assert [one.state for one in found] == ["met", "met", "missed", "missed", "running"]
    verified = verify()
    assert list(verified.broken) == []
    assert verified.cases == 5


def test_categories_that_differ_by_a_dot_are_one(besos: Entity, tmp_path: Path) -> None:
    content = (
        MADRID
        + notice_row(1, "Uno", service="Nueva instalación", filed="2023-09-01T00:00:00+00:00")
        + notice_row(2, "Dos", service="Nueva instalación. ", filed="2022-01-31T23:30:00+0000")
    )
    bring_in(besos, "madrid-avisos", a_file(tmp_path, content))

    leaf = Category.objects.get(parent__isnull=False)
    assert leaf.key == "madrid-avisos/aviso/nueva-instalacion"
    assert leaf.valid_from == date(2022, 2, 1)
    assert leaf.parent is not None
    assert leaf.parent.valid_from == date(2022, 2, 1)


# ------------------------------------------------------------------ killed and begun again
def test_another_import_of_the_same_source_waits(besos: Entity, tmp_path: Path) -> None:
    import psycopg

    from valedor.intake.importing.loading import _only_one

    path = a_file(tmp_path, MADRID + notice_row(1, "Uno"))
    number = _only_one(besos, read_mapping("madrid-avisos")).number
    with psycopg.connect(server.address(connection.settings_dict["NAME"])) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [number])
        with pytest.raises(MappingWrong, match="Another import of madrid-avisos is running"):
            bring_in(besos, "madrid-avisos", path)
    assert figures(bring_in(besos, "madrid-avisos", path)) == (1, 1, 0, 0)


def test_killed_at_any_moment_it_goes_on_without_doubles(
    besos: Entity, committed_database: str, tmp_path: Path
) -> None:
    rows = [notice_row(number, f"Aviso número {number}") for number in range(6000)]
    rows[10] = "broken\r\n"
    path = a_file(tmp_path, MADRID + "".join(rows))
    environment = os.environ | {
        "DATABASE_URL": server.address(committed_database),
        "DJANGO_SETTINGS_MODULE": "valedor.config.settings",
    }
    command = [
        sys.executable, "-m", "valedor.config.command_line", "import", "madrid-avisos", str(path),
        "--entity", "besos", "--json",
    ]  # fmt: skip
    killed = 0
    for _attempt in range(4):
        before = ImportedStretch.objects.count()
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < until:
            if ImportedStretch.objects.count() > before:
                process.kill()
                killed += 1
            time.sleep(0.01)
        process.communicate()
    assert killed >= 2
    done = subprocess.run(command, env=environment, check=True, capture_output=True)
    told: dict[str, Any] = json.loads(done.stdout)

    assert told["count_read"] == 6000
    assert told["count_read"] == told["cases"] + told["already_present"] + told["rejected"]
    assert (told["rejected"], told["rows_read"], told["rejects_file"]) == (1, 6000, None)
    with viewing(the_house(besos)):
        assert Case.objects.count() == 5999
        assert Case.objects.values("source_number").distinct().count() == 5999
        assert Entry.objects.filter(sequence=1).count() == 5999
        assert RawMessage.objects.filter(case=None).count() == 0
        assert ImportReject.objects.count() == 1
