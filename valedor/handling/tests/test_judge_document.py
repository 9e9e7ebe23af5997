from tests.cast import Cast, a_case, hours, kinds_of, refusing
from valedor.casefile.actions.note_scan import note_scan
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.documents import download_response, keep_file
from valedor.casefile.models import Case, Document, Entry, Stage
from valedor.casefile.seats import Seat
from valedor.handling import tasks
from valedor.handling.actions.add_document import add_document
from valedor.handling.actions.judge_document import judge_document
from valedor.handling.models import Alarm


def in_quarantine(case: Case) -> Document:
    kept = keep_file("bill.exe", [b"harmful"])
    document = add_document(case, file=kept, by=COMPLAINANT, at=hours(2))
    assert note_scan(document, found="Trap", at=hours(3))
    document.refresh_from_db()
    return document


def called(case: Case) -> bool:
    line = Entry.objects.get(case=case, kind="document.quarantined")
    tasks.document_quarantined(case_id=case.pk, entry_id=line.pk)
    return Alarm.objects.filter(
        case=case, cause=Alarm.Cause.DOCUMENT_HELD, settled_at=None
    ).exists()


def test_somebody_is_called_and_lets_it_out(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    document = in_quarantine(case)
    assert called(case)
    judge_document(
        case,
        document=document,
        is_harmless=True,
        reason="Our own meter program.",
        by=staff(cast.carla),
        at=hours(4),
    )
    document.refresh_from_db()
    assert download_response(document).status_code == 200
    line = Entry.objects.get(case=case, kind="document.released")
    assert (line.content.body, line.seats) == ("Our own meter program.", Seat.COMPANY)
    assert not Alarm.objects.filter(cause=Alarm.Cause.DOCUMENT_HELD, settled_at=None).exists()
    with refusing(case, "not_quarantined"):
        judge_document(
            case,
            document=document,
            is_harmless=True,
            reason="Again.",
            by=staff(cast.carla),
            at=hours(5),
        )


def test_it_stays_where_it_is_and_nobody_is_called_any_more(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    document = in_quarantine(case)
    assert called(case)
    judge_document(
        case,
        document=document,
        is_harmless=False,
        reason="A trap.",
        by=staff(cast.carla),
        at=hours(4),
    )
    document.refresh_from_db()
    assert download_response(document).status_code == 403
    assert kinds_of(case)[-1] == "document.condemned"
    assert not Alarm.objects.filter(cause=Alarm.Cause.DOCUMENT_HELD, settled_at=None).exists()


def test_who_may_not(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    document = in_quarantine(case)
    for stranger in (cast.bruno, cast.dario):
        with refusing(case, "not_permitted"):
            judge_document(
                case,
                document=document,
                is_harmless=True,
                reason="Because.",
                by=staff(stranger),
                at=hours(4),
            )


def test_what_was_noted_once_is_not_noted_again(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    document = in_quarantine(case)
    assert not note_scan(document, found="Trap", at=hours(4))
    assert not note_scan(document, found="", at=hours(4))
    assert kinds_of(case).count("document.quarantined") == 1
