"""A claim's whole way, filed in each language: from the form to closure, both sides seen."""

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override

from tests.journeys.house import Complainant, House, link_in
from tests.journeys.told import TOLD, Told
from tests.journeys.walker import Walker, a_file
from valedor.casefile import letters
from valedor.casefile.models import Deadline, Letter, Stage
from valedor.channels.tests.post_room import part_of
from valedor.handling.models import Redress
from valedor.procedures.vocabulary_tables import vocabulary

ANSWER_BY = "2026-12-05"
"""Fifteen days for Spain's consumer law, art. 21.3, counted from Friday, 20 November."""


@pytest.mark.parametrize("language", list(TOLD))
def test_from_the_form_to_closure(house: House, language: str) -> None:
    told = TOLD[language]
    ana = file_it(house, language, told)
    read_the_receipt(house, ana, language)
    take_it_in(house, ana)
    ask_and_hear(house, ana, told)
    ask_the_area(house, ana)
    find_and_decide(house, ana, told)
    answer_it(house, ana, told, language)
    agree(house, ana)
    put_right_and_close(house, ana, told, language)
    house.verifies()


def file_it(house: House, language: str, told: Told) -> Complainant:
    """The form, checked and sent; the receipt page says number, code and day."""
    ana, receipt = house.file(
        language,
        category=house.cast.double_charge.pk,
        narrative=told.narrative,
        point=list(told.points),
        file=a_file("bill.pdf", b"%PDF-1.7 the bill of October"),
    )
    assert receipt.headers["Content-Language"] == language
    receipt.says(ana.reference, ana.access_code)
    assert f'datetime="{ANSWER_BY}' in receipt.html
    stands_at(ana, language, "We have it and somebody will take it on")
    return ana


def stands_at(ana: Complainant, language: str, words: str) -> None:
    """The page of the case says in its language where the case stands."""
    page = ana.look()
    assert page.headers["Content-Language"] == language
    with override(language):
        page.says(_(words))
    page.says(ana.reference)
    page.hides("the ledger shows", "Bruno:")


def read_the_receipt(house: House, ana: Complainant, language: str) -> None:
    """The worker's mail: our token, the language, the receipt as a file, a link that opens."""
    message = house.one_mail()
    token = str(message["Message-ID"]).strip("<>").split("@")[0]
    assert letters.letter_of(token) is not None
    assert message["Content-Language"] == language
    assert message["To"] == "ana@example.org"
    assert ana.reference in message["Subject"]
    (paper,) = message.iter_attachments()
    assert paper.get_content_type() == "application/pdf"
    assert paper.get_content().startswith(b"%PDF-")
    text = part_of(message, "plain")
    assert ana.reference in text
    assert ana.access_code not in message.as_string()
    opened = Walker(language, address="198.51.100.9").open(link_in(message))
    assert opened.url.endswith(ana.url)
    opened.says(ana.reference)


def take_it_in(house: House, ana: Complainant) -> None:
    """Bruno finds it among what nobody has, assesses it, and has it."""
    house.clock.later(hours=2)
    bruno, reference = house.bruno, ana.reference
    bruno.open("?queue=unassigned").says(reference)
    bruno.cannot(reference, "response", "Nobody is responsible for this case yet.")
    bruno.act(reference, "assessment", severity="2", difficulty="simple").says("Assessed.")
    if house.case(reference).holder is None:
        bruno.act(reference, "taking")
    assert house.case(reference).holder == bruno.account
    bruno.open("?queue=mine").says(reference)


def ask_and_hear(house: House, ana: Complainant, told: Told) -> None:
    """A question to the person: a mail, their page, their answer with a file."""
    house.clock.later(hours=1)
    bruno, reference = house.bruno, ana.reference
    bruno.act(reference, "question", text=told.question)
    assert told.question in part_of(house.one_mail(), "plain")
    assert house.case(reference).stage == Stage.AWAITING_COMPLAINANT
    ana.look().says(told.question)
    house.clock.later(hours=5)
    page = ana.write(told.reply, file=a_file("extract.pdf", b"%PDF-1.7 two charges"))
    page.says(told.reply, "extract.pdf")
    assert house.case(reference).stage != Stage.AWAITING_COMPLAINANT
    bruno.open(f"cases/{reference}").says(told.reply, "extract.pdf")


