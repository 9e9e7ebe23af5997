"""Acts that are not on one case, letters and promised calls, by API."""

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast as people
from tests.cast import FRIDAY, Cast, a_submission
from valedor.api.tests.staff_programs import Clock, program_of
from valedor.api.tests.test_acting import field_problems
from valedor.api.tests.test_interface import is_problem, told
from valedor.bookings.actions.set_service import set_service
from valedor.bookings.models import Booking
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Document, Entry, Letter, Stage
from valedor.channels.models import CallBack
from valedor.channels.telephone.actions.promise_call import promise_call
from valedor.handling.actions.ask_area import ask_area
from valedor.handling.actions.respond import respond
from valedor.handling.models import Inquiry
from valedor.incidents.collective.actions.declare import declare
from valedor.intake.submission import PersonGiven
from valedor.people.models import Absence, PersonMerge, Role


def listed(response: Any) -> dict[str, Any]:
    """The acts of a list by noun and thing."""
    return {
        one["noun"] if one["thing"] is None else f"{one['noun']}/{one['thing']}": one
        for one in told(response)["acts"]
    }


def test_several_are_given_out_and_what_is_refused_is_told(cast: Cast, clock: Clock) -> None:
    cases = [people.a_case(cast) for _number in range(2)]
    over = people.a_case(cast, stage=Stage.CLOSED)
    carla = program_of(cast, cast.carla, at=clock.at)
    body = {
        "cases": [*(case.reference for case in cases), over.reference, "2026-999999-X"],
        "team": "attention",
        "holder": "bruno",
        "reason": "He knows them.",
    }
    done = told(carla.post("acts/giving-out", body))
    assert done["words"] == "2 cases given out."
    assert [one.split(":")[0].split(" ")[0] for one in done["remarks"]] == [
        over.reference,
        "2026-999999-X",
    ]
    with people.acting(cast):
        holders = Case.objects.filter(pk__in=[case.pk for case in cases]).values_list("holder")
        assert set(holders) == {(cast.bruno.pk,)}
    wrong = field_problems(carla.post("acts/giving-out", {"cases": [], "team": "elsewhere"}))
    assert wrong["#/team"][2] == "“team” has to be one of these: attention."
    assert wrong["#/cases"][1] == "field_missing"
    many = {"cases": ["x"] * 51, "team": "attention"}
    assert "At most 50" in field_problems(carla.post("acts/giving-out", many))["#/cases"][2]
    bruno = program_of(cast, cast.bruno, at=clock.at)
    assert is_problem(bruno.post("acts/giving-out", body), 403, "not_permitted")
    assert "giving-out" not in listed(bruno.get("acts"))


def test_everything_of_somebody_goes_to_others(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast, stage=Stage.ASSESSED)
    cast.join("nil")
    carla, dario = (program_of(cast, one, at=clock.at) for one in (cast.carla, cast.bruno))
    assert "passing-on/bruno" in listed(carla.get("acts"))
    done = told(carla.post("acts/passing-on/bruno", {"reason": "She leaves."}))
    assert "given out" in done["words"]
    with people.acting(cast):
        assert people.again(case).holder_id != cast.bruno.pk
    assert is_problem(carla.post("acts/passing-on/dario", {}), 404, "not_found")
    assert is_problem(dario.post("acts/passing-on/bruno", {}), 403, "not_permitted")


def test_an_area_answers_with_files_and_sees_no_case(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast, stage=Stage.ASSESSED)
    with people.acting(cast):
        asked = ask_area(case, area=cast.billing, text="Was it?", by=staff(cast.bruno), at=clock.at)
    ines = program_of(cast, cast.ines, at=clock.at)
    assert listed(ines.get("acts"))[f"area-answer/{asked.pk}"]["name"] == "Was it?"
    assert is_problem(ines.get(f"cases/{case.reference}/acts"), 403, "not_permitted")
    bill = SimpleUploadedFile("bill.txt", b"Twice.", "text/plain")
    done = told(ines.post(f"acts/area-answer/{asked.pk}", {"text": "It was."}, files=(bill,)))
    assert done["words"] == "Thank you: whoever asked has your answer."
    with people.acting(cast):
        assert Inquiry.objects.get(pk=asked.pk).answer == "It was."
        assert Document.objects.filter(case=case, name="bill.txt").exists()
    again = ines.post(f"acts/area-answer/{asked.pk}", {"text": "It was."})
    assert again.status_code == 409
    assert is_problem(ines.post("acts/area-answer/7", {"text": "a"}), 404, "not_found")
    assert is_problem(ines.post("acts/area-answer/x", {"text": "a"}), 404, "not_found")
    bruno = program_of(cast, cast.bruno, at=clock.at)
    assert is_problem(
        bruno.post(f"acts/area-answer/{asked.pk}", {"text": "a"}), 403, "not_permitted"
    )


