"""The page asks every rule at once; what it greys is what the action refuses."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, a_case, again, days, hours, refusing
from valedor.casefile.actors import staff
from valedor.casefile.models import Entry, Stage
from valedor.casefile.viewing import viewer_of
from valedor.handling.actions.clear_mark import clear_mark
from valedor.handling.actions.respond import respond
from valedor.handling.queries import case_state
from valedor.handling.rules import why_not_all, why_not_all_for_person


def test_a_fresh_case_waits_to_be_assessed(cast: Cast) -> None:
    state = case_state(a_case(cast))
    refusals = why_not_all(state, viewer_of(cast.bruno), at=days(1))
    grey = {action for action, refusal in refusals.items() if refusal}
    assert {"respond", "decide", "close", "reopen", "cure", "extend", "assign"} <= grey
    assert not grey & {"assess", "take", "write_note", "ask", "request_cure", "correct"}


def test_whoever_only_reads_finds_every_button_grey(cast: Cast) -> None:
    for stage in (Stage.RECEIVED, Stage.ANSWERED, Stage.CLOSED):
        state = case_state(a_case(cast, stage=stage))
        for account in (cast.gia, cast.dario):
            refusals = why_not_all(state, viewer_of(account), at=days(20))
            assert [action for action, refusal in refusals.items() if not refusal] == []


def test_the_person_may_accept_an_answer_and_always_write(cast: Cast) -> None:
    state = case_state(a_case(cast, stage=Stage.ANSWERED))
    refusals = why_not_all_for_person(state, actor=Entry.Actor.COMPLAINANT)
    assert [action for action, refusal in refusals.items() if refusal] == ["cure", "change_kind"]


def test_the_greyed_button_and_the_action_say_the_same(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION)
    refusal = why_not_all(case_state(case), viewer_of(cast.bruno), at=days(1))["respond"]
    assert refusal is not None
    with refusing(case, refusal.code):
        respond(case, by=staff(cast.bruno), at=hours(5))


def test_a_page_reads_a_case_in_few_queries(cast: Cast) -> None:
    case = again(a_case(cast, stage=Stage.ANSWERED))
    with CaptureQueriesContext(connection) as queries:
        why_not_all(case_state(case), viewer_of(cast.bruno), at=days(1))
    assert len(queries) <= 17


def test_clearing_a_mark_is_for_staff_who_handle(cast: Cast) -> None:
    case = a_case(cast, is_marked_abuse=True)
    for stranger in (cast.dario, cast.gia, cast.ines):
        with refusing(case, "not_permitted"):
            clear_mark(case, by=staff(stranger), at=hours(1))
    clear_mark(case, reason="A real person.", by=staff(cast.bruno), at=hours(1))
    assert not again(case).is_marked_abuse
    with refusing(case, "not_marked"):
        clear_mark(case, by=staff(cast.bruno), at=hours(2))