def ask_the_area(house: House, ana: Complainant) -> None:
    """Billing is asked, sees the question and nothing else, and answers."""
    house.clock.later(hours=1)
    bruno, reference = house.bruno, ana.reference
    bruno.act(reference, "area-question", area="Billing", text="How often was it charged?")
    ines = house.of(house.cast.ines)
    asked = ines.open("inquiries")
    asked.says("How often was it charged?")
    asked.hides("Ana Puig", "ana@example.org")
    ines.open(f"cases/{reference}", expect=403)
    ines.walker.open(asked.link("/desk/inquiries/"))
    ines.walker.submit(text="Twice: the ledger shows the 2nd and the 5th.")
    bruno.open(f"cases/{reference}").says("the ledger shows the 2nd and the 5th")
    ana.look().hides("the ledger shows", "How often was it charged?")


def find_and_decide(house: House, ana: Complainant, told: Told) -> None:
    """Facts from both sides, each with what shows it; then every point on its own."""
    house.clock.later(hours=20)
    bruno, reference = house.bruno, ana.reference
    where = f"/desk/cases/{reference}/finding"
    form = bruno.walker.open(where).form("/finding")
    theirs = next(key for name, key in form.choices["documents"].items() if "extract" in name)
    bruno.walker.submit("/finding", text=told.reply, side="complainant", documents=[theirs])
    form = bruno.walker.open(where).form("/finding")
    ours = next(key for words, key in form.choices["entries"].items() if "ledger" in words)
    bruno.walker.submit("/finding", text="Two charges.", side="company", entries=[ours])
    bruno.cannot(reference, "response", "2 points of this case are not decided yet.")
    bruno.act(reference, "decision", 1, outcome="upheld", reasons=told.reasons)
    bruno.act(reference, "decision", 2, outcome="not_upheld", reasons="—", grounds="Contract, 4.")
    assert house.case(reference).stage == Stage.DECIDED
    ana.look().hides(told.reasons)  # Decided is not answered.


def answer_it(house: House, ana: Complainant, told: Told, language: str) -> None:
    """Redress offered, the letter sent; the limit is met when the mail server took it."""
    bruno, reference = house.bruno, ana.reference
    bruno.act(reference, "redress", option="refund", amount="43.20", text="43,20 €")
    assert house.mail() == []  # The person hears of it with the answer.
    bruno.open(f"cases/{reference}/response").says(told.reasons)  # The letter, before it goes.
    bruno.act(reference, "response", opening="—")
    assert house.case(reference).stage == Stage.ANSWERED_NOT_SENT
    assert respond_clocks(house, reference) == {Deadline.State.RUNNING}
    bruno.open(f"cases/{reference}").says("Answered, not sent")
    house.clock.later(minutes=3)
    letter = part_of(house.one_mail(), "plain")
    for words in (told.points[0], told.points[1], told.reasons, "43,20"):
        assert words in letter
    assert house.case(reference).stage == Stage.ANSWERED
    assert respond_clocks(house, reference) == {Deadline.State.MET}
    stands_at(ana, language, "It is your turn: the answer has been sent")
    with house.acting():
        answer = Letter.objects.filter(case__reference=reference, kind="response").latest("pk")
    ana.look().link(f"/letters/{answer.pk}")
    ana.walker.open(f"{ana.url}/letters/{answer.pk}").says(told.reasons, "43,20")


def respond_clocks(house: House, reference: str) -> set[str]:
    """How the limits for the answer stand."""
    return {one.state for one in house.clocks(reference, duty="respond")}


def agree(house: House, ana: Complainant) -> None:
    """The person says yes on their page."""
    house.clock.later(days=1)
    ana.step("acceptance")
    assert "case.answer_accepted" in house.lines(ana.reference)
    house.bruno.cannot(ana.reference, "closure", "carried out")


def put_right_and_close(house: House, ana: Complainant, told: Told, language: str) -> None:
    """What was promised is done with proof; the person and the area are told; the case ends."""
    bruno, reference = house.bruno, ana.reference
    house.clock.later(days=2)
    case = house.case(reference)
    with house.acting():
        redress = Redress.objects.get(case=case)
    bruno.act(
        reference,
        "execution",
        redress.pk,
        proof_text="Transfer 2026-11-774",
        file=a_file("transfer.pdf", b"%PDF-1.7 transfer"),
    )
    done = part_of(house.one_mail(), "plain")
    assert "43,20" in done
    assert "Transfer 2026-11-774, transfer.pdf" in done
    house.clock.later(hours=1)
    bruno.act(reference, "closure", reason="agreed").says("The case is closed")
    assert house.case(reference).stage == Stage.CLOSED
    closed = house.one_mail()
    assert reference in closed["Subject"]
    assert vocabulary("closures")["agreed"].text.in_language(language) in part_of(closed, "plain")
    stands_at(ana, language, "Closed")
    house.of(house.cast.ines).open("inquiries").says(told.points[0])
    bruno.open("?queue=closed").says(reference)