def test_days_away_are_ones_own_and_of_those_one_leads(cast: Cast, clock: Clock) -> None:
    bruno, carla = (program_of(cast, one, at=clock.at) for one in (cast.bruno, cast.carla))
    days = {"from_on": "2026-12-07", "to_on": "2026-12-11"}
    assert bruno.post("acts/absence", days | {"who": "bruno"}).status_code == 200
    refused = field_problems(bruno.post("acts/absence", days | {"who": "carla"}))
    assert refused["#/who"][1] == "field_unfit"
    absence = Absence.objects.get()
    assert (absence.account, absence.from_on) == (cast.bruno, date(2026, 12, 7))
    nil = program_of(cast, cast.join("nil"), at=clock.at)
    assert is_problem(nil.post(f"acts/absence-end/{absence.pk}"), 404, "not_found")
    assert carla.post(f"acts/absence-end/{absence.pk}").status_code == 200
    assert f"absence-end/{absence.pk}" not in listed(bruno.get("acts"))


def test_two_records_become_one_person_and_two_again(cast: Cast, clock: Clock) -> None:
    first, second = people.a_case(cast), people.a_case(cast)
    bruno, gia = (program_of(cast, one, at=clock.at) for one in (cast.bruno, cast.gia))
    body = {
        "known": first.reference,
        "kept": str(first.complainant_id),
        "absorbed": str(second.complainant_id),
        "reason": "One identity card.",
    }
    only_looks = field_problems(gia.post("acts/person-merger", body))
    assert set(only_looks) == {"#/kept", "#/absorbed"}
    done = bruno.post("acts/person-merger", body)
    assert done.status_code == 200, done.content
    merge = PersonMerge.objects.get()
    refused = gia.post(f"acts/person-parting/{merge.pk}")
    assert is_problem(refused, 409, "not_permitted")
    assert bruno.post(f"acts/person-parting/{merge.pk}").status_code == 200
    merge.refresh_from_db()
    assert merge.undone_at is not None


def test_a_letter_is_posted_delivered_and_brought_back(cast: Cast, clock: Clock) -> None:
    by_post = a_submission(
        cast,
        person=PersonGiven(name="Ana Puig", postal_address="Carrer Major 1, 08001 Barcelona"),
        answer_channel=Case.Channel.LETTER,
    )
    case = people.a_case(cast, stage=Stage.DECIDED, submission=by_post)
    with people.acting(cast):
        respond(case, by=staff(cast.bruno), at=clock.at)
        letter = Letter.objects.filter(case=case, state=Letter.State.WAITING).order_by("-pk")[0]
    bruno = program_of(cast, cast.bruno, at=clock.at)
    acts = bruno.acts(case.reference)
    assert acts[f"letter-posting/{letter.pk}"]["is_open"]
    assert not acts[f"letter-return/{letter.pk}"]["is_open"]
    slip = SimpleUploadedFile("slip.txt", b"No. 7", "text/plain")
    at = (clock.at - timedelta(minutes=5)).isoformat()
    without = bruno.post(
        f"cases/{case.reference}/acts/letter-posting/{letter.pk}", {"posted_at": at}
    )
    assert is_problem(without, 409, "proof_missing")
    bruno.act(case.reference, f"letter-posting/{letter.pk}", {"posted_at": at}, files=(slip,))
    clock.at += timedelta(days=2)
    later = (clock.at - timedelta(hours=1)).isoformat()
    bruno.act(
        case.reference,
        f"letter-delivery/{letter.pk}",
        {"delivered_at": later, "delivery_proof": "Signed by Ana."},
    )
    done = bruno.act(
        case.reference, f"letter-return/{letter.pk}", {"returned_at": later, "returned": "moved"}
    )
    assert done["words"].startswith("It counts as never sent")
    with people.acting(cast):
        letter.refresh_from_db()
        assert (letter.state, letter.returned) == (Letter.State.REFUSED, "moved")
    gia = program_of(cast, cast.gia, at=clock.at)
    refused = gia.post(f"cases/{case.reference}/acts/letter-handover/{letter.pk}")
    assert is_problem(refused, 409, "not_permitted")


