"""The whole life of a case, as its handler meets it: page by page, from receipt to closing."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.models import Case, Stage
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import act, page_of, words_of
from valedor.handling.models import Redress


def _now(cast: Cast, case: Case) -> Case:
    """The case as it stands."""
    with people.acting(cast):
        return people.again(case)


def test_a_handler_brings_a_case_to_its_end(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    bruno = sign_in(cast.bruno)

    act(bruno, case, "assessment", severity=2, difficulty="demanding", people_affected=1,
        is_admissible="yes")  # fmt: skip
    if _now(cast, case).holder_id != cast.bruno.pk:
        act(sign_in(cast.carla), case, "assignment", holder=cast.bruno.pk, team=cast.attention.pk,
            reason="He knows the matter.")  # fmt: skip
    act(bruno, case, "note", text="Third one on this route.")
    act(bruno, case, "area-question", area=cast.billing.pk, text="What does the meter say?")

    ines = sign_in(cast.ines)
    asked = ines.get("/desk/inquiries")
    assert "What does the meter say?" in words_of(asked)
    address = asked.context["open"][0]["url"]
    answered = ines.post(
        address,
        {"text": "Two readings.", "file": SimpleUploadedFile("reading.txt", b"1 2 3")},
    )
    assert answered.status_code == 302, words_of(answered)

    page = bruno.get(page_of(case))
    assert "Two readings." in words_of(page)
    citable = bruno.get(page_of(case, "finding")).context["form"].fields["entries"].choices
    act(bruno, case, "finding", text="Charged twice.", side="company", entries=[citable[0][0]])
    for ordinal in (1, 2):
        act(bruno, case, "decision", ordinal, outcome="upheld", reasons="Two charges are booked.")
    act(bruno, case, "redress", option="refund", amount="84.20", currency="EUR", text="")
    assert _now(cast, case).stage == Stage.DECIDED

    preview = bruno.get(page_of(case, "response"))
    assert "Two charges are booked." in words_of(preview)
    act(bruno, case, "response", opening="Thank you for your patience.")
    assert _now(cast, case).stage == Stage.ANSWERED_NOT_SENT
    with people.acting(cast):
        people.letters_leave(case, people.days(1))
    assert _now(cast, case).stage == Stage.ANSWERED

    with people.acting(cast):
        redress = Redress.objects.get(case=case)
    refused = bruno.post(page_of(case, "closure"), {"reason": "answered"})
    assert refused.status_code == 409
    assert "Agreed redress has not been carried out yet." in words_of(refused)
    act(bruno, case, "execution", redress.pk, proof_text="Transfer 4711")
    act(bruno, case, "acceptance", channel="telephone")
    act(bruno, case, "closure", reason="agreed", note="")
    assert _now(cast, case).stage == Stage.CLOSED

    last = words_of(bruno.get(page_of(case)))
    assert "Transfer 4711" in last
    act(bruno, case, "reopening", reason="A new bill came.")
    assert _now(cast, case).closed_at is None


def test_an_approver_says_yes_above_the_handlers_authority(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast, stage=Stage.DECIDED)
    bruno, hugo = sign_in(cast.bruno), sign_in(cast.hugo)
    act(bruno, case, "redress", option="refund", amount="250", currency="EUR")
    with people.acting(cast):
        redress = Redress.objects.get(case=case)
    assert bruno.post(page_of(case, "approval", redress.pk), {"answer": "yes"}).status_code == 409
    waiting = hugo.get("/desk/approvals")
    assert case.reference in words_of(waiting)
    silent = hugo.post(page_of(case, "approval", redress.pk), {"answer": "no", "reason": ""})
    assert silent.status_code == 422
    act(hugo, case, "approval", redress.pk, answer="yes")
    with people.acting(cast):
        assert Redress.objects.get(case=case).state == Redress.State.APPROVED
