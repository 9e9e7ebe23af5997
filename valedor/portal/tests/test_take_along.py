"""The person has their file put together, to take it to somebody else."""

import json
from datetime import timedelta
from typing import Any

import pikepdf
import pypdfium2

from tests.cast import Cast, a_case, acting, again, kinds_of
from valedor.casefile import store
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Entry, RawMessage, ReadEntry, Stage
from valedor.casefile.seats import Seat
from valedor.casefile.verification import verify
from valedor.casefile.viewing import viewer_of, viewing
from valedor.disputes.actions.make_dossier import make_dossier
from valedor.disputes.models import Dossier
from valedor.foundation.moments import now
from valedor.foundation.pdf_seal.verifying import verify_file
from valedor.handling.actions.write_note import write_note

from .test_case import act, let_in, url_of
from .test_office import gone_there
from .test_people import by_their_link, maria_in
from .walking import text_of

FOR = "The lawyer Neus Quintana"


def _made(cast: Cast) -> Dossier:
    """The dossier that was asked for last, put together as the worker does."""
    with acting(cast):
        asked = Dossier.objects.latest("at")
    make_dossier(asked.pk, at=now())
    with acting(cast):
        return Dossier.objects.select_related("document").get(pk=asked.pk)


def _words(dossier: Dossier) -> str:
    assert dossier.document is not None
    document = pypdfium2.PdfDocument(store.path_of(dossier.document.sha256))
    pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    document.close()
    return " ".join(" ".join(pages).split())


def _manifest(dossier: Dossier) -> dict[str, Any]:
    assert dossier.document is not None
    with pikepdf.open(store.path_of(dossier.document.sha256)) as pdf:
        return dict(json.loads(pdf.attachments["manifest.json"].get_file().read_bytes()))


def test_the_person_takes_along_what_they_see_and_the_company_is_not_told(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED, received_at=now() - timedelta(days=3))
    with acting(cast):
        write_note(case, text="Difficult customer.", by=staff(cast.bruno), at=now())
    visitor = let_in(cast, case)
    assert "Take your file along" in text_of(visitor.get(url_of(case)))
    assert act(visitor, case, "/dossier", body=" ").status_code == 422
    done = act(visitor, case, "/dossier", body=FOR)
    assert done.status_code == 302
    made = _made(cast)
    assert made.state == Dossier.State.READY
    assert made.document is not None
    assert verify_file(store.path_of(made.document.sha256), at=now()).holds
    words = _words(made)
    assert FOR in words
    assert "for the person whose case it is" in words
    assert "Difficult customer." not in words
    assert cast.bruno.name not in words.partition("Letters and messages")[0]
    manifest = _manifest(made)
    assert (manifest["house"], manifest["made_by"]) == ("complainant", "")
    page = text_of(visitor.get(url_of(case)))
    assert made.document.name in page
    fetched = visitor.get(url_of(case, f"/documents/{made.document.pk}"))
    assert fetched.status_code == 200
    with viewing(viewer_of(cast.carla)):
        assert not Entry.objects.filter(case=case, kind__startswith="dossier.").exists()
        assert not Dossier.objects.exists()
        assert not RawMessage.objects.filter(case=case, seats=int(Seat.COMPANY)).exists()
    visitor.client.force_login(cast.bruno)
    assert FOR not in text_of(visitor.get(f"/desk/cases/{case.reference}"))
    assert (
        visitor.get(f"/desk/cases/{case.reference}/documents/{made.document.pk}").status_code == 404
    )
    with acting(cast):
        assert {"dossier.asked", "dossier.made"} <= set(kinds_of(again(case)))
        assert not ReadEntry.objects.filter(case_id=case.pk, what="dossier").exists()
        assert verify([case.reference]).broken == []


def test_one_at_a_time_and_five_a_day(cast: Cast) -> None:
    case = a_case(cast)
    visitor = let_in(cast, case)
    assert act(visitor, case, "/dossier", body=FOR).status_code == 302
    twice = act(visitor, case, "/dossier", body=FOR)
    assert twice.status_code == 409
    assert "Wait until it is ready." in text_of(twice)
    with acting(cast):
        Dossier.objects.update(state=Dossier.State.FAILED)
    for _ in range(4):
        assert act(visitor, case, "/dossier", body=FOR).status_code == 302
        with acting(cast):
            Dossier.objects.update(state=Dossier.State.FAILED)
    enough = act(visitor, case, "/dossier", body=FOR)
    assert enough.status_code == 409
    assert "come back tomorrow" in text_of(enough)


def test_a_file_of_the_ombudsman_is_taken_along_too(cast: Cast) -> None:
    _office, visitor, file = gone_there(cast)
    assert url_of(file, "/dossier") in text_of(visitor.get(url_of(file)))
    assert act(visitor, file, "/dossier", body="The court").status_code == 302
    made = _made(cast)
    assert (made.state, made.case_id) == (Dossier.State.READY, file.pk)
    with viewing(viewer_of(cast.bruno)):
        assert not Dossier.objects.exists()


def test_whoever_acts_for_the_person_takes_it_along_and_who_only_reads_does_not(cast: Cast) -> None:
    case: Case = a_case(cast)
    reads, _page = by_their_link(cast, maria_in(cast, case, scope="write"))
    assert reads.get(url_of(case, "/dossier")).status_code == 403
    acts, _page = by_their_link(cast, maria_in(cast, case, scope="act", email="mar@consum.example"))
    assert act(acts, case, "/dossier", body=FOR).status_code == 302
    with acting(cast):
        asked = Entry.objects.get(case=case, kind="dossier.asked")
        assert Seat(asked.seats) == Seat.COMPLAINANT