def test_what_came_of_a_promised_call(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast)
    with people.acting(cast):
        promised = promise_call(
            case, line=None, number="600 100 200", wished_at=clock.at,
            by=staff(cast.bruno), at=FRIDAY,
        )  # fmt: skip
    bruno, gia = (program_of(cast, one, at=clock.at) for one in (cast.bruno, cast.gia))
    noun = f"call-attempt/{promised.pk}"
    assert bruno.acts(case.reference)[noun]["is_open"]
    refused = gia.post(f"cases/{case.reference}/acts/{noun}", {"result": "busy"})
    assert is_problem(refused, 409, "not_permitted")
    busy = bruno.act(case.reference, noun, {"result": "busy"})
    assert busy["words"].startswith("Noted. Try again by")
    spoke = bruno.act(case.reference, noun, {"result": "spoke"})
    assert spoke["next"] == "received-message"
    over = bruno.post(f"cases/{case.reference}/acts/call-cancellation/{promised.pk}")
    assert is_problem(over, 409, "call_back_over")
    with people.acting(cast):
        assert CallBack.objects.get(pk=promised.pk).outcome == CallBack.Outcome.SPOKE
        assert Entry.objects.filter(case=case, kind="call_back.tried").count() == 2


def test_the_same_is_done_once(cast: Cast, clock: Clock) -> None:
    nuria = program_of(cast, cast.join("nuria", Role.AGENT), at=clock.at)
    body = {"who": "nuria", "from_on": "2026-12-07", "to_on": "2026-12-11"}
    first = nuria.post("acts/absence", body, key="away")
    again = nuria.post("acts/absence", body, key="away")
    assert (again.content, again["Idempotency-Replayed"]) == (first.content, "true")
    assert Absence.objects.count() == 1
    other = nuria.post("acts/absence", body | {"to_on": "2026-12-12"}, key="away")
    assert is_problem(other, 409, "idempotency_key_reused")


def test_a_time_is_booked_for_somebody(cast: Cast, clock: Clock) -> None:
    words = dict.fromkeys(("es", "ca", "en"), "Counter")
    hours = ["mon 09:00-14:00", "thu 09:00-14:00"]
    set_service(cast.besos, "counter", name=words, place=words, hours=hours, by=None, at=FRIDAY)
    bruno, gia = (program_of(cast, one, at=clock.at) for one in (cast.bruno, cast.gia))
    act = listed(bruno.get("acts"))["booking/besos:counter"]
    slots = [one["const"] for one in act["body"]["properties"]["slot"]["oneOf"]]
    body = {"slot": slots[0], "language": "es", "name": "Ana Puig", "telephone": "600 100 200"}
    booked = told(bruno.post("acts/booking/besos:counter", body))
    assert len(booked["access_code"]) == 14
    with people.acting(cast):
        case = Case.objects.get(reference=booked["reference"])
        assert Booking.objects.get(case=case).service.key == "counter"
    body["slot"] = slots[1]
    unreached = field_problems(
        bruno.post("acts/booking/besos:counter", {k: body[k] for k in ("slot", "language", "name")})
    )
    assert set(unreached) == {"#"}, unreached
    assert unreached["#"][2].startswith("Write an e-mail or a telephone number")
    assert is_problem(bruno.post("acts/booking/ipe:counter", body), 404, "not_found")
    assert is_problem(gia.post("acts/booking/besos:counter", body), 403, "not_permitted")
    assert "booking/besos:counter" in told(bruno.get("acts/booking/besos:counter"))["address"]


def test_a_case_joins_an_incident_and_goes_its_own_way(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast)
    made = dict.fromkeys(("ca", "es", "en"), "No water")
    with people.acting(cast):
        incident = declare(
            cast.besos, title=made, words=made, began_at=FRIDAY, expected_end_at=people.days(2),
            places=["Raval"], by=cast.bruno, at=clock.at,
        )  # fmt: skip
    bruno = program_of(cast, cast.bruno, at=clock.at)
    asked = bruno.acts(case.reference)["incident-joining"]["body"]["properties"]["incident"]
    assert asked["oneOf"] == [{"const": str(incident.pk), "title": "No water"}]
    joined = bruno.act(case.reference, "incident-joining", {"incident": str(incident.pk)})
    assert "incident.joined" in [one["kind"] for one in joined["entries"]]
    leaving = f"incident-leaving/{incident.pk}"
    bruno.act(case.reference, leaving, {"reason": "It is about a bill."})
    again = bruno.post(f"cases/{case.reference}/acts/{leaving}", {"reason": "Twice."})
    assert is_problem(again, 404, "not_found")
