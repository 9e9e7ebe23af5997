"""A person who does not agree, and a house that does not answer."""

from tests.journeys.house import House
from valedor.casefile.models import Deadline, Instance, Stage
from valedor.channels.tests.post_room import part_of


def test_a_second_look_by_somebody_else(house: House) -> None:
    ana, _receipt = house.file()
    house.mail()
    reference = ana.reference
    house.answer(reference, outcome="not_upheld", grounds="Contract, clause 4.")
    house.mail()
    house.clock.later(days=2)
    ana.step("contest", text="You looked at the wrong month.").says(
        "Somebody else takes a second look"
    )
    assert "do not agree with our answer" in part_of(house.one_mail(), "plain")
    assert house.case(reference).stage == Stage.CONTESTED
    with house.acting():
        kinds = list(
            Instance.objects.filter(case__reference=reference)
            .order_by("ordinal")
            .values_list("kind", flat=True)
        )
    assert kinds == [Instance.Kind.COMPANY, Instance.Kind.REVIEW]
    assert house.case(reference).holder != house.cast.bruno
    house.bruno.cannot(reference, "taking", "Whoever handled a case before")

    house.clock.later(days=1)
    house.answer(reference, house.carla, reasons="October was charged twice after all.")
    assert "October was charged twice after all." in part_of(house.one_mail(), "plain")
    assert house.case(reference).stage == Stage.ANSWERED
    ana.look().says("It is your turn")
    ana.walker.open(f"{ana.url}/contest").says("We have looked at this twice.")
    house.clock.later(days=1)
    ana.step("acceptance")
    house.carla.act(reference, "closure", reason="agreed")
    house.mail()
    assert house.case(reference).stage == Stage.CLOSED
    house.verifies()


def test_silence_opens_the_next_step_and_closes_nothing(house: House) -> None:
    ana, _receipt = house.file()
    house.mail()
    reference = ana.reference
    house.look_into(reference)
    house.clock.later(days=12)
    house.look_at_limits()
    house.bruno.open("alarms").says("A limit comes near", reference)
    house.bruno.open("?queue=due-soon").says(reference)
    house.clock.later(days=9)
    house.look_at_limits()
    passed = house.lines(reference)
    house.look_at_limits()
    assert house.lines(reference) == passed  # It is told once.
    house.bruno.open("alarms").says("A limit has passed", reference)
    house.bruno.open("?queue=overdue").says(reference)
    case = house.case(reference)
    assert case.stage != Stage.CLOSED
    assert case.closed_at is None
    page = ana.look()
    page.says("late since", "the public consumer mediation", "the courts")

    house.decide(reference, house.bruno)
    house.bruno.act(reference, "response", opening="We are sorry that it took so long.")
    house.mail()
    met = house.clocks(reference, duty="respond", state=Deadline.State.MET)
    assert [one for one in met if one.missed_at is not None]  # Met late, and says so.
    ana.look().says("It is your turn")
    house.verifies()


def test_the_person_withdraws(house: House) -> None:
    ana, _receipt = house.file()
    house.mail()
    ana.step("withdrawal").says("You have withdrawn the case.")
    assert house.case(ana.reference).stage == Stage.CLOSED
    assert ana.reference in house.one_mail()["Subject"]
    house.bruno.cannot(ana.reference, "response", "closed")
    house.verifies()
