"""What no machine could read, before a person: filed, registered, corrected, set aside."""

from typing import Any

import pytest
from django.test import Client

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.models import Case, Entry, Message, RawMessage
from valedor.channels.email.actions.set_mailbox import set_mailbox
from valedor.channels.models import Mail
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import words_of
from valedor.foundation import chain
from valedor.intake.importing.mapping import mapping_text
from valedor.intake.models import ImportedFile, ImportedStretch, ImportReject
from valedor.people.models import Role
from valedor.programs.tokens import issue_token

BOUNDARY = "xxx"
FORM = f"multipart/form-data; boundary={BOUNDARY}"


@pytest.fixture(autouse=True)
def documents(tmp_path: Any, settings: Any) -> None:
    """A store of the test's own."""
    settings.DOCUMENTS = tmp_path


def a_post(**fields: str) -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in fields.items()
    ]
    parts.append(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="bill.txt"\r\n'
        "Content-Type: text/plain\r\n\r\nTwo charges.\r\n"
    )
    return ("".join(parts) + f"--{BOUNDARY}--\r\n").encode()


def a_message(
    cast: Cast, content: bytes, *, media_type: str = FORM, trouble: str = "incomplete", **told: str
) -> RawMessage:
    salt = chain.draw_salt()
    with people.acting(cast):
        return RawMessage.objects.create(
            entity=cast.besos,
            channel=Case.Channel.WEB_FORM,
            state=RawMessage.State.HELD,
            media_type=media_type,
            content=content,
            salt=salt,
            salted_digest=chain.salted_digest(salt, {"sha256": "0"}),
            trouble=trouble,
            envelope=told,
            received_at=people.FRIDAY,
        )


def test_what_a_program_sent_in_vain_is_shown_with_its_reason(cast: Cast, sign_in: SignIn) -> None:
    token = issue_token("crm", cast.besos, ["cases:register"], by=None, at=people.FRIDAY)
    headers = {"authorization": f"Bearer {token}", "idempotency-key": "k1"}
    body = '{"narrative": "Sin agua", "complainant": {"name": "Ana Puig"}, "kind": "nonsense"}'
    sent = Client().post("/api/v1/cases", body, content_type="application/json", headers=headers)
    assert sent.status_code == 422
    bruno = sign_in(cast.bruno)
    listed = bruno.get("/desk/held")
    assert "The interface for programs refused it" in words_of(listed)
    address = listed.context["raws"][0]["url"]
    page = words_of(bruno.get(address))
    assert "Sin agua" in page
    assert "Ana Puig" in page
    dario = sign_in(cast.dario)
    assert dario.get("/desk/held").context["raws"] == []
    assert dario.get(address).status_code == 404


