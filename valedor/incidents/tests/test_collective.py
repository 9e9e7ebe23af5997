"""One incident, many cases: gathered, answered once each, in each one's language, closed last."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.cast import Cast, a_case, again, days, decide_all, hours, kinds_of
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Entry, Kind, Letter, Stage
from valedor.casefile.viewing import the_house, viewer_of, viewing
from valedor.foundation.refusals import Refused
from valedor.handling.actions.close import withdraw
from valedor.handling.actions.offer_redress import offer_redress
from valedor.incidents.collective import gathering
from valedor.incidents.collective.actions import answer as answering
from valedor.incidents.collective.actions.answer import answer_next, answer_rest, order_answer
from valedor.incidents.collective.actions.declare import close_incident, declare, end, tell_more
from valedor.incidents.collective.actions.gather import decline, join, leave
from valedor.incidents.collective.models import AnswerPart, CollectiveAnswer, Incident, Membership
from valedor.incidents.collective.notices import notices, notices_before_writing
from valedor.intake.submission import PersonGiven
from valedor.procedures.house_rules import house_rules
from valedor.procedures.models import RedressOption

TITLE = {
    "ca": "Tall d'aigua al Raval",
    "es": "Corte de agua en el Raval",
    "en": "Water cut in el Raval",
}
WORDS = {"ca": "S'ha trencat una canonada.", "es": "Se ha roto una tubería.", "en": "A main broke."}
ANSWER = {
    "ca": "La canonada està reparada.",
    "es": "La tubería está reparada.",
    "en": "The main is mended.",
}


def an_incident(cast: Cast, **more: Any) -> Incident:
    values: dict[str, Any] = {
        "title": TITLE,
        "words": WORDS,
        "began_at": hours(-2),
        "expected_end_at": hours(30),
        "places": ["Carrer Major", "Raval"],
        "categories": [cast.water_cut],
        "by": cast.bruno,
        "at": hours(0),
    }
    return declare(cast.besos, **(values | more))


def a_cut(cast: Cast, name: str = "Ana", **more: Any) -> Case:
    values: dict[str, Any] = {
        "kind": Kind.ENQUIRY,
        "category_id": cast.water_cut.pk,
        "narrative": f"Sóc la {name}, al carrer Major: no hi ha aigua.",
        "person": PersonGiven(name=name, email=f"{name.lower()}@example.org"),
        "grievances": (),
        "received_at": hours(1),
    }
    return a_case(cast, **(values | more))


def all_answered(answer: CollectiveAnswer, at: Any = None) -> None:
    while answer_next(answer, at=at or hours(5)):
        pass


@contextmanager
def refused(code: str) -> Iterator[None]:
    """What happens inside is refused with this code."""
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.code == code, str(caught.value.refusal)


# ------------------------------------------------------------------ declaring and telling
def test_it_is_declared_in_every_language_and_with_an_expected_end(cast: Cast) -> None:
    with refused("language_missing"):
        an_incident(cast, title=TITLE | {"en": " "})
    with refused("no_end"):
        an_incident(cast, expected_end_at=None)
    with refused("not_begun"):
        an_incident(cast, began_at=hours(1))
    with refused("nothing_affected"):
        an_incident(cast, places=[], categories=[])
    with refused("not_permitted"):
        an_incident(cast, by=cast.dario)
    assert Incident.objects.count() == 0
    assert an_incident(cast).lines.get().what == "declared"


def test_people_read_of_it_at_once_and_of_every_update(cast: Cast) -> None:
    incident = an_incident(cast)
    an_incident(cast, title=dict.fromkeys(TITLE, "Hidden"), is_public=False)
    (told,) = notices(house_rules(cast.besos.pk), at=hours(1))
    assert told.title.in_language("es") == TITLE["es"]
    more = {language: f"{words} Més." for language, words in WORDS.items()}
    tell_more(incident, words=more, expected_end_at=hours(40), by=cast.carla, at=hours(2))
    (told,) = notices_before_writing(house_rules(cast.besos.pk), at=hours(2))
    assert told.expected_end_at == hours(40)
    assert [str(one.words.in_language("en")) for one in told.told] == [more["en"], WORDS["en"]]
    end(incident, ended_at=hours(8), words=ANSWER, by=cast.bruno, at=hours(9))
    assert notices_before_writing(house_rules(cast.besos.pk), at=hours(10))
    assert not notices_before_writing(house_rules(cast.besos.pk), at=hours(30))
    assert notices(house_rules(cast.besos.pk), at=days(9))[0].ended_at == hours(8)
    assert notices(house_rules(cast.ipe.pk), at=hours(1)) == []


# ------------------------------------------------------------------ gathering
def test_new_cases_that_look_alike_are_proposed_once_and_no_others(cast: Cast) -> None:
    incident = an_incident(cast)
    alike = a_cut(cast)
    by_place = a_cut(
        cast, "Pol", category_id=cast.double_charge.pk, narrative="Tall d'aigua, Raval"
    )
    charged = a_case(cast, received_at=hours(1))
    before = a_cut(cast, "Eva", received_at=hours(-20))
    for minute in range(3):
        gathering.propose_new(hours(2 + minute / 60))
    proposed = Membership.objects.filter(incident=incident, state="proposed")
    assert set(proposed.values_list("case", flat=True)) == {alike.pk, by_place.pk}
    assert proposed.get(case=by_place).signs == ["place", "words"]
    assert charged.pk not in set(proposed.values_list("case", flat=True))
    assert before.pk not in set(proposed.values_list("case", flat=True))


def test_what_was_declined_is_proposed_no_more(cast: Cast) -> None:
    incident, case = an_incident(cast), a_cut(cast)
    gathering.propose_new(hours(2))
    decline(incident, case, by=cast.bruno, at=hours(3))
    gathering.propose_new(hours(4))
    assert Membership.objects.get(incident=incident, case=case).state == "declined"
    with viewing(viewer_of(cast.bruno)) as viewer:
        assert gathering.likely_cases(viewer, incident) == []


def test_whoever_gathers_sees_only_what_they_may_see(cast: Cast) -> None:
    incident, case, other = an_incident(cast), a_cut(cast), a_cut(cast, "Pol")
    Case.objects.filter(pk=case.pk).update(recused=[cast.bruno.pk])
    with viewing(viewer_of(cast.bruno)) as viewer:
        assert [one.case.pk for one in gathering.likely_cases(viewer, incident)] == [other.pk]
    with viewing(viewer_of(cast.dario)) as viewer:
        assert gathering.likely_cases(viewer, incident) == []
    with viewing(the_house(cast.ipe)):
        assert not Membership.objects.filter(incident=incident).exists()


def test_a_case_joins_one_incident_at_a_time_and_may_leave(cast: Cast) -> None:
    one, two, case = an_incident(cast), an_incident(cast), a_cut(cast)
    join(one, case, by=cast.bruno, at=hours(2))
    with refused("elsewhere"):
        join(two, case, by=cast.bruno, at=hours(3))
    with refused("joined"):
        join(one, case, by=cast.bruno, at=hours(3))
    with refused("no_reason"):
        leave(one, case, reason=" ", by=cast.bruno, at=hours(3))
    leave(one, case, reason="A leak of its own.", by=cast.bruno, at=hours(3))
    join(two, case, by=cast.bruno, at=hours(4))
    assert [kind for kind in kinds_of(case) if kind.startswith("incident.")] == [
        "incident.joined", "incident.left", "incident.joined",
    ]  # fmt: skip
    seen = Entry.objects.filter(case=case, kind__startswith="incident.")
    assert {entry.seats for entry in seen} == {3}
    assert not any("A leak" in str(entry.particulars) for entry in seen)


def test_a_case_of_another_entity_never_joins(cast: Cast) -> None:
    incident = an_incident(cast)
    foreign = a_case(
        cast, entity_id=cast.ipe.pk, language="pt-br", category_id=None, kind=Kind.ENQUIRY,
        grievances=(),
    )  # fmt: skip
    for account in (cast.bruno, cast.dario):
        with pytest.raises(Refused):
            join(incident, foreign, by=account, at=hours(2))
    assert not Membership.objects.exists()


# ------------------------------------------------------------------ answering
def test_each_is_answered_once_in_their_language(cast: Cast) -> None:
    incident = an_incident(cast)
    cases = [
        a_cut(cast, f"Nom{number}", language=language)
        for number, language in enumerate(("ca", "es", "en"))
    ]
    for case in cases:
        join(incident, case, by=cast.bruno, at=hours(2))
    answer = order_answer(incident, words=ANSWER, by=cast.carla, at=hours(4))
    all_answered(answer)
    all_answered(answer)
    for case in cases:
        letter = Letter.objects.exclude(kind="receipt").get(case=case)
        assert letter.language == case.language
        assert ANSWER[case.language] in letter.body
        assert letter.recipient == case.complainant
    assert CollectiveAnswer.objects.get().finished_at == hours(5)
    with refused("answered"):
        order_answer(incident, words=ANSWER, by=cast.carla, at=hours(6))


def test_an_answer_goes_on_where_a_dead_worker_stopped(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = an_incident(cast)
    cases = [a_cut(cast, f"Nom{number}") for number in range(3)]
    for case in cases:
        join(incident, case, by=cast.bruno, at=hours(2))
    answer = order_answer(incident, words=ANSWER, by=cast.carla, at=hours(4))
    assert answer_next(answer, at=hours(5))

    def dies_after_writing(*args: Any, **more: Any) -> Any:
        real(*args, **more)
        raise SystemExit

    real = answering._give
    with monkeypatch.context() as patched:
        patched.setattr(answering, "_give", dies_after_writing)
        with pytest.raises(SystemExit):
            answer_next(answer, at=hours(5))
    assert AnswerPart.objects.filter(answer=answer, state="waiting").count() == 2
    all_answered(answer)
    for case in cases:
        assert Letter.objects.exclude(kind="receipt").filter(case=case).count() == 1


def test_each_case_keeps_its_own_decision_and_redress(cast: Cast) -> None:
    incident = an_incident(cast)
    claim: dict[str, Any] = {"kind": Kind.CLAIM, "grievances": ("No hi ha aigua.",)}
    decided = a_cut(cast, "Pol", stage=Stage.INVESTIGATION, **claim)
    bruno = staff(cast.bruno)
    offer_redress(
        decided, option=RedressOption.objects.get(entity=cast.besos, key="apology"),
        text="Ens sap greu, Pol.", by=bruno, at=hours(4),
    )  # fmt: skip
    decide_all(decided, bruno, hours(4))
    undecided = a_cut(cast, "Eva", **claim)
    for case in (decided, undecided):
        join(incident, case, by=cast.bruno, at=hours(5))
    answer = order_answer(incident, words=ANSWER, by=cast.bruno, at=hours(6))
    all_answered(answer, hours(7))
    parts = {part.case_id: part.state for part in AnswerPart.objects.filter(answer=answer)}
    assert parts == {decided.pk: "answered", undecided.pk: "told"}
    letter = Letter.objects.get(case=decided, kind="response")
    assert ANSWER["es"] in letter.body
    assert "Ens sap greu, Pol." in letter.body
    assert Letter.objects.get(case=undecided, kind="message").language == "es"
    assert again(undecided).stage == Stage.RECEIVED


def test_who_left_before_their_turn_is_left_out_and_who_joins_later_gets_it(cast: Cast) -> None:
    incident = an_incident(cast)
    stays, goes, late = a_cut(cast, "Pol"), a_cut(cast, "Eva"), a_cut(cast, "Mar")
    for case in (stays, goes):
        join(incident, case, by=cast.bruno, at=hours(2))
    answer = order_answer(incident, words=ANSWER, by=cast.carla, at=hours(4))
    leave(incident, goes, reason="A leak.", by=cast.bruno, at=hours(4))
    all_answered(answer)
    with refused("nobody"):
        answer_rest(incident, by=cast.carla, at=hours(6))
    join(incident, late, by=cast.bruno, at=hours(6))
    all_answered(answer_rest(incident, by=cast.carla, at=hours(7)), hours(7))
    states = {part.case_id: part.state for part in AnswerPart.objects.filter(answer=answer)}
    assert states == {stays.pk: "answered", goes.pk: "left_out", late.pk: "answered"}
    assert not Letter.objects.filter(case=goes).exclude(kind="receipt").exists()


# ------------------------------------------------------------------ the end
def test_it_closes_after_its_cases_and_not_before(cast: Cast) -> None:
    incident, case = an_incident(cast), a_cut(cast)
    join(incident, case, by=cast.bruno, at=hours(2))
    with refused("not_ended"):
        close_incident(incident, by=cast.bruno, at=hours(3))
    end(incident, ended_at=hours(8), words=ANSWER, by=cast.bruno, at=hours(9))
    with refused("cases_open"):
        close_incident(incident, by=cast.bruno, at=hours(10))
    withdraw(case, by=COMPLAINANT, at=hours(11))
    close_incident(incident, by=cast.bruno, at=hours(12))
    with refused("incident_closed"):
        join(incident, a_cut(cast, "Pol"), by=cast.bruno, at=hours(13))
    gathering.propose_new(hours(14))
    assert Membership.objects.filter(incident=incident).count() == 1
