"""Letters on paper, letters refused, a wrong date set right, and a case erased."""

from datetime import timedelta

from tests.journeys.house import Complainant, House
from valedor.casefile.actors import staff
from valedor.casefile.models import Deadline, Letter, Stage
from valedor.privacy.actions.erase import erase


def on_paper(house: House) -> Complainant:
    """Somebody who wants letters."""
    ana, _receipt = house.file(
        answer_channel="letter", email="", postal_address="Carrer Major 1, 08001 Barcelona"
    )
    return ana


def posted(house: House, letter: Letter, proof: str) -> None:
    """Print a letter, post it, and write down what proves it."""
    bruno = house.bruno
    bruno.open("letters").says(letter.case.reference)
    paper = bruno.walker.client.get(f"/desk/letters/{letter.pk}/paper")
    assert paper.content.startswith(b"%PDF-")
    bruno.open(f"letters/{letter.pk}").says("Carrer Major 1")
    bruno.walker.submit(step="post", expect=409, proof="")
    bruno.walker.submit(step="post", proof=proof)
    house.work()


def letters_of(house: House, reference: str, **which: str) -> list[Letter]:
    """The letters of a case."""
    with house.acting():
        return list(
            Letter.objects.filter(case__reference=reference, **which)
            .select_related("case")
            .order_by("pk")
        )


def test_no_letter_is_without_a_way(house: House) -> None:
    ana = on_paper(house)
    reference = ana.reference
    assert house.mail() == []
    (receipt,) = letters_of(house, reference)
    assert receipt.state == Letter.State.WAITING
    posted(house, receipt, "CD123456789ES")
    house.answer(reference)
    assert house.mail() == []
    assert house.case(reference).stage == Stage.ANSWERED_NOT_SENT
    (response,) = letters_of(house, reference, kind="response")
    house.clock.later(days=1)
    posted(house, response, "CD987654321ES")
    assert house.case(reference).stage == Stage.ANSWERED
    assert {one.state for one in house.clocks(reference, duty="respond")} == {Deadline.State.MET}
    house.bruno.open(f"letters/{response.pk}").says("CD987654321ES")
    house.bruno.act(reference, "acceptance", channel="telephone")
    house.bruno.act(reference, "closure", reason="agreed")
    house.verifies()


def test_a_letter_refused_opens_the_step_again(house: House) -> None:
    ana, _receipt = house.file()
    house.mail()
    reference = ana.reference
    house.answer(reference)
    house.room.to_address.append("550 no such mailbox")
    house.work()
    case = house.case(reference)
    assert case.stage not in {Stage.ANSWERED, Stage.ANSWERED_NOT_SENT, Stage.CLOSED}
    running = {Deadline.State.RUNNING}
    assert {one.state for one in house.clocks(reference, duty="respond")} == running
    house.bruno.open("alarms").says(reference)
    house.bruno.open("letters").says(reference, "no such mailbox")
    house.bruno.act(
        reference,
        "address",
        kind="email",
        value="ana.puig@example.org",
        reason="A slip of the pen.",
    )
    house.bruno.act(reference, "response", opening="Once more.")
    message = house.one_mail()
    assert message["To"] == "ana.puig@example.org"
    assert house.case(reference).stage == Stage.ANSWERED
    house.verifies()


def test_a_wrong_day_is_set_right_and_counted_anew(house: House) -> None:
    ana, _receipt = house.file()
    house.mail()
    reference = ana.reference
    before = {one.clock: one.due_at for one in house.clocks(reference, duty="respond")}
    earlier = house.case(reference).received_at - timedelta(days=4)
    house.carla.act(
        reference,
        "receipt-moment",
        received_at=earlier.strftime("%Y-%m-%dT%H:%M"),
        reason="It lay in the other letter box.",
    )
    after = house.clocks(reference, duty="respond")
    current = {one.clock: one.due_at for one in after if one.state == Deadline.State.RUNNING}
    assert set(current) == set(before)
    for clock, due_at in current.items():
        was = before[clock]
        assert was is not None
        assert due_at is not None
        assert due_at < was, clock
    page = house.carla.open(f"cases/{reference}")
    page.says("It lay in the other letter box.")
    ana.look().says("Tuesday, 1 December 2026")
    house.verifies()


def test_an_erased_case_leaves_its_lines(house: House) -> None:
    ana, _receipt = house.file(narrative="My neighbour Zenobia saw the canary7f3k burst.")
    house.mail()
    reference = ana.reference
    house.answer(reference, reasons="We saw Zenobia too.")
    house.mail()
    ana.step("acceptance")
    house.bruno.act(reference, "closure", reason="agreed")
    house.mail()
    house.bruno.open("search?q=canary7f3k").says(reference)
    before = house.lines(reference)
    erase(house.case(reference), by=staff(house.cast.carla), at=house.clock.later(days=400))
    house.work()
    assert house.lines(reference)[: len(before)] == before
    page = house.bruno.open(f"cases/{reference}")
    page.hides("Zenobia", "Ana Puig", "ana@example.org", "canary7f3k")
    house.bruno.open("search?q=canary7f3k").hides(reference)
    house.verifies()
