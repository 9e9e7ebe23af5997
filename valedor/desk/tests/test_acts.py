"""What is typed is never lost, what is refused is said in place, and drafts survive."""

from typing import Any

import pytest

from tests import cast as people
from tests.cast import Cast
from valedor.acts import ACTS, Situation
from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.models import Stage
from valedor.casefile.viewing import viewer_of, viewing
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import act, page_of, words_of
from valedor.desk.views import acts as views
from valedor.handling.actions.accept_answer import accept_answer
from valedor.handling.models import Draft


def test_the_page_says_the_rules_own_sentence(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    bruno = sign_in(cast.bruno)
    viewer = viewer_of(cast.bruno)
    with viewing(viewer):
        refusals = Situation(case=people.again(case), viewer=viewer, at=people.days(1)).refusals
    with people.acting(cast):
        before = people.snapshot(case)
    for noun, known in ACTS.items():
        refusal = refusals.get(known.rule)
        if known.with_item or refusal is None:
            continue
        shown = bruno.get(page_of(case, noun))
        assert str(refusal) in words_of(shown), noun
        posted = bruno.post(page_of(case, noun), {"reason": "because", "text": "words"})
        assert posted.status_code == 409, noun
        assert str(refusal) in words_of(posted), noun
    with people.acting(cast):
        assert people.snapshot(case) == before


def test_a_refused_post_keeps_what_was_typed(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast, stage=Stage.CLOSED)
    refused = sign_in(cast.bruno).post(page_of(case, "question"), {"text": "Which month was it?"})
    assert refused.status_code == 409
    assert "Which month was it?" in words_of(refused)
    assert "reopened first" in words_of(refused)


def test_errors_stand_beside_the_field(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    wrong = sign_in(cast.bruno).post(page_of(case, "assessment"), {"reasons": "Kept words."})
    assert wrong.status_code == 422
    assert "Choose how serious it is." in words_of(wrong)
    assert "Kept words." in words_of(wrong)


def test_an_email_is_corrected_to_one_that_a_letter_can_reach(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    bruno = sign_in(cast.bruno)
    given = {"kind": "email", "value": "rosa", "reason": "Misheard."}
    wrong = bruno.post(page_of(case, "address"), given)
    assert wrong.status_code == 422
    assert "No letter can go to this address." in words_of(wrong)
    right = bruno.post(page_of(case, "address"), {**given, "value": "rosa@example.org"})
    assert right.status_code == 302


def _greyed(page: Any) -> dict[str, bool]:
    """By the name of each ground of closing whether it is greyed."""
    radios = {tag.split('value="')[1].split('"')[0]: tag for tag in
              page.content.decode().split("<input")[1:]
              if 'name="reason"' in tag and 'type="radio"' in tag}  # fmt: skip
    return {value: "disabled" in tag.split(">")[0] for value, tag in radios.items()}


def test_a_ground_that_does_not_hold_cannot_be_chosen(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast, stage=Stage.ANSWERED)
    with people.acting(cast):
        accept_answer(case, by=COMPLAINANT, at=people.days(1))
    page = sign_in(cast.bruno).get(page_of(case, "closure"))
    assert [value for value, is_grey in _greyed(page).items() if not is_grey] == ["agreed"]


def test_silence_cannot_be_chosen_before_the_reaction_period_is_over(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = people.a_case(cast, stage=Stage.ANSWERED)
    bruno, why = sign_in(cast.bruno), "The person has until Monday, 30 November 2026 to say"
    assert why in words_of(bruno.get(page_of(case)))
    page = bruno.get(page_of(case, "closure"))
    assert _greyed(page)["answered"]
    assert f"nothing was said against it in time — {why}" in words_of(page)
    refused = bruno.post(page_of(case, "closure"), {"reason": "answered"})
    assert refused.status_code == 409
    assert why in words_of(refused)

    monkeypatch.setattr(views, "now", lambda: people.days(11))
    page = bruno.get(page_of(case, "closure"))
    assert not _greyed(page)["answered"]
    assert why not in words_of(page)
    act(bruno, case, "closure", reason="answered")


def test_what_only_the_action_refuses_can_be_tried_again(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    given = {"severity": 1, "difficulty": "simple", "people_affected": 1, "is_admissible": "no"}
    refused = sign_in(cast.bruno).post(page_of(case, "assessment"), given)
    assert refused.status_code == 409
    assert "Name the ground" in words_of(refused)
    assert 'aria-disabled="true"' not in refused.content.decode()


def test_a_change_by_somebody_else_is_told_once_and_loses_nothing(
    cast: Cast, sign_in: SignIn
) -> None:
    case = people.a_case(cast, stage=Stage.INVESTIGATION)
    bruno = sign_in(cast.bruno)
    opened = bruno.get(page_of(case, "decision", 1))
    given = {
        "outcome": "upheld",
        "reasons": "Two charges.",
        "grounds": "",
        "seen": opened.context["seen"],
    }
    act(sign_in(cast.carla), case, "note", text="Wait: a third charge came in.")
    told = bruno.post(page_of(case, "decision", 1), given)
    assert told.status_code == 409
    assert "Wait: a third charge came in." in words_of(told)
    assert "Two charges." in words_of(told)
    act(bruno, case, "decision", 1, **(given | {"seen": told.context["seen"]}))


def test_a_draft_survives_reload_and_anothers_update_and_goes_when_sent(
    cast: Cast, sign_in: SignIn
) -> None:
    case = people.a_case(cast, stage=Stage.INVESTIGATION)
    bruno = sign_in(cast.bruno)
    saved = bruno.post(
        page_of(case, "drafts/message"),
        {"text": "Dear Ana, half a sen", "seen": "3"},
        headers={"hx-request": "true"},
    )
    assert "Draft saved at 10:14" in words_of(saved)
    act(sign_in(cast.carla), case, "note", text="Another writes.")
    again = words_of(bruno.get(page_of(case)))
    assert "Dear Ana, half a sen" in again
    assert "Draft saved at 10:14" in again
    assert "half a sen" not in words_of(sign_in(cast.carla).get(page_of(case)))
    act(bruno, case, "message", text="Dear Ana, a whole sentence.")
    assert "half a sen" not in words_of(bruno.get(page_of(case)))
    with people.acting(cast):
        assert not Draft.objects.filter(case=case).exists()


def test_deleting_the_closure_reopens(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast, stage=Stage.CLOSED)
    bruno = sign_in(cast.bruno)
    address = page_of(case, "closure")
    assert bruno.delete(address, "reason=").status_code == 422
    assert bruno.delete(address, "reason=A+new+bill+came.").status_code == 302
    with people.acting(cast):
        assert people.again(case).closed_at is None
    assert bruno.delete(page_of(case, "note")).status_code == 405


def test_a_note_is_no_message(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast, stage=Stage.INVESTIGATION)
    bruno = sign_in(cast.bruno)
    act(bruno, case, "note", text="Between us.")
    with people.acting(cast):
        assert people.kinds_of(case)[-1] == "case.note_written"
    page = bruno.get(page_of(case))
    assert b"entry--inside" in page.content


@pytest.mark.parametrize("path", ["nothing", "decision", "note/3", "decision/99", "execution/1"])
def test_an_act_that_there_is_not_is_not_found(cast: Cast, sign_in: SignIn, path: str) -> None:
    case = people.a_case(cast)
    assert sign_in(cast.bruno).get(page_of(case, path)).status_code == 404


def test_a_new_code_is_shown_once_and_kept_nowhere(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    bruno = sign_in(cast.bruno)
    given = {"way": "here", "identity_check": "Identity card seen."}
    shown = bruno.post(page_of(case, "access-code"), given)
    assert shown.status_code == 200
    code = shown.context["code"]
    assert code
    assert code in words_of(shown)
    assert code not in words_of(bruno.get(page_of(case)))


def test_nothing_can_be_done_by_whoever_only_reads(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast, stage=Stage.INVESTIGATION)
    gia = sign_in(cast.gia)
    assert "writing is for those who handle it" in words_of(gia.get(page_of(case)))
    with people.acting(cast):
        before = people.snapshot(case)
    for noun, known in ACTS.items():
        if not known.with_item:
            answer = gia.post(page_of(case, noun), {"text": "x", "reason": "x"})
            assert answer.status_code in {409, 422}, noun
    with people.acting(cast):
        assert people.snapshot(case) == before
