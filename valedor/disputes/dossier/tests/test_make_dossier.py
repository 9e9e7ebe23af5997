"""A dossier of a real case: what is in it, what is not, and that it proves itself."""

import json
import random
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from tests import cast as people
from tests.cast import Cast
from valedor.casefile import store
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.documents import Kept
from valedor.casefile.models import Case, Document, Entry, ReadEntry, Stage
from valedor.casefile.seats import Seat
from valedor.casefile.tests.test_receipt_paper import kinds_of_structure
from valedor.casefile.verification import verify
from valedor.casefile.viewing import viewer_of, viewing
from valedor.disputes.actions.ask_for_dossier import ask_for_dossier
from valedor.disputes.actions.make_dossier import give_up, make_dossier
from valedor.disputes.actions.speak_before_body import give_position
from valedor.disputes.actions.turn_to_body import turn_to_body
from valedor.disputes.dossier.queries import dossiers_of
from valedor.disputes.dossier.tests.conftest import (
    BILL,
    MAIL,
    as_it_is,
    filed,
    made_by,
    path_of,
    photograph,
)
from valedor.disputes.models import Dossier, Referral
from valedor.disputes.tests.test_before_a_body import forum
from valedor.foundation.multilingual import LANGUAGES
from valedor.foundation.pdf_seal.verifying import verify_file
from valedor.foundation.refusals import Refused
from valedor.handling.actions.add_document import add_document
from valedor.people.models import Role, Team

AT = people.days(1)
REDACTED = Dossier.Copy.REDACTED


def text_of(path: Path) -> str:
    """Everything that its pages say, line by line."""
    document = pypdfium2.PdfDocument(path)
    pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    document.close()
    return "\n".join(pages).replace("\r\n", "\n")


def manifest_of(path: Path) -> dict[str, Any]:
    with pikepdf.open(path) as pdf:
        return dict(json.loads(pdf.attachments["manifest.json"].get_file().read_bytes()))


def embedded_in(path: Path) -> dict[str, bytes]:
    with pikepdf.open(path) as pdf:
        return {
            name: one.get_file().read_bytes()
            for name, one in pdf.attachments.items()
            if name != "manifest.json"
        }


# ------------------------------------------------------------------ what it is
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_an_archive_in_every_language(language: str, cast: Cast, case: Case) -> None:
    dossier = made_by(cast, case, language=language)
    assert dossier.state == Dossier.State.READY
    path = path_of(dossier)
    found = verify_file(path, at=AT)
    assert found.holds, found.broken
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang).lower() == language
        assert bool(pdf.Root.MarkInfo.Marked)
        kinds = kinds_of_structure(pdf.Root.StructTreeRoot)
        assert {"/Document", "/H1", "/H2", "/P", "/Table", "/TR", "/TOC"} <= kinds
        with pdf.open_metadata() as metadata:
            assert case.reference in metadata["dc:title"]
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert len(pdf.pages) == dossier.pages
    text = text_of(path)
    pages = {"en": "page 2 of", "es": "página 2 de", "ca": "pàgina 2 de", "pt-br": "página 2 de"}
    assert f"{pages[language]} {dossier.pages}" in text
    assert case.reference in text
    assert "Junta Arbitral de Consum de Catalunya" in text


def test_the_originals_are_in_it_byte_for_byte(cast: Cast, case: Case) -> None:
    dossier = made_by(cast, case)
    path = path_of(dossier)
    files = embedded_in(path)
    by_ending = {name.rpartition(".")[2]: content for name, content in files.items()}
    assert by_ending == {"pdf": BILL, "jpg": photograph(), "eml": MAIL}
    assert "D1-factura-marc.pdf" in files
    told = manifest_of(path)
    assert (told["copy"], told["house"], told["for"]) == (
        "full", "company", "Junta Arbitral de Consum de Catalunya",
    )  # fmt: skip
    with people.acting(cast):
        lines = {one.sequence: one for one in Entry.objects.filter(case=case)}
        bill = Document.objects.get(case=case, name="factura març.pdf")
    listed = {one["name"]: one for one in told["files"]}
    assert set(listed) == set(files)
    of_bill = listed["D1-factura-marc.pdf"]
    assert (of_bill["document"], of_bill["sha256"]) == (bill.pk, bill.sha256)
    assert lines[of_bill["entry"]].pk == bill.entry_id
    assert told["chain"]["hash"] == bytes(lines[told["chain"]["sequence"]].hash).hex()


