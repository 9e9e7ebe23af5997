"""The ombudsman's office by API, and what the company answers it: as on their pages, by tokens that
act as them; and nothing of a file for anybody else.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from tests.cast import Cast, a_case, a_submission, acting, days
from valedor.acts.office import OFFICE_ACTS
from valedor.api.models import GivenAnswer
from valedor.api.tests.staff_programs import Acting, Clock, program_of
from valedor.api.tests.test_acting import field_problems
from valedor.api.tests.test_interface import is_problem, told
from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.models import Case, Document, Stage
from valedor.foundation.refusals import Refused
from valedor.people.models import Account, AdministrationEntry, Role
from valedor.programs.tokens import issue_own_token, issue_token, revoke_own_token
from valedor.review.office.actions.bring import bring, bring_first_hand
from valedor.review.office.actions.hear import say
from valedor.review.office.actions.settle import propose
from valedor.review.office.models import Hearing, Offer, Opinion, Proceeding, Statement
from valedor.review.tests.office_cast import Office, the_office


class InOffice(Acting):
    """A program of somebody of the office, who made its token themselves."""

    def __init__(self, cast: Cast, account: Account, clock: Clock, *, token: str = "") -> None:
        self.name = f"as {account.username}"
        self.token = token or issue_own_token(self.name, cast.besos, by=account, at=clock.at)
        self.sent = 0

    def does(self, file: Case, noun: str, body: Any = None, **more: Any) -> Any:
        """Do an act of the office that has to be open."""
        answer = self.post(f"office/files/{file.reference}/acts/{noun}", body, **more)
        assert answer.status_code == 200, answer.content
        return told(answer)


@pytest.fixture
def office(cast: Cast) -> Office:
    return the_office(cast)


@pytest.fixture
def case(cast: Cast, office: Office) -> Case:
    return a_case(cast, stage=Stage.ANSWERED)


@pytest.fixture
def file(cast: Cast, case: Case, clock: Clock) -> Case:
    """Ana's case before the ombudsman, an hour ago."""
    clock.at = days(6)
    return bring(case, text="Nobody looked.", by=COMPLAINANT, at=days(5)).file


def test_from_admission_to_an_opinion_that_was_carried_out(
    cast: Cast, office: Office, case: Case, file: Case, clock: Clock
) -> None:
    felix, bruno = InOffice(cast, cast.felix, clock), program_of(cast, cast.bruno, at=clock.at)
    [line] = told(felix.get("office/files"))["files"]
    assert (line["reference"], line["state"]) == (file.reference, "received")
    until = "2026-12-20"
    felix.does(file, "taking")
    felix.does(file, "deliberation", {"text": "Twice, it seems."})
    felix.does(file, "admission", {"text": "We look at it."})
    assert told(felix.get("office/files?files=to_see_to"))["files"] == []
    felix.does(file, "question", {"side": "company", "text": "Why twice?", "answer_by": until})
    [hearing] = told(bruno.get("hearings"))["hearings"]
    assert (hearing["reference"], hearing["text"]) == (case.reference, "Why twice?")
    acts = {one["noun"]: one for one in hearing["acts"]}
    assert acts["hearing-answer"]["is_open"]
    told(
        bruno.post(
            f"acts/hearing-answer/{hearing['number']}",
            {"text": "By mistake."},
            files=(SimpleUploadedFile("log.txt", b"Two runs."),),
        )
    )
    whole = told(felix.get(f"office/files/{file.reference}"))
    assert (whole["about"], whole["words"]) == (case.reference, "Nobody looked.")
    [said] = [one for one in whole["statements"] if one["side"] == "company"]
    assert said["text"] == "By mistake."
    assert [one["name"] for one in whole["documents"]] == ["log.txt"]
    felix.does(file, f"showing/{said['number']}", {"text": "By mistake.", "answer_by": until})
    felix.does(file, "fact", {"text": "Two charges.", "shown_by": "The log"})
    felix.does(file, "principles", {"text": "Nobody pays twice."})
    for point in whole["points"]:
        felix.does(
            file,
            f"conclusion/{point['number']}",
            {"outcome": "upheld", "reasons": "Shown.", "to_do": "Pay back.", "do_by": until},
        )
    assert told(felix.get(f"office/files/{file.reference}"))["lacking"] == []
    felix.does(file, "signature")
    [opinion] = told(bruno.get("hearings"))["hearings"]
    told(bruno.post(f"acts/hearing-opinion/{opinion['number']}", {"answer": "yes"}))
    told(bruno.post(f"acts/hearing-done/{opinion['number']}", {"text": "Paid back."}))
    felix.does(file, "verification", {"is_done": "yes", "text": "Ana says so."})
    with acting(cast):
        assert Opinion.objects.get().verified == "done"
        assert Proceeding.objects.get().state == Proceeding.State.CARRIED_OUT
    timeline = told(felix.get(f"office/files/{file.reference}/timeline"))
    kinds = [one["kind"] for one in timeline["entries"]]
    assert {"office.deliberated", "office.opinion_given", "office.verified"} <= set(kinds)
    assert told(bruno.get("hearings"))["hearings"] == []
    assert len(told(bruno.get("hearings?state=all"))["hearings"]) == 2


