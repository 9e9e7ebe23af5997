"""The files of the world: small ones in their shapes, and the real ones where they are."""

import os
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from valedor.casefile.models import (
    Case,
    Deadline,
    EntryContent,
)
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation import moments
from valedor.intake.importing.imported_row import RowReader
from valedor.intake.importing.mapping import read_mapping
from valedor.intake.importing.reading import Shape, open_file, records
from valedor.intake.importing.refusing import MappingWrong
from valedor.intake.tests.files import (
    a_file,
    bring_in,
    figures,
    reasons,
)
from valedor.people.models import Entity


def test_a_row_of_anatel_becomes_as_many_cases_as_it_stands_for(
    besos: Entity, tmp_path: Path
) -> None:
    header = "Ano;Mês;AnoMês;UF;CanalEntrada;Condição;TipoAtendimento;Serviço;Marca;Assunto;"
    rows = (
        f"{header}Problema;SOLICITAÇÕES\r\n"
        "2020;1;2020-01;AC;Call center;Nova;Reclamação;SCM;CLARO;Cobrança;Multa (rescisória);2\r\n"
        "2020;2;2020-02;  ;Usuário WEB;Nova;Reclamação;SCM;OI;Cancelamento;Não consegue;1\r\n"
        "2020;13;2020-13;AC;Fax;Nova;Reclamação;SCM;OI;Cancelamento;Não consegue;1\r\n"
    )
    path = a_file(tmp_path, rows.encode("cp1252"))
    assert figures(bring_in(besos, "anatel-br", path)) == (4, 3, 0, 1)
    assert "2020-13" in reasons(besos)[0][1]
    with viewing(the_house(besos)):
        first, second, third = Case.objects.order_by("received_at", "pk")
        assert first.subject == second.subject == "CLARO: Cobrança"
        assert {first.channel, third.channel} == {Case.Channel.TELEPHONE, Case.Channel.WEB_FORM}
        assert third.received_precision == "month"
        assert not Deadline.objects.filter(state=Deadline.State.MISSED).exists()


def test_the_shapes_of_one_database_are_one_source(besos: Entity, tmp_path: Path) -> None:
    official = (
        "Date received,Product,Sub-product,Issue,Sub-issue,Consumer complaint narrative,Company,"
        "State,Submitted via,Date sent to company,Company response to consumer,"
        "Consumer disputed?,Complaint ID\n"
        "03/22/23,Loan,None,Fees,None,They charged me {$39.00}.,ACME,OH,Web,03/23/23,"
        "Closed with monetary relief,N/A,77\n"
    )
    underscored = (
        "Date_received,Product,Issue,Company,Date_sent_to_company,"
        "Company_response_to_consumer,Complaint_ID\n"
        "22-03-2023,Loan,Fees,ACME,23-03-2023,In progress,77\n"
        "23-03-2023,Loan,Fees,ACME,23-03-2023,In progress,78\n"
    )
    numberless = "Date received,Product,Company\n7/29/2013,Loan,ACME\n7/29/2013,Loan,ACME\n"
    assert figures(bring_in(besos, "cfpb", a_file(tmp_path, official, "a.csv")))[:2] == (1, 1)
    assert figures(bring_in(besos, "cfpb", a_file(tmp_path, underscored, "b.csv"))) == (2, 1, 1, 0)
    assert figures(bring_in(besos, "cfpb", a_file(tmp_path, numberless, "c.csv"))) == (2, 2, 0, 0)
    with viewing(the_house(besos)):
        case = Case.objects.get(source_number="77")
        assert case.subject == "ACME: Fees: Loan"
        assert case.closed_at is not None
        narrative = EntryContent.objects.filter(case=case).order_by("pk")[0].body
        assert narrative == "They charged me {$39.00}.\nFees\nLoan"


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


@pytest.mark.skipif(not REAL, reason="VALEDOR_REAL_DATA names no folder")
def test_the_real_complaints_of_pamplona(besos: Entity) -> None:
    path = next(Path(REAL).glob("pamplona-quejas/*.csv.gz"))
    summary = bring_in(besos, "pamplona-quejas", path, at=moments.now())
    assert figures(summary) == (5_378, 5_378, 0, 0)


@pytest.mark.skipif(not REAL, reason="VALEDOR_REAL_DATA names no folder")
def test_the_real_complaints_of_the_united_states_in_all_their_shapes(besos: Entity) -> None:
    folder = Path(REAL) / "cfpb/raw"
    without_a_day = folder / "cfpb_raw_product_text.csv.gz"
    for path in sorted(folder.glob("*.csv.gz")):
        if path == without_a_day:
            with pytest.raises(MappingWrong, match="Date received"):
                bring_in(besos, "cfpb", path, at=moments.now())
            continue
        summary = bring_in(besos, "cfpb", path, at=moments.now())
        assert summary.rejected == 0, (path.name, reasons(besos)[:3])
        assert summary.cases + summary.already_present == summary.count_read > 300


@pytest.mark.skipif(not REAL, reason="VALEDOR_REAL_DATA names no folder")
@pytest.mark.parametrize(
    ("name", "complaints"), [("scm_2015-2019_utf8", 2_823_121), ("scm_2024", 437_536)]
)
def test_the_real_complaints_of_anatel_count_what_they_stand_for(
    besos: Entity, tmp_path: Path, name: str, complaints: int
) -> None:
    path = Path(REAL) / f"anatel-br/anatel_reclamacoes_{name}.csv.gz"
    mapping = read_mapping("anatel-br")
    with open_file(path) as file:
        rows = list(records(file, path.name, mapping.quote))
    shape = Shape(mapping, rows[0], path.name)
    zone = ZoneInfo(mapping.timezone)
    reader = RowReader(mapping, shape, zone=zone, default_language="es", at=moments.now())
    assert sum(reader.complaints(shape.cells(row)) for row in rows[1:]) == complaints

    some = tmp_path / "some.csv"
    some.write_bytes(b"".join(row.content for row in rows[:1001]))
    summary = bring_in(besos, "anatel-br", some, at=moments.now())
    assert (summary.rejected, summary.rows_read) == (0, 1000)
    assert summary.cases == summary.count_read >= 1000
    with viewing(the_house(besos)):
        case = Case.objects.order_by("pk")[0]
        assert (case.received_precision, case.received_at.astimezone(zone).day) == ("month", 1)
        assert case.closed_at == case.received_at
