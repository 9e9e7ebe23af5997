"""Cases that belong together, on the pages of the desk."""

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.models import Case, Stage
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import act, page_of, words_of
from valedor.handling.models import CaseMerge


def test_either_case_is_merged_from_its_page_and_the_first_one_stays(
    cast: Cast, sign_in: SignIn
) -> None:
    first = people.a_case(cast, stage=Stage.ASSESSED)
    second = people.a_case(cast, received_at=people.hours(1))
    bruno = sign_in(cast.bruno)
    # From the page of the earlier one, too, it is the later one that goes on in it.
    act(bruno, first, "merger", reference=second.reference, whose="same", reason="One bill.")
    led_on = bruno.get(page_of(second))
    assert led_on["Location"].endswith(page_of(first))
    page = words_of(bruno.get(page_of(first)))
    assert f"{second.reference} goes on in this case." in page
    own = words_of(bruno.get(page_of(second) + "?own"))
    assert "This case goes on in another one" in own
    assert "Me cobran dos veces la factura" in own
    with people.acting(cast):
        merge = CaseMerge.objects.get()
    act(bruno, second, "mergers", merge.pk, reason="Two bills.")
    assert bruno.get(page_of(second)).status_code == 200


def test_a_reference_that_is_not_seen_is_told_beside_the_field(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    hidden = people.a_case(cast)
    with people.acting(cast):
        Case.objects.filter(pk=hidden.pk).update(recused=[cast.bruno.pk])
    bruno = sign_in(cast.bruno)
    for noun in ("relation", "merger"):
        given = {"reference": hidden.reference, "whose": "same", "reason": "One."}
        answer = bruno.post(page_of(case, noun), given)
        assert answer.status_code == 422
        assert "You see no case with this reference." in words_of(answer)


def test_a_part_is_taken_out_on_the_page(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    bruno = sign_in(cast.bruno)
    form = words_of(bruno.get(page_of(case, "split")))
    assert "2. Nadie respondió." in form
    act(
        bruno, case, "split", points="2", subject="Nobody answers", kind="complaint",
        reason="Another matter.",
    )  # fmt: skip
    with people.acting(cast):
        made = Case.objects.get(subject="Nobody answers")
    assert made.received_at == case.received_at
    assert "was a part of this one" in words_of(bruno.get(page_of(case)))
    assert "this one was a part of it" in words_of(bruno.get(page_of(made)))
