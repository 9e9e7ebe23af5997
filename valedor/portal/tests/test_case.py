"""The page of a case: what has happened, what happens, what can still be done."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import (
    Cast,
    a_case,
    a_submission,
    acting,
    by_elena,
    decide_all,
    kinds_of,
    letters_leave,
    the_response,
    under,
)
from valedor.casefile.actors import staff
from valedor.casefile.letters import mailed_link
from valedor.casefile.models import Case, Document, Entry, Instance, Kind, RawMessage, Stage
from valedor.channels.web_form.left_over import read_left_over
from valedor.foundation.moments import now
from valedor.foundation.spoken_dates import day_in_words
from valedor.handling.actions.ask import ask
from valedor.handling.actions.assess import assess
from valedor.handling.actions.respond import respond
from valedor.handling.actions.write_note import write_note
from valedor.intake.actions.receive import receive
from valedor.people.models import Mandate
from valedor.telling.entries import author_of
from valedor.telling.reader import Reader

from .walking import Visitor, text_of, token_of


def let_in(cast: Cast, case: Case, language: str = "en") -> Visitor:
    """Somebody who opened the link of a letter."""
    visitor = Visitor(language)
    with acting(cast):
        fresh = Case.objects.select_related("entity", "mandate").get(pk=case.pk)
        person = fresh.mandate.representative_id if fresh.mandate else fresh.complainant_id
        link = mailed_link(fresh, person, at=now())
    assert visitor.get("/" + link.split("/", 3)[3]).status_code == 302
    return visitor


def url_of(case: Case, page: str = "") -> str:
    return f"/besos/case/{case.reference}{page}"


def act(visitor: Visitor, case: Case, page: str, **fields: object) -> Any:
    """Post on a page of the case as its own form does."""
    shown = visitor.get(url_of(case, "" if page == "/messages" else page))
    return visitor.post(url_of(case, page), {"token": token_of(text_of(shown)), **fields})


def test_shows_the_way_in_plain_words(cast: Cast) -> None:
    case = a_case(cast, received_at=now())
    page = text_of(let_in(cast, case).get(url_of(case)))
    assert "Registered" in page
    assert "Reasoned answer" in page
    assert "How it is counted" in page
    assert "the courts" in page
    assert case.subject in page


def test_speaks_the_readers_language(cast: Cast) -> None:
    case = a_case(cast)
    for language in ("es", "ca", "pt-BR", "en"):
        shown = let_in(cast, case, language).get(url_of(case))
        assert shown.status_code == 200
        assert shown.headers["Content-Language"] == language.lower()


def test_nothing_internal_is_ever_shown(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.DECIDED)
    with acting(cast):
        write_note(case, text="she calls every day", by=staff(cast.bruno), at=now())
    visitor = let_in(cast, case)
    for page in ("", "/print"):
        shown = text_of(visitor.get(url_of(case, page)))
        assert "she calls every day" not in shown
        assert "El registro muestra dos cargos" not in shown
        assert "Bruno" not in shown


def test_explains_how_a_day_is_counted(cast: Cast) -> None:
    case = a_case(cast)
    visitor = let_in(cast, case)
    page = text_of(visitor.get(url_of(case)))
    link = page.split('class="rail__how"><a href="')[1].split('"')[0]
    shown = text_of(visitor.get(link))
    assert "Counts" in shown
    assert "https://www.boe.es" in shown
    assert visitor.get(url_of(case, "/counting/1")).status_code == 404


def test_writes_with_evidence_once(cast: Cast) -> None:
    case = a_case(cast)
    visitor = let_in(cast, case)
    shown = text_of(visitor.get(url_of(case)))
    photo = SimpleUploadedFile("photo.png", b"\x89PNG\r\n\x1a\n....")
    fields = {"token": token_of(shown), "text": "Here is the photo <b>of it</b>"}
    first = visitor.post(url_of(case, "/messages"), {**fields, "file": photo})
    assert first.status_code == 302
    assert visitor.post(url_of(case, "/messages"), fields).status_code == 302
    page = text_of(visitor.get(url_of(case)))
    assert page.count("Here is the photo &lt;b&gt;of it&lt;/b&gt;") == 1
    assert "photo.png" in page
    with acting(cast):
        assert kinds_of(case).count("message.received") == 1
        assert RawMessage.objects.filter(case=case, token__isnull=False).count() == 1
        document = Document.objects.get(case=case, name="photo.png")
    fetched = visitor.get(url_of(case, f"/documents/{document.pk}"))
    assert fetched.headers["Content-Disposition"].startswith("attachment")
    other = a_case(cast)
    assert let_in(cast, other).get(url_of(other, f"/documents/{document.pk}")).status_code == 404


def test_an_empty_message_gets_a_sentence(cast: Cast) -> None:
    case = a_case(cast)
    answer = act(let_in(cast, case), case, "/messages", text="  ")
    assert "Write something, or choose a file." in text_of(answer)


def test_a_form_from_elsewhere_changes_nothing_and_loses_nothing(cast: Cast) -> None:
    case, other = a_case(cast), a_case(cast)
    token = token_of(text_of(let_in(cast, other).get(url_of(other))))
    visitor = let_in(cast, case)
    answer = visitor.post(url_of(case, "/messages"), {"token": token, "text": "Still here"})
    assert answer.status_code == 422
    assert "Still here" in text_of(answer)
    with acting(cast):
        assert "message.received" not in kinds_of(case)


def test_answers_a_question(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    with acting(cast):
        ask(
            case,
            text="Which meter is it?",
            answer_by=now() + timedelta(days=5),
            by=staff(cast.bruno),
            at=now(),
        )
    visitor = let_in(cast, case)
    assert "Which meter is it?" in text_of(visitor.get(url_of(case)))
    act(visitor, case, "/messages", text="The one in the kitchen")
    with acting(cast):
        assert "case.question_answered" in kinds_of(case)


def test_accepts_the_answer(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED)
    visitor = let_in(cast, case)
    assert "It is your turn" in text_of(visitor.get(url_of(case)))
    assert act(visitor, case, "/acceptance").status_code == 302
    with acting(cast):
        assert "case.answer_accepted" in kinds_of(case)
    page = text_of(visitor.get(url_of(case)))
    assert "You have accepted the answer: the company closes the case." in page
    assert "It is your turn" not in page
    again = text_of(visitor.get(url_of(case, "/acceptance")))
    assert "The answer has already been accepted." in again
    assert 'aria-disabled="true"' in again


def test_says_until_when_one_can_disagree(cast: Cast) -> None:
    filed_at = now() - timedelta(days=2)
    case = a_case(cast, stage=Stage.ANSWERED, received_at=filed_at)
    with acting(cast):
        until = the_response(case).react_by
    assert until is not None
    day = (until - timedelta(hours=1)).astimezone(ZoneInfo("Europe/Madrid")).date()
    for language, before, after in (
        ("en", "tell us by ", " and somebody else looks at it."),
        ("es", "díganoslo a más tardar el ", " y lo revisará otra persona."),
        ("ca", "digueu-nos-ho com a molt tard el ", " i ho revisarà una altra persona."),
        ("pt-br", "diga-nos até ", " e outra pessoa vai analisar."),
    ):
        page = text_of(let_in(cast, case, language).get(url_of(case)))
        assert f"{before}{day_in_words(day, language, with_weekday=True)}{after}" in page
    with patch("valedor.portal.inside.now", lambda: until):
        over = text_of(let_in(cast, case).get(url_of(case)))
    assert "You can accept the answer, or say that you do not agree." in over
    assert "we may close the case" not in over


def test_names_no_day_where_the_case_may_end_at_once(cast: Cast) -> None:
    filed_at = now() - timedelta(days=2)
    case = a_case(cast, stage=Stage.ASSESSED, received_at=filed_at)
    bruno, at = staff(cast.bruno), filed_at + timedelta(hours=2)
    with acting(cast):
        assess(case, severity=1, difficulty="simple", is_admissible=False,
               inadmission_ground="out_of_time", reasons="Es de 2019.", by=bruno,
               at=at)  # fmt: skip
        decide_all(case, bruno, at)
        respond(case, by=bruno, at=at)
        letters_leave(case, at)
    page = text_of(let_in(cast, case).get(url_of(case)))
    assert "It is your turn" in page
    assert "we may close the case" not in page


def test_shows_until_when_the_answer_can_be_taken_further(cast: Cast) -> None:
    under(cast, "es-trlgdcu-21", "es-postal", postal_operator=True)
    case = a_case(cast, stage=Stage.ANSWERED)
    page = text_of(let_in(cast, case).get(url_of(case)))
    assert "You can take the answer further until" in page
    assert "Monday, 21 December 2026" in page


def test_contests_with_reasons(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED)
    visitor = let_in(cast, case)
    empty = act(visitor, case, "/contest", text="")
    assert "Say why you do not agree" in text_of(empty)
    proof = SimpleUploadedFile("proof.txt", b"the other bill")
    act(visitor, case, "/contest", text="You looked at the wrong bill.", file=proof)
    with acting(cast):
        assert "case.contested" in kinds_of(case)
        assert Instance.objects.filter(case=case, kind=Instance.Kind.REVIEW).exists()
        assert Document.objects.filter(case=case, name="proof.txt").exists()
    page = text_of(visitor.get(url_of(case)))
    assert "Somebody else takes a second look" in page
    assert "You did not agree with the answer" in page


def test_refusals_stand_beside_the_greyed_button(cast: Cast) -> None:
    case = a_case(cast)
    visitor = let_in(cast, case)
    page = text_of(visitor.get(url_of(case)))
    assert "This case has not been answered yet." in page
    refused = visitor.get(url_of(case, "/contest"))
    token = token_of(text_of(refused))
    answer = visitor.post(url_of(case, "/contest"), {"token": token, "text": "No"})
    assert answer.status_code == 409
    assert "This case has not been answered yet." in text_of(answer)


def test_withdraws_after_being_asked_once_more(cast: Cast) -> None:
    case = a_case(cast)
    visitor = let_in(cast, case)
    assert "you lose no right" in text_of(visitor.get(url_of(case, "/withdrawal")))
    act(visitor, case, "/withdrawal", text="Solved by telephone")
    with acting(cast):
        assert Case.objects.get(pk=case.pk).stage == Stage.CLOSED
    assert "You withdrew the case" in text_of(visitor.get(url_of(case)))


def test_says_that_a_question_is_a_complaint(cast: Cast) -> None:
    case = a_case(cast, kind=Kind.ENQUIRY)
    visitor = let_in(cast, case)
    assert "This is a complaint" in text_of(visitor.get(url_of(case)))
    again = act(visitor, case, "/kind", text="I was charged twice.")
    assert again.status_code == 422
    act(visitor, case, "/kind", kind="complaint", text="I was charged twice.")
    with acting(cast):
        assert Case.objects.get(pk=case.pk).kind == Kind.COMPLAINT
    page = text_of(visitor.get(url_of(case)))
    assert "I was charged twice." in page
    assert "We deal with it as: complaint (before: enquiry)" in page
    assert "This is a complaint" not in page


def test_a_narrow_mandate_files_and_follows(cast: Cast) -> None:
    case = a_case(cast, submission=by_elena(cast), stage=Stage.ANSWERED)
    Mandate.objects.filter(represented=case.complainant).update(scope=Mandate.Scope.FILE)
    visitor = let_in(cast, case)
    shown = text_of(visitor.get(url_of(case)))
    assert "Your mandate lets you file and follow this case" in shown


def test_words_written_down_for_somebody_are_theirs(cast: Cast) -> None:
    told = a_submission(cast, channel=Case.Channel.TELEPHONE)
    with acting(cast):
        case = receive(told, by=staff(cast.bruno), at=now()).case
    page = text_of(let_in(cast, case).get(url_of(case)))
    assert "<b>You</b><span>Telephone</span>" in page
    assert "Bruno" not in page


def test_a_representative_signs_with_their_name(cast: Cast) -> None:
    case = a_case(cast, submission=by_elena(cast))
    visitor = let_in(cast, case)
    act(visitor, case, "/messages", text="She asked me to add this.")
    page = text_of(visitor.get(url_of(case)))
    assert "<b>You</b>" in page
    with acting(cast):
        entry = Entry.objects.get(case=case, kind="message.received")
        fresh = Case.objects.select_related("complainant", "mandate__representative").get(
            pk=case.pk
        )
        assert author_of(entry, fresh, Reader.COMPLAINANT) == "Elena Roca, who speaks for you"
        assert author_of(entry, fresh, Reader.STAFF) == "Elena Roca, representative of Ana Puig"


def test_a_closed_case_says_so(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.CLOSED)
    page = text_of(let_in(cast, case).get(url_of(case)))
    assert '<p class="lede">Closed.</p>' in page
    assert "Withdraw the case" not in page


# ------------------------------------------------------------------ nothing typed is lost
def test_another_language_keeps_words_and_files(cast: Cast) -> None:
    case = a_case(cast)
    visitor = let_in(cast, case)
    shown = text_of(visitor.get(url_of(case)))
    photo = SimpleUploadedFile("photo.png", b"\x89PNG\r\n\x1a\n....")
    fields = {"token": token_of(shown), "text": "No water", "step": "language", "file": photo}
    again = text_of(visitor.post(url_of(case, "/messages?lang=es"), fields))
    assert '<html lang="es">' in again
    assert "No water" in again
    assert "photo.png" in again
    with acting(cast):
        assert "message.received" not in kinds_of(case)
    sent = visitor.post(url_of(case, "/messages"), {"token": token_of(again), "text": "No water"})
    assert sent.status_code == 302
    with acting(cast):
        assert kinds_of(case).count("message.received") == 1
        assert Document.objects.filter(case=case, name="photo.png").exists()
        assert RawMessage.objects.filter(case=case, state="registered").count() == 2


def test_a_file_can_be_taken_out_again(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED)
    visitor = let_in(cast, case)
    token = token_of(text_of(visitor.get(url_of(case, "/contest"))))
    wrong = SimpleUploadedFile("wrong.txt", b"not this one")
    empty = visitor.post(url_of(case, "/contest"), {"token": token, "text": "", "file": wrong})
    page = text_of(empty)
    assert empty.status_code == 422
    assert "Say why you do not agree" in page
    step = page.split('value="take_out_')[1].split('"')[0]
    fields = {"token": token_of(page), "text": "You erred", "step": f"take_out_{step}"}
    page = text_of(visitor.post(url_of(case, "/contest"), fields))
    assert "wrong.txt" not in page
    assert "You erred" in page
    sent = visitor.post(url_of(case, "/contest"), {"token": token_of(page), "text": "You erred"})
    assert sent.status_code == 302
    with acting(cast):
        assert "case.contested" in kinds_of(case)
        assert not Document.objects.filter(case=case, name="wrong.txt").exists()


def test_what_a_broken_request_left_waits_for_a_person(cast: Cast) -> None:
    case = a_case(cast)
    visitor = let_in(cast, case)
    token = token_of(text_of(visitor.get(url_of(case))))
    visitor.client.raise_request_exception = False
    with patch("valedor.portal.views.acts.take_message", side_effect=RuntimeError):
        answer = visitor.post(url_of(case, "/messages"), {"token": token, "text": "No water"})
    assert answer.status_code == 500
    with acting(cast):
        kept = RawMessage.objects.get(envelope__case=case.reference)
        assert kept.state == RawMessage.State.ARRIVED
    read_left_over(now() + timedelta(minutes=5))
    with acting(cast):
        kept.refresh_from_db()
        assert (kept.state, kept.trouble) == (RawMessage.State.HELD, "left unread")


def test_a_refused_step_leaves_nothing_to_sort(cast: Cast) -> None:
    case = a_case(cast)
    visitor = let_in(cast, case)
    refused = act(visitor, case, "/acceptance")
    assert "This case has not been answered yet." in text_of(refused)
    with acting(cast):
        kept = RawMessage.objects.get(envelope__case=case.reference)
        assert kept.state == RawMessage.State.DRAFT