def test_its_pages_tell_the_case(cast: Cast, case: Case) -> None:
    text = text_of(path_of(made_by(cast, case, language="en")))
    for said in (
        "Ana Puig", "ana@example.org", "Carrer Major 1",  # A full copy: who, and how reached.
        "*Nada* #de esto es [código]",  # Nothing that was written is markup.
        "Upheld", "Contrato, cláusula 4.", "El registro muestra dos cargos.",
        "factura març.pdf", "Answer, by law", "How to check this dossier",
    ):  # fmt: skip
        assert said in text, said
    assert "Ojo: cliente difícil" not in text
    assert "informe.txt" not in text
    assert "its working papers" in text


def test_one_byte_anywhere_breaks_it(cast: Cast, case: Case, tmp_path: Path) -> None:
    content = path_of(made_by(cast, case)).read_bytes()
    chance, copy = random.Random(11), tmp_path / "copy.pdf"
    for _ in range(25):
        changed = bytearray(content)
        place = chance.randrange(20, len(content))
        changed[place] ^= 1 << chance.randrange(8)
        copy.write_bytes(changed)
        assert not verify_file(copy, at=AT).holds, place


# ------------------------------------------------------------------ the redacted copy
def test_a_redacted_copy_names_nobody_but_the_parties(cast: Cast, case: Case) -> None:
    with people.acting(cast):
        chosen = list(Document.objects.filter(case=case, name="contador.jpg"))
    dossier = made_by(cast, case, copy=REDACTED, chosen=chosen, language="en")
    path = path_of(dossier)
    text, files = text_of(path), embedded_in(path)
    assert list(files.values()) == [photograph()]
    for hidden in (
        "ana@example.org", "600 123 456", "12345678Z", "0418 4502", "Carrer Major", "Bruno",
    ):  # fmt: skip
        assert hidden not in text, hidden
        assert hidden not in json.dumps(manifest_of(path), ensure_ascii=False), hidden
    assert "Ana Puig" in text
    assert "[left out]" in text
    assert case.reference in text
    assert dossier.left_out["not_chosen"] >= 1
    assert dossier.left_out["raw_messages"] == 1
    assert dossier.left_out["words"] >= 5
    assert verify_file(path, at=AT).holds


def test_a_protected_person_has_no_name_in_it(cast: Cast, case: Case) -> None:
    with people.acting(cast):
        Case.objects.filter(pk=case.pk).update(is_protected=True, holder=cast.bruno)
    text = text_of(path_of(made_by(cast, people_again(cast, case), copy=REDACTED)))
    assert "Ana Puig" not in text


def people_again(cast: Cast, case: Case) -> Case:
    with people.acting(cast):
        return people.again(case)


# ------------------------------------------------------------------ what stays outside
def test_working_papers_go_only_where_somebody_says_so(cast: Cast, case: Case) -> None:
    with_them = made_by(cast, case, with_working=True)
    text = text_of(path_of(with_them))
    assert "Ojo: cliente difícil" in text
    assert "working_lines" not in with_them.left_out
    assert b"For us." in embedded_in(path_of(with_them)).values()