def test_filed_into_its_case_it_counts_from_when_it_came(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    words = "Aquí está la factura."
    trouble = "not from a page of the case"
    raw = a_message(cast, a_post(text=words), trouble=trouble, case=case.reference)
    bruno, address = sign_in(cast.bruno), f"/desk/held/messages/{raw.pk}"
    page = bruno.get(address)
    assert case.reference.encode() in page.content
    assert words in words_of(page)
    wrong = bruno.post(address, {"do": "file", "reference": "2026-999999-X", "text": "x"})
    assert wrong.status_code == 422
    given = {"do": "file", "reference": case.reference, "text": words}
    assert bruno.post(address, given).status_code == 302
    with people.acting(cast):
        raw.refresh_from_db()
        assert (raw.case, raw.state) == (case, RawMessage.State.REGISTERED)
        message = Message.objects.get(raw=raw)
        assert (message.at, message.channel) == (people.FRIDAY, "web_form")
        assert people.kinds_of(case)[-2:] == ["message.received", "document.kept"]
        assert Entry.objects.get(case=case, kind="message.received").by == cast.bruno
    assert bruno.post(address, given).status_code == 404


def test_registered_as_a_contact_it_opens_the_case(cast: Cast, sign_in: SignIn) -> None:
    raw = a_message(cast, a_post(narrative="Sin agua desde el lunes.", name="Marta Ríos"))
    bruno = sign_in(cast.bruno)
    address = bruno.get(f"/desk/held/messages/{raw.pk}").context["register_url"]
    form = bruno.get(address)
    assert form.context["form"].initial["narrative"] == "Sin agua desde el lunes."
    assert "You write down a message that no machine could read" in words_of(form)
    given = {
        "token": form.context["form"]["token"].value(),
        "channel": "web_form",
        "received_at": "2026-11-20T10:14",
        "language": "es",
        "kind": "complaint",
        "name": "Marta Ríos",
        "email": "marta@example.org",
        "answer_channel": "email",
        "narrative": "Sin agua desde el lunes.",
    }
    done = bruno.post(address, given)
    assert done.status_code == 200, words_of(done)[:1500]
    with people.acting(cast):
        raw.refresh_from_db()
        case = raw.case
        assert case is not None
        assert (case.received_at, case.channel) == (people.FRIDAY, "web_form")
        assert Message.objects.get(case=case).raw == raw
        assert RawMessage.objects.filter(case=case).count() == 2
        assert case.complainant is not None
        assert case.complainant.name == "Marta Ríos"
        assert "document.kept" in people.kinds_of(case)
        cases = Case.objects.count()
    assert bruno.post(address, given).status_code == 302
    other = bruno.post(address, given | {"token": "another"})
    assert other.status_code == 409
    assert "Somebody has seen to this message already." in words_of(other)
    with people.acting(cast):
        assert Case.objects.count() == cases


def test_set_aside_with_a_reason_and_taken_up_again(cast: Cast, sign_in: SignIn) -> None:
    raw = a_message(cast, b"\xff\x00buy now", media_type="", trouble="unreadable")
    bruno, address = sign_in(cast.bruno), f"/desk/held/messages/{raw.pk}"
    assert "buy now" in words_of(bruno.get(address))
    assert bruno.post(address, {"do": "aside", "reason": " "}).status_code == 422
    done = bruno.post(address, {"do": "aside", "reason": "Advertising."}, follow=True)
    assert "set aside a message" in words_of(done)
    assert done.context["raws"] == []
    assert "Advertising." in words_of(bruno.get("/desk/held?aside"))
    saved = bruno.get(f"{address}/content")
    assert saved.content == b"\xff\x00buy now"
    assert saved["Content-Type"] == "application/octet-stream"
    late = bruno.post(address, {"do": "aside", "reason": "Once more."})
    assert late.status_code == 409
    bruno.post(address, {"do": "take-up"})
    assert len(bruno.get("/desk/held").context["raws"]) == 1


def test_what_was_on_its_way_to_a_case_that_one_may_not_see_is_not_shown(
    cast: Cast, sign_in: SignIn
) -> None:
    case = people.a_case(cast)
    raw = a_message(cast, a_post(text="A secret."), case=case.reference)
    with people.acting(cast):
        Case.objects.filter(pk=case.pk).update(is_protected=True)
    bruno = sign_in(cast.bruno)
    assert bruno.get("/desk/held").context["raws"] == []
    assert bruno.get(f"/desk/held/messages/{raw.pk}").status_code == 404
    assert len(sign_in(cast.carla).get("/desk/held").context["raws"]) == 1


def test_the_auditor_reads_and_changes_nothing(cast: Cast, sign_in: SignIn) -> None:
    raw = a_message(cast, a_post(text="Hello."))
    gia, address = sign_in(cast.gia), f"/desk/held/messages/{raw.pk}"
    assert "Your role does not let you sort" in words_of(gia.get(address))
    assert gia.post(address, {"do": "aside", "reason": "No."}).status_code == 409
    with people.acting(cast):
        raw.refresh_from_db()
        assert raw.state == RawMessage.State.HELD
    assert sign_in(cast.ines).get(address).status_code == 403


@pytest.fixture
def reject(cast: Cast) -> ImportReject:
    with people.acting(cast):
        file = ImportedFile.objects.create(
            entity=cast.besos,
            mapping="spreadsheet:abc",
            source="spreadsheet",
            name="cases.csv",
            sha256="0" * 64,
            header=b"number;received;text;name\r\n",
            mapping_text=mapping_text("spreadsheet"),
            begun_at=people.FRIDAY,
        )
        return ImportReject.objects.create(
            entity=cast.besos,
            file=file,
            record=3,
            line=4,
            content="8;el jueves;No vino el técnico.;Pau Gil\r\n".encode("cp1252"),
            reason="“%(written)s” is no date written like %(examples)s.",
            reason_values={"written": "el jueves", "examples": "“2026-12-31”"},
            rejected_at=people.FRIDAY,
        )


def test_a_row_is_corrected_by_hand_and_becomes_a_case(
    cast: Cast, sign_in: SignIn, reject: ImportReject
) -> None:
    bruno, address = sign_in(cast.bruno), f"/desk/held/rows/{reject.pk}"
    page = bruno.get(address)
    assert page.context["columns"] == ["number", "received", "text", "name"]
    assert "No vino el técnico." in words_of(page)
    still = bruno.post(address, {"do": "again", "row": "8;ayer;No vino el técnico.;Pau Gil"})
    assert still.status_code == 409
    assert "It is still no case:" in words_of(still)
    assert "8;ayer;No vino" in words_of(still)
    corrected = "8;2026-11-19;No vino el técnico.;Pau Gil"
    done = bruno.post(address, {"do": "again", "row": f"{corrected}\r\n"}, follow=True)
    with people.acting(cast):
        case = Case.objects.get(source="spreadsheet")
    assert f"It is case {case.reference} now." in words_of(done)
    case_page = bruno.get(done.context["case_url"])
    assert "was corrected by hand and became this case" in words_of(case_page)
    assert bruno.post(address, {"do": "again", "row": corrected}).status_code == 409
    assert bruno.get("/desk/held").context["rejects"] == []
    assert sign_in(cast.dario).get(address).status_code == 404


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("en", "“el jueves” is no date written like “2026-12-31”."),
        ("es", "«el jueves» no es una fecha escrita como “2026-12-31”."),
        ("ca", "«el jueves» no és cap data escrita com “2026-12-31”."),
        ("pt-br", "“el jueves” não é uma data escrita como “2026-12-31”."),
    ],
)
def test_whoever_reads_why_a_row_was_rejected_reads_it_in_their_language(
    cast: Cast, sign_in: SignIn, reject: ImportReject, language: str, reason: str
) -> None:
    bruno, address = sign_in(cast.bruno), f"/desk/held/rows/{reject.pk}"
    bruno.cookies["language"] = language
    assert reason in words_of(bruno.get("/desk/held"))
    assert reason in words_of(bruno.get(address))
    again = bruno.post(address, {"do": "again", "row": "8;ayer;No vino el técnico.;Pau Gil"})
    assert reason.replace("el jueves", "ayer").partition("“2026")[0] in words_of(again)


