"""Cases come in from files of other systems: whole, once, with true dates, and nothing is lost."""

import csv
import gzip
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
from valedor.foundation import chain, moments
from valedor.foundation.references import read_reference, reference_of
from valedor.intake.importing.clockwork import Clockwork
from valedor.intake.importing.loading import Summary, load, write_rejects
from valedor.intake.importing.mapping import mapping_text, read_mapping
from valedor.intake.importing.models import ImportedFile, ImportedStretch, ImportReject
from valedor.intake.importing.refusing import MappingWrong
from valedor.people.models import ContactPoint, Entity, Team
from valedor.procedures.house_rules import house_rules
from valedor.procedures.models import Category
from valedor.procedures.publishing import publish_packs

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)

CONSUMIDOR = (
    "regiao,uf,cidade,sexo,faixa_etaria,ano_abertura,mes_abertura,data_abertura,data_resposta,"
    "tempo_resposta,nome_fantasia,segmento_de_mercado,area,assunto,grupo_problema,problema,"
    "como_comprou_contratou,procurou_empresa,respondida,situacao,avaliacao_reclamacao,"
    "nota_do_consumidor\r\n"
)
MADRID = (
    "service_request_id,requested_datetime,typology,typology_description,service_id,service_name,"
    "description,address_street,lat_3dec,long_3dec,status_name,status_node_type,comments_count,"
    "complaints_count,reiterations_count,has_media,first_seen_utc,last_seen_utc\r\n"
)


def answered_row(day: str = "2024-03-04", answered: str = "2024-03-11", **other: str) -> str:
    cells = {
        "company": "Loja Clara",
        "problem": "Cobrança por serviço não contratado",
        "mark": "4.0",
    }
    cells |= other
    return (
        f"S ,RS,Porto Alegre,F,entre 31 a 40 anos,2024,3,{day},{answered},7.0,{cells['company']},"
        f'Telefonia,Telecomunicações,"Pacote, combo",Cobrança / Contestação,"{cells["problem"]}",'
        f"Internet,S,S,Finalizada avaliada,Resolvida,{cells['mark']}\r\n"
    )


def notice_row(
    number: int,
    text: str,
    *,
    state: str = "middle_node",
    filed: str = "2023-09-01T22:30:00+00:00",
    service: str = "Farolas",
    typology: str = "Aviso",
) -> str:
    quoted = text.replace('"', '""')
    return (
        f'{number},{filed},{typology},Tengo un problema,abc,{service},"{quoted}",Calle Mayor,40.4,'
        f"-3.7,,{state},1,0,0,0,2023-09-02T00:00:00Z,2023-09-05T10:00:00Z\r\n"
    )


@pytest.fixture
def besos(committed_database: str) -> Entity:
    """Imports commit, and write from several connections."""
    publish_packs(at=AT)
    entity = Entity.objects.create(
        key="besos",
        name="Aigües del Besòs",
        country="ES",
        region="ES-CT",
        timezone="Europe/Madrid",
        languages=["ca", "es"],
        default_language="ca",
        regimes=["iso-10002"],
    )
    team = Team.objects.create(key="front", name={"en": "Front"})
    team.entities.add(entity)
    return entity


def bring_in(
    entity: Entity, mapping: str, path: Path, *, digest: str = "d", at: datetime = AT
) -> Summary:
    summary, _files = load(read_mapping(mapping), digest, [path], entity, at=at)
    assert summary.is_reconciled, summary
    return summary


def a_file(tmp_path: Path, content: str | bytes, name: str = "file.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def figures(summary: Summary) -> tuple[int, int, int, int]:
    return summary.count_read, summary.cases, summary.already_present, summary.rejected


def reasons(entity: Entity) -> list[tuple[int, str]]:
    with viewing(the_house(entity)):
        rows = ImportReject.objects.order_by("record").values_list("line", "reason")
        return [(line, reason) for line, reason in rows]


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


# ------------------------------------------------------------------ dirty files
def test_what_cannot_be_read_is_kept_with_line_and_reason(besos: Entity, tmp_path: Path) -> None:
    good = notice_row(1, 'Con "comillas",\r\nsalto de línea, y comas')
    content = (
        MADRID.encode()
        + good.encode()
        + notice_row(2, "Acción en Latin-1: ñandú").encode("cp1252")
        + b"3,2023-09-01T00:00:00+00:00,Aviso,short row\r\n"
        + b"shifted,"
        + notice_row(4, "Una columna de mas").encode()
        + notice_row(5, "Fecha", filed="el martes").encode()
        + notice_row(6, "Nulo \0 dentro").encode()
        + notice_row(7, "Antes", state="final_ok_node", filed="2023-10-01T00:00:00+00:00").encode()
        + notice_row(8, "Futuro", filed="2120-01-01T00:00:00+00:00").encode()
        + b"\r\n"
        + notice_row(9, "", service="").replace("Calle Mayor", "").encode()
        + b'10,2023-09-01T00:00:00+00:00,Aviso,"never closed,x,y\r\n'
        + notice_row(11, "La ultima llega").encode()
    )
    path = a_file(tmp_path, content)
    summary = bring_in(besos, "madrid-avisos", path)

    assert figures(summary) == (11, 3, 0, 8)
    told = reasons(besos)
    assert [line for line, _reason in told] == [5, 6, 7, 8, 9, 10, 12, 13]
    for (_line, reason), words in zip(
        told,
        (
            "4 columns, the header has 18", "19 columns", "“el martes” is no date", "null byte",
            "before it was received", "in the future", "no text", "never closes",
        ),
        strict=True,
    ):  # fmt: skip
        assert words in reason
    with viewing(the_house(besos)):
        bodies = set(EntryContent.objects.values_list("body", flat=True))
        assert 'Con "comillas",\r\nsalto de línea, y comas' in bodies
        assert "Acción en Latin-1: ñandú" in bodies
        null = ImportReject.objects.get(reason__contains="null")
        assert bytes(null.content) == notice_row(6, "Nulo \0 dentro").encode()

    rejects = tmp_path / "rejects.csv"
    assert write_rejects(list(ImportedFile.objects.all()), besos, rejects) == 8
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.DictReader(file))
    assert [row["line"] for row in listed] == ["5", "6", "7", "8", "9", "10", "12", "13"]
    assert listed[0]["row"].startswith("3,2023-09-01")