def test_the_company_proposes_and_answers_a_proposal(
    cast: Cast, office: Office, case: Case, file: Case, clock: Clock
) -> None:
    felix, bruno = InOffice(cast, cast.felix, clock), program_of(cast, cast.bruno, at=clock.at)
    felix.does(file, "admission")
    ask = {"side": "company", "text": "Why twice?", "answer_by": "2026-12-20"}
    felix.does(file, "question", ask)
    [hearing] = told(bruno.get("hearings"))["hearings"]
    wrong = bruno.post(f"acts/hearing-proposal/{hearing['number']}", {"option": "gold"})
    assert field_problems(wrong)["#/option"]
    refund = {"option": "refund", "amount": 24, "answer_by": "2026-12-20"}
    told(bruno.post(f"acts/hearing-proposal/{hearing['number']}", refund))
    with acting(cast):
        offer = Offer.objects.get()
        assert offer.amount == 24
        assert (offer.currency, offer.by_side) == ("EUR", "company")
        Offer.objects.update(state="declined")
    propose(
        file, side=Statement.Side.COMPLAINANT, option="refund", text="All of it.",
        answer_by=days(30), by=COMPLAINANT, at=days(6),
    )  # fmt: skip
    [offered] = [one for one in told(bruno.get("hearings"))["hearings"] if one["what"] == "offer"]
    assert is_problem(
        bruno.post(f"acts/hearing-answer/{offered['number']}", {"text": "Yes."}), 404, "not_found"
    )
    told(bruno.post(f"acts/hearing-offer/{offered['number']}", {"answer": "yes"}))
    with acting(cast):
        assert Proceeding.objects.get().state == Proceeding.State.SETTLED


def test_what_is_refused_is_said_as_on_the_page_and_sent_twice_is_done_once(
    cast: Cast, office: Office, file: Case, clock: Clock
) -> None:
    felix = InOffice(cast, cast.felix, clock)
    acts = f"office/files/{file.reference}/acts"
    assert is_problem(felix.post(f"{acts}/question", {}), 409, "not_now")
    wrong = field_problems(felix.post(f"{acts}/refusal", {"ground": "bored", "text": ""}))
    assert {"#/ground", "#/text"} <= set(wrong)
    assert "#/text" in field_problems(felix.post(f"{acts}/word", {"text": "\0"}))
    assert is_problem(felix.post(f"{acts}/conclusion/0", {}), 404, "not_found")
    assert is_problem(felix.post(f"{acts}/showing/0", {}), 404, "not_found")
    assert is_problem(felix.post(f"{acts}/nothing"), 404, "not_found")
    assert is_problem(felix.get("office/files?files=none"), 400, "filter_unreadable")
    assert is_problem(felix.get("office/files?file=all"), 400, "parameter_unknown")
    before = told(felix.get(f"office/files/{file.reference}/timeline"))["entries"]
    for _time in range(2):
        felix.does(file, "deliberation", {"text": "Once."}, key="same")
    after = told(felix.get(f"office/files/{file.reference}/timeline"))["entries"]
    assert len(after) == len(before) + 1


