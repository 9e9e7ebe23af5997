"""Letters, areas, approvals, teams: the work beside the queues."""

from datetime import datetime

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Letter, Stage
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import act, page_of, words_of
from valedor.handling.actions.ask_area import ask_area
from valedor.handling.models import Inquiry
from valedor.intake.submission import PersonGiven
from valedor.people.models import Role

ON_PAPER = PersonGiven(name="Joan Ferrer", postal_address="Carrer Major 1\n08001 Barcelona")


def _letter(cast: Cast, case: Case, kind: str) -> Letter:
    with people.acting(cast):
        return Letter.objects.get(case=case, kind=kind)


def test_a_letter_on_paper_counts_when_it_was_posted_with_proof(
    cast: Cast, sign_in: SignIn
) -> None:
    case = people.a_case(
        cast, stage=Stage.ANSWERED_NOT_SENT, person=ON_PAPER, answer_channel="letter"
    )
    letter = _letter(cast, case, "response")
    bruno = sign_in(cast.bruno)
    assert "Joan Ferrer" in words_of(bruno.get("/desk/letters"))
    address = f"/desk/letters/{letter.pk}"
    assert bruno.get(f"{address}/paper").content.startswith(b"%PDF")
    posted = {"do": "post", "posted_at": "2026-11-20T19:00", "proof": ""}
    refused = bruno.post(address, posted)
    assert refused.status_code == 409
    assert "Say what proves that it was posted" in words_of(refused)
    assert bruno.post(address, posted | {"proof": "RR 123"}).status_code == 302
    sent = _letter(cast, case, "response")
    assert sent.state == Letter.State.ACCEPTED
    assert sent.accepted_at == datetime.fromisoformat("2026-11-20T18:00+00:00")
    assert sign_in(cast.dario).get(address).status_code == 404


def test_handed_over_at_the_counter(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast, person=ON_PAPER, answer_channel="letter")
    letter = _letter(cast, case, "receipt")
    bruno = sign_in(cast.bruno)
    assert bruno.post(f"/desk/letters/{letter.pk}", {"do": "hand-over"}).status_code == 302
    again = bruno.post(f"/desk/letters/{letter.pk}", {"do": "hand-over"})
    assert again.status_code == 409
    assert "already reached the person" in words_of(again)


def test_a_letter_that_the_post_brings_back_can_go_by_mail_instead(
    cast: Cast, sign_in: SignIn
) -> None:
    person = PersonGiven(
        name="Joan Ferrer", postal_address=ON_PAPER.postal_address, email="joan@example.org"
    )
    case = people.a_case(cast, person=person, answer_channel="letter")
    letter = _letter(cast, case, "receipt")
    bruno, address = sign_in(cast.bruno), f"/desk/letters/{letter.pk}"
    posted = {"do": "post", "posted_at": "2026-11-20T09:30", "proof": "RR 123"}
    assert bruno.post(address, posted).status_code == 302
    assert "Joan Ferrer" in words_of(bruno.get("/desk/letters/out"))
    back = {"do": "take-back", "returned_at": "2026-11-20T09:45"}
    assert bruno.post(address, back).status_code == 422
    assert bruno.post(address, back | {"returned": "moved"}).status_code == 302
    assert "Joan Ferrer" not in words_of(bruno.get("/desk/letters/out"))
    assert "came back by post: moved away" in words_of(bruno.get("/desk/letters"))
    page = bruno.get(address)
    assert "joan@example.org" in words_of(page)
    point = page.context["others"][0].pk
    assert bruno.post(address, {"do": "send-to", "to": point}).status_code == 302
    sent = _letter(cast, case, "receipt")
    assert (sent.state, sent.channel) == (Letter.State.QUEUED, "email")


def test_the_delivery_of_a_letter_is_proved(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast, person=ON_PAPER, answer_channel="letter")
    letter = _letter(cast, case, "receipt")
    bruno, address = sign_in(cast.bruno), f"/desk/letters/{letter.pk}"
    bruno.post(address, {"do": "post", "posted_at": "2026-11-20T09:30", "proof": "RR 123"})
    said = {"do": "prove", "delivered_at": "2026-11-20T09:50", "delivery_proof": ""}
    assert bruno.post(address, said).status_code == 409
    assert bruno.post(address, said | {"delivery_proof": "J. Ferrer"}).status_code == 302
    assert "delivered, with proof" in words_of(bruno.get(address))


def test_an_area_sees_its_question_and_no_case(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast, stage=Stage.INVESTIGATION, narrative="Un secreto de Ana.")
    other = cast.join("rosa", role=Role.AREA, team=cast.elsewhere)
    with people.acting(cast):
        ask_area(people.again(case), area=cast.billing, text="Which reading?",
                 by=staff(cast.bruno), at=people.days(1))  # fmt: skip
        inquiry = Inquiry.objects.get(case=case)
    ines = sign_in(cast.ines)
    address = f"/desk/inquiries/{inquiry.pk}"
    page = words_of(ines.get(address))
    assert "Which reading?" in page
    assert "00:00" not in page, "a day that ends at midnight is not the day after"
    assert "Un secreto" not in page
    assert "Ana Puig" not in page
    assert ines.get(page_of(case)).status_code == 403
    assert sign_in(other).get(address).status_code == 404
    assert ines.post(address, {"text": ""}).status_code == 422
    assert ines.post(address, {"text": "The second one."}).status_code == 302
    again = ines.post(address, {"text": "Once more."})
    assert again.status_code == 409
    assert "already been answered" in words_of(again)


def test_an_area_reads_what_came_of_a_case(cast: Cast, sign_in: SignIn) -> None:
    people.a_case(cast, stage=Stage.CLOSED)
    ines = sign_in(cast.ines)
    page = ines.get("/desk/inquiries")
    assert "Me cobran dos veces." in words_of(page)
    assert ines.post(page.context["notices"][0]["url"]).status_code == 302
    assert ines.get("/desk/inquiries").context["notices"] == []


def test_a_lead_gives_cases_out_together_each_on_its_own(cast: Cast, sign_in: SignIn) -> None:
    free = [people.a_case(cast), people.a_case(cast)]
    with people.acting(cast):
        for case in free:
            Case.objects.filter(pk=case.pk).update(team=cast.attention)
    marc = cast.join("marc")
    carla = sign_in(cast.carla)
    overview = carla.get("/desk/team?of=nobody")
    assert all(case.reference in words_of(overview) for case in free)
    given = {"cases": [case.reference for case in free], "holder": "marc", "reason": ""}
    done = carla.post("/desk/team?of=nobody", given)
    assert done.status_code == 302
    with people.acting(cast):
        assert {people.again(case).holder_id for case in free} == {marc.pk}
    assert carla.post("/desk/team?of=nobody", {"cases": []}).status_code == 422
    assert sign_in(cast.bruno).get("/desk/team").status_code == 403


def test_whoever_recuses_themselves_sees_the_case_no_more(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast, stage=Stage.ASSESSED)
    bruno = sign_in(cast.bruno)
    act(bruno, case, "recusal", account=cast.bruno.pk, reason="She is my sister.")
    assert bruno.get(page_of(case)).status_code == 404
    assert "Bruno" in words_of(sign_in(cast.carla).get(page_of(case)))


def test_the_auditor_sees_who_read_what(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    sign_in(cast.bruno).get(page_of(case))
    log = words_of(sign_in(cast.gia).get("/desk/reads"))
    assert case.reference in log
    assert "The chain of reads holds" in log
    assert sign_in(cast.bruno).get("/desk/reads").status_code == 403
