"""Who may be turned to: in one order, each once, nothing vague beside what is named."""

import pytest
from django.utils.translation import override

from valedor.procedures.bodies import body_in_words, in_order, with_the_courts
from valedor.procedures.vocabulary_tables import cost_and_effect, vocabulary


@pytest.mark.parametrize("key", vocabulary("bodies"))
def test_each_body_stands_somewhere_and_says_something(key: str) -> None:
    word = vocabulary("bodies")[key]
    assert word.instance in vocabulary("instances")
    assert word.content in vocabulary("content") or word.instance in {"company", "court"}
    assert set(word.unless) <= set(vocabulary("bodies"))


def test_the_nearest_and_free_come_first_and_the_courts_last() -> None:
    known = vocabulary("bodies")
    listed = in_order(known)
    costs = [known[key].costs for key in listed]
    assert costs == sorted(costs, key=("free", "depends", "may_cost").index)
    assert listed[-1] == "court"


def test_what_is_inside_the_house_is_no_place_to_turn_to_next() -> None:
    assert in_order({"quality_department", "higher_level"}) == ()


def test_a_kind_of_body_is_left_out_beside_one_of_its_kind() -> None:
    assert in_order({"external_dispute_resolution"}) == ("external_dispute_resolution",)
    named = {"external_dispute_resolution", "adr_entity", "consumer_authority", "procon"}
    assert in_order(named) == ("procon", "adr_entity")


def test_the_courts_are_open_in_any_case() -> None:
    assert with_the_courts({"procon"}) == ("procon", "court")
    assert with_the_courts({"small_claims_court", "procon"}) == ("procon", "small_claims_court")


def test_a_body_is_told_in_the_language_of_the_reader() -> None:
    told = body_in_words("procon", "pt-br")
    assert told.name == "O Procon do estado ou do município"
    assert told.costs == "É gratuito."


def test_no_letter_promises_that_an_ombudsmans_opinion_binds_the_company() -> None:
    """Whether it does is for the rules of whoever appointed them to say; a defender under the
    finance rules binds the entity (Ley 44/2002, art. 29.2).
    """
    with override("en"):
        assert cost_and_effect("bodies", "ombudsman")[1].startswith("Its opinion never binds you")
        assert cost_and_effect("bodies", "customer_defender")[1].startswith("Its decision binds")