def test_the_list_names_every_act_that_has_to_do_with_the_file(
    cast: Cast, office: Office, file: Case, clock: Clock
) -> None:
    felix = InOffice(cast, cast.felix, clock)
    listed = told(felix.get(f"office/files/{file.reference}/acts"))["acts"]
    nouns = {one["noun"] for one in listed}
    assert {"admission", "refusal", "missing", "deliberation", "recusal", "word"} <= nouns
    assert nouns <= set(OFFICE_ACTS)
    for one in listed:
        assert told(felix.get(one["address"].removeprefix("/api/v1/"))) == one
    for one in listed:
        assert (one["body"] is None) is not one["is_open"]
    gone = felix.does(file, "recusal", {"text": "Ana is my cousin."})
    assert gone["last_sequence"] is None
    assert is_problem(felix.get(f"office/files/{file.reference}"), 404, "not_found")


def test_what_an_act_answered_is_kept_without_a_word_of_the_file(
    cast: Cast, office: Office, file: Case, clock: Clock
) -> None:
    felix = InOffice(cast, cast.felix, clock)
    felix.does(file, "deliberation", {"text": "Qzword."})
    assert GivenAnswer.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM api_givenanswer t")
        kept = "".join(row for (row,) in cursor.fetchall())
    assert "qzword" not in kept.lower()
    assert b"Qzword".hex() not in kept


def test_nobody_else_has_a_file_by_api(
    cast: Cast, office: Office, case: Case, file: Case, clock: Clock
) -> None:
    """Whoever is not of the office is told so, whether there is such a file or not; and the
    interface of cases knows none.
    """
    felix = InOffice(cast, cast.felix, clock)
    felix.does(file, "admission")
    everybody = [
        program_of(cast, account, at=clock.at)
        for account in (cast.bruno, cast.carla, cast.hugo, cast.gia, cast.join("nuria", Role.AGENT))
    ]
    nowhere = "2026-999999-X"
    for program in everybody:
        for reference in (file.reference, nowhere):
            for path in ("", "/timeline", "/acts", "/acts/deliberation"):
                answer = program.get(f"office/files/{reference}{path}")
                assert is_problem(answer, 403, "not_permitted")
            assert is_problem(
                program.post(f"office/files/{reference}/acts/deliberation", {"text": "x"}),
                403,
                "not_permitted",
            )
        assert is_problem(program.get("office/files"), 403, "not_permitted")
        for path in ("", "/journey", "/messages", "/acts", "/acts/note"):
            answer = program.get(f"cases/{file.reference}{path}")
            assert is_problem(answer, 404, "not_found"), path
        assert told(program.get("cases"))["cases"][0]["reference"] == case.reference
    # Neither does the office get what is the company's.
    for path in ("cases", f"cases/{case.reference}", f"cases/{case.reference}/acts", "hearings"):
        assert felix.get(path).status_code == 403
    assert is_problem(felix.post("acts/giving-out", {}), 403, "not_permitted")
    # An office elsewhere has nothing here.
    elsewhere = cast.join("ombudsman_elsewhere", Role.OMBUDSMAN, cast.elsewhere)
    token = issue_own_token("elsewhere", cast.ipe, by=elsewhere, at=clock.at)
    stranger = InOffice(cast, cast.felix, clock, token=token)
    assert is_problem(stranger.get(f"office/files/{file.reference}"), 404, "not_found")
    assert told(stranger.get("office/files"))["files"] == []


