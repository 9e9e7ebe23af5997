"""Calls on the desk: they pop up for the line's team, and what is said becomes a case or joins one.

What is written down is read back before it is saved; a number is a hint of who calls.
"""

import re
from typing import Any

import pytest
from django.test import Client

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.models import Case, Entry, Letter, Message, RawMessage
from valedor.casefile.viewing import viewer_of
from valedor.channels.models import Call, CallCase, Line
from valedor.channels.telephone import forgetting
from valedor.channels.telephone.actions.set_line import set_line
from valedor.channels.telephone.actions.take_call import begin_by_hand
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import words_of
from valedor.incidents.tests.test_collective import an_incident
from valedor.intake.submission import PersonGiven
from valedor.people.models import Account, Person, Role

NUMBER = "+34600100200"


@pytest.fixture
def nuria(cast: Cast) -> Account:
    return cast.join("nuria", role=Role.AGENT)


def a_line(cast: Cast, **said: Any) -> Line:
    fields = {"name": "Avaries", "number": "900 106 240"} | said
    return set_line(cast.besos, "faults", by=None, at=people.FRIDAY, **fields)


def ringing(cast: Cast, line: Line, *, caller: str = NUMBER) -> Call:
    with people.acting(cast):
        return Call.objects.create(
            entity=cast.besos,
            line=line,
            name_at_switch="c1",
            caller=caller,
            offered_at=people.days(1),
            last_event_at=people.days(1),
        )


def by_hand(cast: Cast, who: Account, *, number: str = NUMBER) -> Call:
    with people.acting(cast):
        return begin_by_hand(
            cast.besos,
            line=None,
            number=number,
            viewer=viewer_of(who),
            by=who,
            at=people.days(1),
        )


def said(client: Client, call: Call, **more: Any) -> dict[str, Any]:
    """What is typed in the page of a call."""
    token = client.get(f"/desk/calls/{call.pk}").context["form"]["token"].value()
    return {
        "language": "es",
        "kind": "complaint",
        "category": "",
        "name": "Marta Soler",
        "telephone": "600 100 200",
        "email": "marta@example.org",
        "answer_channel": "email",
        "narrative": "Le cobran dos veces.",
        "token": token,
    } | more


def _cases(cast: Cast) -> list[Case]:
    with people.acting(cast):
        return list(Case.objects.select_related("complainant").order_by("pk"))


# ------------------------------------------------------------------ who sees a call
def test_a_call_pops_up_for_the_team_of_its_line_alone(
    cast: Cast, nuria: Account, sign_in: SignIn
) -> None:
    line = a_line(cast, team=cast.attention)
    call = ringing(cast, line)
    other = cast.join("omar", Role.AGENT, cast.complex_team)
    assert "600 10 02 00" in words_of(sign_in(nuria).get("/desk/calls"))
    assert "600 10 02 00" not in words_of(sign_in(other).get("/desk/calls"))
    assert sign_in(other).get(f"/desk/calls/{call.pk}").status_code == 404
    assert sign_in(cast.carla).get(f"/desk/calls/{call.pk}").status_code == 200, "a lead sees all"


def test_the_list_is_asked_for_alone_and_reloads_without_scripts(
    cast: Cast, nuria: Account, sign_in: SignIn
) -> None:
    ringing(cast, a_line(cast))
    browser = sign_in(nuria)
    part = browser.get("/desk/calls", headers={"hx-request": "true"}).content.decode()
    assert "<html" not in part
    assert 'hx-trigger="every 3s"' in part
    assert 'http-equiv="refresh"' in browser.get("/desk/calls?reload").content.decode()


def test_one_says_that_one_has_it_and_nobody_else_takes_it(
    cast: Cast, nuria: Account, sign_in: SignIn
) -> None:
    address = f"/desk/calls/{ringing(cast, a_line(cast)).pk}"
    assert sign_in(nuria).post(address, {"do": "take"}).status_code == 302
    refused = sign_in(cast.bruno).post(address, {"do": "take"})
    assert refused.status_code == 409
    assert nuria.name in words_of(refused)


def test_a_call_without_a_switchboard_is_noted_and_ended_by_hand(
    cast: Cast, nuria: Account, sign_in: SignIn
) -> None:
    line, browser = a_line(cast), sign_in(nuria)
    answer = browser.post("/desk/calls", {"line": f"line {line.pk}", "number": "600 100 200"})
    with people.acting(cast):
        call = Call.objects.get()
    assert answer.url == f"/desk/calls/{call.pk}"  # type: ignore[attr-defined]
    assert (call.caller, call.state, call.holder) == (NUMBER, Call.State.RUNNING, nuria)
    browser.post(f"/desk/calls/{call.pk}", {"do": "end"})
    with people.acting(cast):
        call.refresh_from_db()
    assert call.state == Call.State.ENDED
    assert "nothing is written down" in words_of(browser.get("/desk/calls"))