def test_a_row_is_set_aside_with_its_reason(
    cast: Cast, sign_in: SignIn, reject: ImportReject
) -> None:
    bruno, address = sign_in(cast.bruno), f"/desk/held/rows/{reject.pk}"
    assert bruno.post(address, {"do": "aside", "reason": ""}).status_code == 422
    bruno.post(address, {"do": "aside", "reason": "A row of totals."})
    assert bruno.get("/desk/held").context["rejects"] == []
    assert "A row of totals." in words_of(bruno.get("/desk/held?aside"))
    assert "A row of totals." in words_of(bruno.get(address))


def test_whoever_does_not_work_on_cases_never_gets_there(cast: Cast, sign_in: SignIn) -> None:
    for account in (cast.ines, cast.hugo, cast.felix, cast.join("root", Role.ADMINISTRATOR)):
        assert sign_in(account).get("/desk/held").status_code == 403


def test_every_file_is_told_with_what_became_of_it(
    cast: Cast, sign_in: SignIn, reject: ImportReject
) -> None:
    ImportedStretch.objects.create(
        file=reject.file, first_record=2, last_record=9, cases=6, already_present=1, rejected=1,
        done_at=people.FRIDAY,
    )  # fmt: skip
    (row,) = sign_in(cast.gia).get("/desk/imports").context["rows"]
    figures = [row[name] for name in ("cases", "present", "rejected", "waiting")]
    assert (row["name"], figures, row["is_finished"]) == ("cases.csv", [6, 1, 1, 1], False)
    assert sign_in(cast.dario).get("/desk/imports").context["rows"] == []
    assert sign_in(cast.ines).get("/desk/imports").status_code == 403


# ------------------------------------------------------------------ mail that looks like spam
def test_a_mail_that_is_no_spam_is_read_again(cast: Cast, sign_in: SignIn) -> None:
    mailbox = set_mailbox(
        cast.besos, "besos-box", address="box@besos.example", language="es", by=None,
        at=people.FRIDAY,
    )  # fmt: skip
    raw = a_message(cast, b"Subject: x\r\n\r\nHelp.\r\n", trouble="spam", mailbox=mailbox.key)
    with people.acting(cast):
        RawMessage.objects.filter(pk=raw.pk).update(channel=Case.Channel.EMAIL)
        Mail.objects.create(
            raw=raw, entity=cast.besos, seats=3, mailbox=mailbox, subject="x", text="Help."
        )
    client = sign_in(cast.bruno)
    page = client.get(f"/desk/held/messages/{raw.pk}")
    assert "It is no spam: register it" in words_of(page)
    done = client.post(f"/desk/held/messages/{raw.pk}", {"do": "not-spam"})
    assert (done.status_code, done["Location"]) == (302, "/desk/held/spam")
    with people.acting(cast):
        raw.refresh_from_db()
        assert raw.state == RawMessage.State.ARRIVED
        assert raw.envelope["not_spam"] is True
        assert not Mail.objects.filter(raw=raw).exists()
    other = a_message(cast, b"\xff")
    assert "It is no spam" not in words_of(client.get(f"/desk/held/messages/{other.pk}"))
    refused = client.post(f"/desk/held/messages/{other.pk}", {"do": "not-spam"})
    assert refused.status_code == 409