def test_hearings_are_read_and_answered_by_whoever_handles_cases_there(
    cast: Cast, office: Office, case: Case, file: Case, clock: Clock
) -> None:
    felix = InOffice(cast, cast.felix, clock)
    felix.does(file, "admission")
    ask = {"side": "company", "text": "Why twice?", "answer_by": "2026-12-20"}
    felix.does(file, "question", ask)
    with acting(cast):
        number = Hearing.objects.get().pk
    gia = program_of(cast, cast.gia, at=clock.at)
    assert told(gia.get(f"hearings/{number}"))["text"] == "Why twice?"
    answer = {"text": "By mistake."}
    assert is_problem(gia.post(f"acts/hearing-answer/{number}", answer), 409, "not_permitted")
    dario = Acting(cast.dario, cast.ipe, at=clock.at)
    assert is_problem(dario.get(f"hearings/{number}"), 404, "not_found")
    assert is_problem(dario.post(f"acts/hearing-answer/{number}", answer), 404, "not_found")
    hugo = program_of(cast, cast.hugo, at=clock.at)
    assert is_problem(hugo.get("hearings"), 403, "not_permitted")
    bruno = program_of(cast, cast.bruno, at=clock.at)
    assert is_problem(bruno.post("acts/hearing-answer/x", answer), 404, "not_found")
    told(bruno.post(f"acts/hearing-answer/{number}", answer))
    assert is_problem(bruno.post(f"acts/hearing-answer/{number}", answer), 409, "answered")
    with acting(cast):
        assert Statement.objects.get(side="company").text == "By mistake."
        assert not Document.objects.exists()


# ------------------------------------------------------------------ whose tokens
def test_whoever_works_in_the_office_makes_their_own_token_and_nobody_for_them(
    cast: Cast, office: Office, clock: Clock
) -> None:
    admin = cast.join("admin", Role.ADMINISTRATOR)
    for by in (None, admin):
        with pytest.raises(Refused) as refused:
            issue_token("x", cast.besos, ["cases:act"], account=cast.felix, by=by, at=clock.at)
        assert refused.value.code in {"office_acts_itself", "more_than_yourself"}
    for stranger, entity in ((cast.bruno, cast.besos), (admin, cast.besos), (cast.felix, cast.ipe)):
        with pytest.raises(Refused) as refused:
            issue_own_token("x", entity, by=stranger, at=clock.at)
        assert refused.value.code == "not_permitted"
    with pytest.raises(Refused) as refused:
        issue_own_token("x", cast.besos, lasts=timedelta(days=999), by=cast.felix, at=clock.at)
    assert refused.value.code == "token_lasts_too_long"
    felix = InOffice(cast, cast.felix, clock)
    entry = AdministrationEntry.objects.filter(act="token.issued").latest("sequence")
    assert entry.subject == felix.name
    with pytest.raises(Refused) as refused:
        revoke_own_token(felix.name, by=office.nil, at=clock.at)
    assert refused.value.code == "token_unknown"
    revoke_own_token(felix.name, by=cast.felix, at=clock.at)
    assert felix.get("office/files").status_code == 401


def test_a_declaration_by_api_is_of_whoever_holds_the_office(
    cast: Cast, office: Office, clock: Clock
) -> None:
    felix, nil = InOffice(cast, cast.felix, clock), InOffice(cast, office.nil, clock)
    told(felix.post("acts/declaration", {"has_ties": "no"}))
    assert is_problem(nil.post("acts/declaration", {"has_ties": "no"}), 404, "not_found")
    assert "#/ties" in field_problems(felix.post("acts/declaration", {"has_ties": "yes"}))
    bruno = program_of(cast, cast.bruno, at=clock.at)
    assert is_problem(bruno.post("acts/declaration", {}), 403, "not_permitted")


def test_a_first_hand_file_has_no_case_of_the_company(
    cast: Cast, office: Office, clock: Clock
) -> None:
    clock.at = days(6)
    file = bring_first_hand(a_submission(cast), by=COMPLAINANT, at=days(5)).file
    say(file, text="One thing more.", by=COMPLAINANT, at=days(5))
    felix = InOffice(cast, cast.felix, clock)
    whole = told(felix.get(f"office/files/{file.reference}"))
    assert (whole["about"], whole["elsewhere"]) == (None, [])
    assert [one["text"] for one in whole["statements"]] == ["One thing more."]