def test_nobody_ends_a_call_that_a_switchboard_tells_of(
    cast: Cast, nuria: Account, sign_in: SignIn
) -> None:
    call = ringing(cast, a_line(cast))
    assert sign_in(nuria).post(f"/desk/calls/{call.pk}", {"do": "end"}).status_code == 409


# ------------------------------------------------------------------ who calls
def test_the_number_is_a_hint_until_somebody_made_sure(
    cast: Cast, nuria: Account, sign_in: SignIn
) -> None:
    person = PersonGiven(name="Ana Puig", email="ana@example.org", telephone="600 100 200")
    known = people.a_case(cast, person=person, contract_number="A-77")
    call = by_hand(cast, nuria)
    browser = sign_in(nuria)
    page = browser.get(f"/desk/calls/{call.pk}")
    words = words_of(page)
    assert known.reference in words
    assert "A-77" in words
    assert "Identity not checked" in words
    assert nuria.name in words, "their own name stands there to be said first"
    browser.post(f"/desk/calls/{call.pk}", {"do": "check", "how": "answers"})
    words = words_of(browser.get(f"/desk/calls/{call.pk}"))
    assert "Identity not checked" not in words
    again = browser.post(f"/desk/calls/{call.pk}", {"do": "check", "how": "answers"})
    assert again.status_code == 409


def test_what_is_said_first_is_said_in_the_callers_language(
    cast: Cast, nuria: Account, sign_in: SignIn
) -> None:
    call = by_hand(cast, nuria)
    page = sign_in(nuria).get(f"/desk/calls/{call.pk}?say=es").context["first_words"]
    assert (
        page[0] == f"{cast.besos.name}, buenos días. Me llamo {nuria.name}. ¿En qué puedo ayudarle?"
    )


def test_an_outage_stands_above_the_form_first_for_whom_it_befalls(
    cast: Cast, nuria: Account, sign_in: SignIn
) -> None:
    with people.acting(cast):
        given = PersonGiven(name="Ana", telephone=NUMBER)
        case = people.a_case(cast, person=given)
        Person.objects.filter(cases=case).update(place="Raval")
        an_incident(cast, places=["Sants"], expected_end_at=people.days(9))
        an_incident(cast, places=["Raval"], expected_end_at=people.days(9))
    call = by_hand(cast, nuria)
    page = sign_in(nuria).get(f"/desk/calls/{call.pk}?say=es")
    told = [(one.where, one.befalls, one.title) for one in page.context["notices"]]
    assert told == [
        ("Raval", True, "Corte de agua en el Raval"),
        ("Sants", False, "Corte de agua en el Raval"),
    ]
    shown = words_of(page)
    assert shown.index("It befalls whoever calls") < shown.index("Sants")
    assert "Se ha roto una tubería." in shown


# ------------------------------------------------------------------ written down
def test_it_is_read_back_before_anything_is_saved(
    cast: Cast, nuria: Account, sign_in: SignIn
) -> None:
    call, browser = by_hand(cast, nuria), sign_in(nuria)
    address = f"/desk/calls/{call.pk}/contact"
    given = said(browser, call)
    read = browser.post(address, given | {"step": "read"})
    assert _cases(cast) == []
    sentences = read.context["sentences"]
    assert "Le cobran dos veces." in sentences[1]
    assert sentences[-1] == "¿Es correcto?"
    with people.acting(cast):
        assert RawMessage.objects.filter(state=RawMessage.State.DRAFT).exists(), "kept raw"
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', read.content.decode()))
    again = browser.post(address, hidden | {"step": "edit"})
    assert again.context["form"]["narrative"].value() == "Le cobran dos veces."
    done = browser.post(address, hidden | {"step": "save"})
    (case,) = _cases(cast)
    assert (case.channel, case.received_at) == (Case.Channel.TELEPHONE, people.days(1))
    assert case.complainant is not None
    assert case.complainant.name == "Marta Soler"
    words = words_of(done)
    assert done.context["code"].split("-")[0] in words
    assert case.reference.split("-")[1] in words
    with people.acting(cast):
        tie = CallCase.objects.get()
        assert (tie.call_id, tie.case_id, tie.is_new) == (call.pk, case.pk, True)
        assert RawMessage.objects.get(case=case).state == RawMessage.State.REGISTERED
    assert browser.post(address, hidden | {"step": "save"}).status_code == 302, "sent twice: once"
    assert len(_cases(cast)) == 1


def test_what_is_missing_is_asked_for_and_nothing_is_lost(
    cast: Cast, nuria: Account, sign_in: SignIn
) -> None:
    call, browser = by_hand(cast, nuria), sign_in(nuria)
    given = said(browser, call, email="", narrative="Sin agua")
    answer = browser.post(f"/desk/calls/{call.pk}/contact", given | {"step": "read"})
    assert answer.status_code == 422
    assert answer.context["form"]["narrative"].value() == "Sin agua"
    assert _cases(cast) == []


