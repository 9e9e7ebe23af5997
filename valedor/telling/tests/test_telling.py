"""The same case told to the person and to whoever handles it."""

import pytest
from django.utils.translation import override

from tests.cast import Cast, a_case, acting, by_elena, hours, the_cast
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Deadline, Entry, Stage
from valedor.handling.actions.offer_redress import offer_redress
from valedor.procedures.actions.redress import set_redress_option
from valedor.procedures.house_rules import house_rules
from valedor.telling import spoken
from valedor.telling.entries import author_of, sentence_of, side_of
from valedor.telling.limits import label_of, rail_of
from valedor.telling.reader import Reader
from valedor.telling.stages import stage_of
from valedor.telling.values import amount_in_words


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of these tests."""
    return the_cast()


def read(case: Case) -> Case:
    """A case with those whose names its lines are signed with."""
    return Case.objects.select_related("entity", "complainant", "mandate__representative").get(
        pk=case.pk
    )


def test_the_same_line_has_other_words_for_the_person(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED)
    with acting(cast):
        answered = Entry.objects.get(case=case, kind="case.answered")
    assert sentence_of(answered, Reader.COMPLAINANT) == "We answered"
    assert sentence_of(answered, Reader.STAFF) != "We answered"
    assert side_of(answered) == "ours"


def test_staff_is_named_to_staff_alone(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED)
    with acting(cast):
        done = Entry.objects.filter(case=case, by=cast.bruno).order_by("sequence")[0]
        case = read(case)
    names = {cast.bruno.pk: "Bruno"}
    assert author_of(done, case, Reader.STAFF, names=names) == "Bruno"
    assert author_of(done, case, Reader.COMPLAINANT, names=names) == "Aigües del Besòs"


def test_a_representative_signs_with_name_and_capacity(cast: Cast) -> None:
    with acting(cast):
        case = read(a_case(cast, submission=by_elena(cast)))
        received = Entry.objects.get(case=case, kind="case.received")
    assert author_of(received, case, Reader.STAFF) == "Elena Roca, representative of Ana Puig"
    assert author_of(received, case, Reader.COMPLAINANT) == "Elena Roca, who speaks for you"
    as_elena = Entry.Actor.REPRESENTATIVE
    assert author_of(received, case, Reader.COMPLAINANT, as_actor=as_elena) == "You"


def test_whoever_handles_it_is_told_who_complained(cast: Cast) -> None:
    with acting(cast):
        case = read(a_case(cast))
        received = Entry.objects.get(case=case, kind="case.received")
    assert author_of(received, case, Reader.STAFF) == "Ana Puig"


def test_a_limit_names_the_law_to_the_person_and_the_duty_to_staff(cast: Cast) -> None:
    case = a_case(cast)
    with acting(cast):
        limit = Deadline.objects.get(case=case, clock="reply")
    assert label_of(limit, Reader.COMPLAINANT).startswith("Reasoned answer (")
    assert label_of(limit, Reader.STAFF) == "Answer, by law"
    house = house_rules(case.entity_id)
    assert limit.due_at is not None
    told = rail_of(limit, house, Reader.COMPLAINANT, at=limit.due_at)
    assert (told.state, told.words) == ("late", "late since Saturday, 5 December 2026")
    assert rail_of(limit, house, Reader.STAFF, at=limit.due_at).words == "1 day late"


def test_a_stage_is_plain_words_to_the_person(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION)
    told = stage_of(case, None, Reader.COMPLAINANT)
    assert told == "We look into it, with what both sides say"
    assert stage_of(case, None, Reader.STAFF) == str(Stage.INVESTIGATION.label)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "€40.00"), ("es", "40,00\N{NO-BREAK SPACE}€"), ("pt-br", "€\N{NO-BREAK SPACE}40,00")],
)
def test_amounts_are_written_as_the_reader_writes_money(language: str, words: str) -> None:
    with override(language):
        assert amount_in_words("40.00 EUR") == words
        assert amount_in_words("by agreement") == "by agreement"


def test_an_own_redress_is_told_by_its_name(cast: Cast) -> None:
    name = dict.fromkeys(cast.besos.languages, "A swim")
    own = set_redress_option(cast.besos, "a-swim", name=name, by=None, at=hours(1))
    case = a_case(cast, stage=Stage.DECIDED)
    offer_redress(case, option=own, by=staff(cast.bruno), at=hours(4))
    with acting(cast):
        proposed = Entry.objects.get(case=case, kind="redress.proposed")
        assert sentence_of(proposed, Reader.STAFF) == "To be offered: A swim."


@pytest.mark.parametrize(
    ("language", "said"), [("en", "a, b, or c"), ("es", "a, b o c"), ("pt-br", "a, b ou c")]
)
def test_alternatives_are_joined_as_the_language_does(language: str, said: str) -> None:
    with override(language):
        assert spoken.either("abc") == said
