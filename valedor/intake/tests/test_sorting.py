"""Rows and messages that no machine could read: corrected, set aside, taken up; nothing is lost."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from valedor.casefile.models import Case, Entry, Message, RawMessage
from valedor.casefile.verification import verify
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.refusals import Refused
from valedor.intake.actions.set_aside import set_message_aside, set_row_aside, take_message_up
from valedor.intake.actions.take_corrected_row import take_corrected_row
from valedor.intake.importing.loading import load
from valedor.intake.importing.mapping import read_mapping
from valedor.intake.importing.models import ImportReject
from valedor.intake.models import SetAside
from valedor.people.models import Account, AdministrationEntry, Entity, Role, RoleGrant, Team
from valedor.procedures.publishing import publish_packs

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
LATER = AT + timedelta(hours=2)
HEADER = "number;received;text;category;name\r\n"
GOOD = "7;2026-11-02;Sin agua desde ayer.;Agua;Marta Ríos\r\n"
BAD = "8;el jueves;No vino el técnico.;Averías;Pau Gil\r\n"


@pytest.fixture
def besos(committed_database: str) -> Entity:
    """Imports commit, and write from several connections."""
    publish_packs(at=AT)
    return Entity.objects.create(
        key="besos",
        name="Aigües del Besòs",
        country="ES",
        region="ES-CT",
        timezone="Europe/Madrid",
        languages=["ca", "es"],
        default_language="ca",
        regimes=["iso-10002"],
    )


@pytest.fixture
def bruno(besos: Entity) -> Account:
    return somebody("bruno", Role.HANDLER, besos)


def somebody(username: str, role: Role, entity: Entity) -> Account:
    team = Team.objects.create(key=f"team-{username}", name={"en": "Front"})
    team.entities.add(entity)
    account = Account.objects.create_account(username=username, name=username.title())
    RoleGrant.objects.create(account=account, role=role, team=team, granted_at=AT)
    return account


def rejected(entity: Entity, folder: Path, *rows: str, mapping: str = "spreadsheet") -> None:
    path = folder / "cases.csv"
    path.write_bytes((HEADER + "".join(rows)).encode())
    load(read_mapping(mapping), "d" * 12, [path], entity, at=AT)


def the_row(entity: Entity) -> ImportReject:
    with viewing(the_house(entity)):
        return ImportReject.objects.select_related("file").get()


def test_a_corrected_row_is_a_case_as_if_it_had_come_so(
    besos: Entity, bruno: Account, tmp_path: Path
) -> None:
    rejected(besos, tmp_path, GOOD, BAD)
    reject = the_row(besos)
    corrected = BAD.replace("el jueves", "2026-11-05").rstrip()
    (case,) = take_corrected_row(reject, text=corrected, by=bruno, at=LATER)
    with viewing(the_house(besos)):
        reject.refresh_from_db()
        assert (reject.case, reject.settled_by, reject.settled_at) == (case, bruno, LATER)
        assert bytes(reject.content).decode() == BAD
        raw = RawMessage.objects.get(case=case)
        assert bytes(raw.content or b"").decode() == corrected
        assert raw.envelope == {"file": "cases.csv", "line": 3, "record": 3}
        case.refresh_from_db()
        assert (case.source, case.source_number) == ("spreadsheet", "8")
        assert case.received_at == datetime(2026, 11, 4, 23, tzinfo=UTC)
        assert case.next_due_at is not None
        assert str(case.category and case.category.name) == "Averías"
        lines = list(Entry.objects.filter(case=case).order_by("sequence"))
        assert [line.kind for line in lines] == ["case.received", "import.row_corrected"]
        assert lines[1].by == bruno
        assert Message.objects.get(case=case).raw == raw
    assert verify().broken == []
    assert (
        load(read_mapping("spreadsheet"), "d" * 12, [tmp_path / "cases.csv"], besos, at=LATER)[
            0
        ].cases
        == 0
    )


def test_what_is_still_wrong_is_said_and_leaves_nothing(
    besos: Entity, bruno: Account, tmp_path: Path
) -> None:
    rejected(besos, tmp_path, GOOD, BAD)
    reject = the_row(besos)
    attempts = {
        BAD: "row_rejected",
        "8;2026-11-05;No vino": "row_rejected",
        BAD.replace("el jueves", "2026-11-05") + "9;2026-11-05;Dos;;": "row_rejected",
        "8;2026-11-05;N\0;;": "row_rejected",
        ";2026-11-05;Sin número;;": "row_rejected",
        GOOD: "present_already",
        "": "row_rejected",
    }
    for text, code in attempts.items():
        with pytest.raises(Refused) as caught:
            take_corrected_row(reject, text=text, by=bruno, at=LATER)
        assert caught.value.code == code, text
        assert str(caught.value.refusal)
    with viewing(the_house(besos)):
        assert Case.objects.count() == 1
        assert ImportReject.objects.get().settled_at is None


def test_equal_rows_without_a_key_stay_cases_of_their_own(
    besos: Entity, bruno: Account, tmp_path: Path
) -> None:
    mapping = tmp_path / "keyless.toml"
    shipped = Path(read_mapping.__code__.co_filename).with_name("mappings") / "spreadsheet.toml"
    mapping.write_text(shipped.read_text().replace('[key]\ncolumns = ["number"]', ""))
    rejected(besos, tmp_path, GOOD, BAD, mapping=str(mapping))
    mapping.unlink()
    (case,) = take_corrected_row(the_row(besos), text=GOOD, by=bruno, at=LATER)
    with viewing(the_house(besos)):
        numbers = sorted(str(one.source_number) for one in Case.objects.all())
        assert [number.split("-")[-1] for number in numbers] == ["1", "2"]
        assert case.source_number == numbers[1]


def test_nobody_without_the_role_there_and_nobody_twice(
    besos: Entity, bruno: Account, tmp_path: Path
) -> None:
    elsewhere = Entity.objects.create(
        key="ipe", name="Ipê", country="BR", region="BR-RJ", timezone="America/Sao_Paulo",
        languages=["pt-br"], default_language="pt-br",
    )  # fmt: skip
    rejected(besos, tmp_path, BAD)
    reject = the_row(besos)
    for by in (somebody("dario", Role.HANDLER, elsewhere), somebody("hugo", Role.APPROVER, besos)):
        with pytest.raises(Refused) as caught:
            take_corrected_row(reject, text=GOOD, by=by, at=LATER)
        assert caught.value.code == "not_permitted"
        with pytest.raises(Refused):
            set_row_aside(reject, reason="Not ours.", by=by, at=LATER)
    with pytest.raises(Refused) as caught:
        set_row_aside(reject, reason=" ", by=bruno, at=LATER)
    assert caught.value.code == "reason_missing"
    aside = set_row_aside(reject, reason="A test row.", by=bruno, at=LATER)
    assert (aside.settled_reason, aside.case) == ("A test row.", None)
    line = AdministrationEntry.objects.latest("sequence")
    assert (line.act, line.after) == ("import.row_set_aside", {"file": "cases.csv", "line": 2})
    assert "test row" not in line.reason
    for again in (
        lambda: take_corrected_row(reject, text=GOOD, by=bruno, at=LATER),
        lambda: set_row_aside(reject, reason="Again.", by=bruno, at=LATER),
    ):
        with pytest.raises(Refused) as caught:
            again()
        assert caught.value.code == "sorted_already"


def a_held_message(entity: Entity) -> RawMessage:
    with viewing(the_house(entity)):
        return RawMessage.objects.create(
            entity=entity,
            channel=Case.Channel.API,
            state=RawMessage.State.HELD,
            media_type="application/json",
            content=b"{",
            trouble="400 body_unreadable",
            received_at=AT,
        )


def test_a_message_is_set_aside_with_a_reason_and_taken_up_again(
    besos: Entity, bruno: Account
) -> None:
    raw = a_held_message(besos)
    with pytest.raises(Refused) as caught:
        set_message_aside(raw, reason="", by=bruno, at=LATER)
    assert caught.value.code == "reason_missing"
    set_message_aside(raw, reason="A probe of the program.", by=bruno, at=LATER)
    with pytest.raises(Refused) as caught:
        set_message_aside(raw, reason="Again.", by=bruno, at=LATER)
    assert caught.value.code == "sorted_already"
    with viewing(the_house(besos)):
        raw.refresh_from_db()
        assert (raw.state, bytes(raw.content or b"")) == (RawMessage.State.SET_ASIDE, b"{")
    take_message_up(raw, by=bruno, at=LATER)
    with pytest.raises(Refused) as caught:
        take_message_up(raw, by=bruno, at=LATER)
    assert caught.value.code == "not_set_aside"
    with viewing(the_house(besos)):
        raw.refresh_from_db()
        assert raw.state == RawMessage.State.HELD
        aside = SetAside.objects.get()
        assert (aside.by, aside.taken_up_by, aside.taken_up_at) == (bruno, bruno, LATER)
    acts = list(AdministrationEntry.objects.order_by("sequence").values_list("act", flat=True))
    assert acts[-2:] == ["message.set_aside", "message.taken_up"]


def test_what_is_set_aside_lies_behind_the_wall(besos: Entity, bruno: Account) -> None:
    set_message_aside(a_held_message(besos), reason="A probe.", by=bruno, at=LATER)
    assert not SetAside.objects.exists()
    with viewing(the_house(besos.pk + 1)):
        assert not SetAside.objects.exists()
    with viewing(the_house(besos)):
        assert SetAside.objects.count() == 1