def test_a_corrected_mapping_gives_rejected_rows_another_chance(
    besos: Entity, tmp_path: Path
) -> None:
    rows = "1,2026-01-05,Se oye mal,cosa\n2,2026-01-06,Bien,queja\n"
    path = a_file(tmp_path, "number,received,text,kind\n" + rows)
    assert figures(bring_in(besos, "spreadsheet", path)) == (2, 1, 0, 1)
    shipped = mapping_text("spreadsheet").decode()
    known = shipped.replace('"queja" = "complaint"', '"queja" = "complaint", "cosa" = "complaint"')
    corrected = a_file(tmp_path, known, "corrected.toml")
    assert figures(bring_in(besos, str(corrected), path, digest="e")) == (2, 1, 1, 0)
    with viewing(the_house(besos)):
        assert not ImportReject.objects.filter(settled_at=None).exists()


def test_a_reason_names_the_days_of_the_file(besos: Entity, tmp_path: Path) -> None:
    content = (
        "number;received;text;answered;answer\r\n"
        "1;01/05/2126;Later;;\r\n"
        "2;09/01/2026;Backwards;01/01/2026;Too soon\r\n"
    )
    bring_in(besos, "spreadsheet", a_file(tmp_path, content))
    assert [reason for _line, reason in reasons(besos)] == [
        "It would have been received in the future, on 2126-05-01.",
        "It was answered (2026-01-01) before it was received (2026-01-09).",
    ]


def test_a_row_that_the_database_refuses_costs_only_itself(
    besos: Entity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from valedor.intake.importing import composing

    content = MADRID + "".join(notice_row(number, f"Aviso {number}") for number in range(20))

    drawn = iter(range(100))

    def too_long_at_times(year: int, number: int) -> str:
        # The batch fails as a whole; then, row by row, the same one fails alone.
        return "x" * 60 if next(drawn) in {7, 27} else reference_of(year, number)

    monkeypatch.setattr(composing, "reference_of", too_long_at_times)
    summary = bring_in(besos, "madrid-avisos", a_file(tmp_path, content))

    assert figures(summary) == (20, 19, 0, 1)
    assert "The database refused the row" in reasons(besos)[0][1]


def test_packed_files_are_read_and_damaged_ones_told(besos: Entity, tmp_path: Path) -> None:
    rows = "".join(notice_row(number, f"Aviso {number} " + "x" * 50) for number in range(300))
    packed = gzip.compress((MADRID + rows).encode())
    cut = a_file(tmp_path, packed[: len(packed) // 2], "cut.csv.gz")
    with pytest.raises(MappingWrong, match="is damaged after line"):
        bring_in(besos, "madrid-avisos", cut)

    whole = a_file(tmp_path, packed, "whole.csv.gz")
    summary, _files = load(read_mapping("madrid-avisos"), "d", [whole], besos, at=AT)
    assert summary.is_reconciled
    with viewing(the_house(besos)):
        assert Case.objects.count() == 300


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"number,when,text\n1,2026-01-01,Hola\n", "no column “received”"),
        ("number,received,text\n".encode("utf-16"), "UTF-16"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_before_anything_is_written(
    besos: Entity, tmp_path: Path, content: bytes, message: str
) -> None:
    with pytest.raises(MappingWrong, match=message):
        bring_in(besos, "spreadsheet", a_file(tmp_path, content))
    assert not ImportedFile.objects.exists()


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


# ------------------------------------------------------------------ the real files
REAL = os.environ.get("VALEDOR_REAL_DATA", "")


@pytest.mark.skipif(not REAL, reason="VALEDOR_REAL_DATA names no folder")
def test_the_real_complaints_of_porto_alegre(besos: Entity) -> None:
    path = next(Path(REAL).glob("consumidor-gov-br/*.csv.gz"))
    summary = bring_in(besos, "consumidor-gov-br", path, at=moments.now())

    assert summary.count_read == 47_456
    assert summary.cases > 47_000
    assert all("before it was received" in reason for _line, reason in reasons(besos))
    assert figures(bring_in(besos, "consumidor-gov-br", path))[1:] == (
        0,
        summary.cases,
        summary.rejected,
    )


@pytest.mark.skipif(not REAL, reason="VALEDOR_REAL_DATA names no folder")
def test_the_real_notices_of_madrid(besos: Entity) -> None:
    path = Path(REAL) / "madrid-avisos/madrid_avisos_2022-01_2022-02.csv.gz"
    summary = bring_in(besos, "madrid-avisos", path, at=moments.now())

    assert summary.rows_read == 21_404
    assert summary.cases + summary.already_present > 21_000