def test_what_was_said_in_mediation_stays_there(cast: Cast, case: Case) -> None:
    """That it was mediated and how it ended goes, unlike what the sides said (Ley 5/2012, art. 9);
    what was said to a body that decides goes whole.
    """
    with people.acting(cast):
        for key, said in (("kind:mediation_service", "Zanahoria"), ("kind:court", "Membrillo")):
            referral = turn_to_body(
                people.again(case), forum=forum(cast, key), side=Referral.Side.COMPLAINANT,
                filed_on=people.hours(1).date(), by=COMPLAINANT, at=people.hours(10),
            )  # fmt: skip
            give_position(
                people.again(case), referral=referral, side=Referral.Side.COMPANY, text=said,
                by=staff(cast.bruno), at=people.hours(11),
            )  # fmt: skip
    dossier = made_by(cast, case, with_working=True, language="en")
    words = text_of(path_of(dossier))
    assert "Zanahoria" not in words
    assert "1 line of what was said in mediation" in " ".join(words.split())
    assert "Membrillo" in words


def test_what_was_handed_over_in_mediation_stays_there(cast: Cast, case: Case) -> None:
    """And its name with it, also where the working papers go along."""
    with people.acting(cast):
        sha256, size = store.keep(b"What we could live with.")
        paper = Kept(
            name="ruibarbo.txt", media_type="text/plain", claimed_type="", size=size, sha256=sha256
        )
        with pytest.raises(Refused) as refused:
            add_document(
                people.again(case),
                file=paper,
                in_mediation=True,
                by=COMPLAINANT,
                at=people.hours(11),
            )
        assert refused.value.refusal.code == "no_mediation"
        turn_to_body(
            people.again(case), forum=forum(cast, "kind:mediation_service"),
            side=Referral.Side.COMPLAINANT, filed_on=people.hours(1).date(), by=COMPLAINANT,
            at=people.hours(10),
        )  # fmt: skip
        document = add_document(
            people.again(case), file=paper, in_mediation=True, by=COMPLAINANT, at=people.hours(11)
        )
        chosen = [document]
    path = path_of(made_by(cast, case, with_working=True, language="en", chosen=chosen))
    words = text_of(path)
    assert "ruibarbo" not in words
    assert "1 document handed over in mediation" in " ".join(words.split())
    assert b"What we could live with." not in embedded_in(path).values()
    assert "ruibarbo" not in json.dumps(manifest_of(path))


def test_nothing_of_the_ombudsman_is_in_the_companys_dossier(cast: Cast, case: Case) -> None:
    canary = "CANARY-OF-THE-OFFICE"
    with people.acting(cast):
        filed(case, f"{canary}.txt", canary.encode(), "text/plain", seats=Seat.OMBUDSMAN)
    path = path_of(made_by(cast, case, with_working=True))
    assert canary not in text_of(path)
    assert canary.encode() not in path.read_bytes()
    assert canary not in json.dumps(manifest_of(path))


def test_what_is_quarantined_erased_or_damaged_is_listed_and_left_out(
    cast: Cast, case: Case
) -> None:
    with people.acting(cast):
        bill = Document.objects.get(case=case, name="factura març.pdf")
        Document.objects.filter(pk=bill.pk).update(scan=Document.Scan.INFECTED)
        photo = Document.objects.get(case=case, name="contador.jpg")
    store.path_of(photo.sha256).write_bytes(b"another content")
    dossier = made_by(cast, case)
    assert list(embedded_in(path_of(dossier)).values()) == [MAIL]
    assert (dossier.left_out["quarantined"], dossier.left_out["missing"]) == (1, 1)
    whys = {one["why"] for one in manifest_of(path_of(dossier))["not_enclosed"]}
    assert whys == {"quarantined", "missing"}


def test_a_dossier_does_not_hold_the_one_before(cast: Cast, case: Case) -> None:
    first = made_by(cast, case)
    second = made_by(cast, people_again(cast, case))
    assert (first.files, second.files) == (3, 3)