def test_the_team_of_the_line_gets_the_case(cast: Cast, nuria: Account, sign_in: SignIn) -> None:
    call = ringing(cast, a_line(cast, team=cast.complex_team))
    browser = sign_in(cast.carla)
    browser.post(f"/desk/calls/{call.pk}/contact", said(browser, call) | {"step": "save"})
    (case,) = _cases(cast)
    assert case.team_id == cast.complex_team.pk


# ------------------------------------------------------------------ a case that is there
def test_what_is_added_becomes_a_message_and_the_hearer_is_not_told(
    cast: Cast, nuria: Account, sign_in: SignIn
) -> None:
    case = people.a_case(cast)
    call, browser = by_hand(cast, nuria), sign_in(nuria)
    given = {"reference": case.reference.lower(), "text": "Ha tornat a passar."}
    assert browser.post(f"/desk/calls/{call.pk}/words", given).status_code == 302
    with people.acting(cast):
        message = Message.objects.exclude(entry__kind="case.received").get(case=case)
        entry = Entry.objects.get(pk=message.entry_id)
        assert message.channel == Case.Channel.TELEPHONE
        assert entry.actor == Entry.Actor.STAFF, "who calls is not proved"
        assert not CallCase.objects.get().is_new
    unknown = browser.post(f"/desk/calls/{call.pk}/words", given | {"reference": "2026-000001-X"})
    assert unknown.status_code == 422


def test_the_link_goes_while_they_are_on_the_line(
    cast: Cast, nuria: Account, sign_in: SignIn
) -> None:
    call, browser = by_hand(cast, nuria), sign_in(nuria)
    done = browser.post(f"/desk/calls/{call.pk}/contact", said(browser, call) | {"step": "save"})
    (point,) = [one for one in done.context["ways"] if one.kind == "email"]
    wanted = {"do": "send_link", "reference": done.context["case"].reference, "point": point.pk}
    assert browser.post(f"/desk/calls/{call.pk}", wanted).status_code == 302
    with people.acting(cast):
        assert Letter.objects.filter(kind="new_link", contact_point=point).count() == 1
    assert browser.post(f"/desk/calls/{call.pk}", wanted).status_code == 409, "one is on its way"
    elsewhere = wanted | {"reference": people.a_case(cast).reference}
    assert browser.post(f"/desk/calls/{call.pk}", elsewhere).status_code == 404


def test_an_erased_case_takes_the_caller_with_it(
    cast: Cast, nuria: Account, sign_in: SignIn
) -> None:
    call, browser = by_hand(cast, nuria), sign_in(nuria)
    browser.post(f"/desk/calls/{call.pk}/contact", said(browser, call) | {"step": "save"})
    (case,) = _cases(cast)
    forgetting.forget_callers_of(case.pk)
    with people.acting(cast):
        call.refresh_from_db()
    assert (call.caller, call.caller_said) == ("", "")


# ------------------------------------------------------------------ what the law asks
def test_a_supervisor_is_asked_for_and_only_whoever_leads_speaks_as_one(
    cast: Cast, nuria: Account, sign_in: SignIn
) -> None:
    address = f"/desk/calls/{by_hand(cast, nuria).pk}"
    agent, lead = sign_in(nuria), sign_in(cast.carla)
    assert lead.post(address, {"do": "lead"}).status_code == 409, "nobody asked"
    agent.post(address, {"do": "ask_lead"})
    assert "asks for a supervisor" in words_of(lead.get("/desk/calls"))
    assert agent.post(address, {"do": "lead"}).status_code == 409
    lead.post(address, {"do": "lead"})
    assert "spoke to them as a supervisor" in words_of(agent.get(address))
    assert "asks for a supervisor" not in words_of(lead.get("/desk/calls"))


def test_who_has_priority_stands_first(cast: Cast, nuria: Account, sign_in: SignIn) -> None:
    line = a_line(cast)
    ringing(cast, line)
    with people.acting(cast):
        later = Call.objects.create(
            entity=cast.besos,
            line=line,
            name_at_switch="c2",
            caller="+34600100300",
            offered_at=people.days(1),
            last_event_at=people.days(1),
        )
    browser = sign_in(nuria)
    browser.post(f"/desk/calls/{later.pk}", {"do": "priority"})
    first, _second = browser.get("/desk/calls").context["ringing"]
    assert first.who == "+34 600 10 03 00"


def test_a_no_to_being_recorded_is_written_down(
    cast: Cast, nuria: Account, sign_in: SignIn
) -> None:
    address, browser = f"/desk/calls/{by_hand(cast, nuria).pk}", sign_in(nuria)
    assert "Not asked yet" in words_of(browser.get(address))
    browser.post(address, {"do": "no_record"})
    assert "They refused" in words_of(browser.get(address))
