"""Small files in the shapes of the real ones, and what became of them."""

from datetime import UTC, datetime
from pathlib import Path

from valedor.casefile.viewing import the_house, viewing
from valedor.intake.importing.loading import load
from valedor.intake.importing.mapping import read_mapping
from valedor.intake.importing.models import ImportReject
from valedor.intake.importing.summary import Summary
from valedor.people.models import Entity

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
        return [(one.line, one.why) for one in ImportReject.objects.order_by("record")]