# ------------------------------------------------------------------ what it leaves behind
def test_it_leaves_a_line_a_document_of_the_house_and_a_disclosure(cast: Cast, case: Case) -> None:
    dossier = made_by(cast, case)
    with people.acting(cast):
        line = Entry.objects.get(case=case, kind="dossier.made")
        assert (Seat(line.seats), line.by_id) == (Seat.COMPANY, cast.bruno.pk)
        assert line.particulars["files"] == dossier.files == 3
        assert dossier.document is not None
        assert Seat(dossier.document.seats) == Seat.COMPANY
        assert verify([case.reference]).broken == []
    noted = ReadEntry.objects.get(case_id=case.pk, what="dossier")
    assert (noted.account_id, noted.particulars["copy"]) == (cast.bruno.pk, "full")


def test_made_twice_it_is_made_once(cast: Cast, case: Case) -> None:
    dossier = made_by(cast, case)
    make_dossier(dossier.pk, at=people.days(2))
    again = as_it_is(cast, dossier)
    assert (again.document_id, again.ready_at) == (dossier.document_id, dossier.ready_at)


def test_what_was_given_up_is_told(cast: Cast, case: Case) -> None:
    dossier = asked_by(cast, case)
    give_up(dossier.pk, at=AT)
    assert as_it_is(cast, dossier).state == Dossier.State.FAILED
    with people.acting(cast):
        assert people.kinds_of(case)[-1] == "dossier.failed"
    assert asked_by(cast, case).state == Dossier.State.WAITING  # It can be asked for again.


# ------------------------------------------------------------------ who may
def asked_by(cast: Cast, case: Case, account: Any = None, **more: Any) -> Dossier:
    return ask_for_dossier(
        case,
        **{"body": "OMIC", "copy": Dossier.Copy.FULL, "language": "ca"} | more,
        viewer=viewer_of(account or cast.bruno),
        at=AT,
    )


def refused(code: str, *arguments: Any, **more: Any) -> None:
    with pytest.raises(Refused) as found:
        asked_by(*arguments, **more)
    assert found.value.code == code


def test_only_whoever_handles_it_makes_one(cast: Cast, case: Case) -> None:
    refused("not_permitted", cast, case, cast.gia)
    refused("not_permitted", cast, case, cast.dario)
    refused("not_permitted", cast, case, cast.hugo)
    refused("body_missing", cast, case, body="  ")
    asked_by(cast, case)
    refused("dossier_going_on", cast, case, cast.carla)
    with people.acting(cast):
        assert Dossier.objects.count() == 1


def test_people_of_another_house_make_none(cast: Cast) -> None:
    team = Team.objects.create(key="centre", name={"es": "Centro"}, is_outsourced=True)
    team.entities.add(cast.besos)
    olga = cast.join("olga", Role.HANDLER, team)
    theirs = people.a_case(cast, stage=Stage.ASSESSED)
    with people.acting(cast):
        Case.objects.filter(pk=theirs.pk).update(team=team, holder=olga)
    refused("of_another_house", cast, people_again(cast, theirs), olga)


def test_whoever_lost_the_right_meanwhile_gets_none(cast: Cast, case: Case) -> None:
    dossier = asked_by(cast, case)
    cast.bruno.grants.all().delete()
    make_dossier(dossier.pk, at=AT)
    assert as_it_is(cast, dossier).state == Dossier.State.FAILED


def test_without_a_seal_none_is_begun(cast: Cast, case: Case, settings: Any) -> None:
    settings.SEAL_PKCS12 = "/nowhere/seal.p12"
    refused("cannot_seal", cast, case)


def test_it_is_listed_for_its_own_house_alone(cast: Cast, case: Case) -> None:
    dossier = made_by(cast, case)
    for account, seen in ((cast.carla, [dossier.pk]), (cast.dario, [])):
        viewer = viewer_of(account)
        with viewing(viewer):
            assert [one.pk for one in dossiers_of(viewer, case)] == seen


def test_it_goes_with_the_case_that_is_erased_meanwhile(cast: Cast, case: Case) -> None:
    dossier = asked_by(cast, case)
    with people.acting(cast):
        Case.objects.filter(pk=case.pk).update(erased_at=AT)
    make_dossier(dossier.pk, at=AT)
    assert as_it_is(cast, dossier).state == Dossier.State.FAILED
