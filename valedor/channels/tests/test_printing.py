"""Letters on paper are printed together, each once, and once more for a reason."""

import io
from datetime import timedelta

import pikepdf
import pytest

from valedor.casefile import documents
from valedor.casefile.access import locked
from valedor.casefile.actors import SYSTEM
from valedor.casefile.models import Case, Document, Entry, LetterDocument
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.post.actions.print_again import print_again
from valedor.channels.post.actions.print_letters import print_letters
from valedor.channels.post.models import PrintRun
from valedor.channels.post.printing import letters_to_print, stack_of, without_address
from valedor.channels.tests.post_room import FILED_AT, a_case, a_house, letter_now
from valedor.channels.tests.test_post import ON_PAPER
from valedor.foundation.refusals import Refused
from valedor.intake.actions.receive import Registration
from valedor.intake.submission import PersonGiven
from valedor.people.models import Account, ContactPoint, Entity

pytestmark = pytest.mark.usefixtures("committed_database")
PRINTED_AT = FILED_AT + timedelta(hours=3)


@pytest.fixture
def house() -> Entity:
    return a_house()


@pytest.fixture
def nuria() -> Account:
    return Account.objects.create_account(username="nuria", name="Núria")


def on_paper(house: Entity, **said: object) -> Registration:
    return a_case(house, **{"person": ON_PAPER, "channel": Case.Channel.LETTER, **said})  # type: ignore[arg-type]


def pages_of(run: PrintRun, *, both_sides: bool = False) -> int:
    printings = list(run.printings.select_related("letter__case__entity", "letter__recipient"))
    stack = stack_of(run, printings, both_sides=both_sides)
    with pikepdf.open(io.BytesIO(stack.content)) as pdf:
        return len(pdf.pages)


def test_what_waits_is_printed_together_and_once(house: Entity, nuria: Account) -> None:
    first, second = on_paper(house), on_paper(house)
    on_paper(house, person=PersonGiven(name="Ana", email="ana@example.org"), channel="email")
    with viewing(the_house()):
        run = print_letters(house, by=nuria, at=PRINTED_AT)
        assert {one.letter_id for one in run.printings.all()} == {
            letter_now(one.letter).pk for one in (first, second)
        }
        assert Entry.objects.filter(kind="letter.printed").count() == 2
        assert pages_of(run) >= 2
        with pytest.raises(Refused) as refused:
            print_letters(house, by=nuria, at=PRINTED_AT)
        assert refused.value.code == "nothing_to_print"
        third = on_paper(house)
        again = print_letters(house, by=nuria, at=PRINTED_AT)
        assert [one.letter_id for one in again.printings.all()] == [letter_now(third.letter).pk]


def test_once_more_takes_a_reason_and_goes_with_the_next_run(house: Entity, nuria: Account) -> None:
    letter = letter_now(on_paper(house).letter)
    with viewing(the_house()):
        with pytest.raises(Refused) as unprinted:
            print_again(letter, reason="The printer ate it.", by=nuria, at=PRINTED_AT)
        print_letters(house, by=nuria, at=PRINTED_AT)
        with pytest.raises(Refused) as without:
            print_again(letter, reason=" ", by=nuria, at=PRINTED_AT)
        print_again(letter, reason="The printer ate it.", by=nuria, at=PRINTED_AT)
        with pytest.raises(Refused) as twice:
            print_again(letter, reason="Again.", by=nuria, at=PRINTED_AT)
        run = print_letters(house, by=nuria, at=PRINTED_AT + timedelta(hours=1))
        assert run.printings.get().reason == "The printer ate it."
        assert not letters_to_print(house).exists()
    assert unprinted.value.code == twice.value.code == "waits_to_be_printed"
    assert without.value.code == "reason_missing"


def test_a_letter_to_nowhere_is_told_apart(house: Entity, nuria: Account) -> None:
    letter = letter_now(on_paper(house).letter)
    ContactPoint.objects.filter(person=letter.recipient_id).update(failed_at=PRINTED_AT)
    with viewing(the_house()):
        assert list(without_address(house, Case.objects.all())) == [letter]
        with pytest.raises(Refused):
            print_letters(house, by=nuria, at=PRINTED_AT)


def test_marked_contacts_wait_for_a_look_first(house: Entity, nuria: Account) -> None:
    on_paper(house, is_marked_abuse=True)
    with viewing(the_house()), pytest.raises(Refused):
        print_letters(house, by=nuria, at=PRINTED_AT)


def test_enclosures_lie_behind_their_letter_and_the_next_begins_on_a_front(
    house: Entity, nuria: Account
) -> None:
    registrations = [on_paper(house), on_paper(house)]
    locked_pdf, plain = io.BytesIO(), io.BytesIO()
    for into, encryption in ((plain, False), (locked_pdf, pikepdf.Encryption(user="x", owner="y"))):
        with pikepdf.new() as pdf:
            for _number in range(2):
                pdf.add_blank_page()
            pdf.save(into, encryption=encryption)
    with viewing(the_house()):
        letter = letter_now(registrations[0].letter)
        for number, content in enumerate((plain, locked_pdf)):
            kept = documents.keep_file(f"bill-{number}.pdf", [content.getvalue()])
            document = documents.add_document(
                locked(registrations[0].case), kept, side=Document.Side.COMPANY, by=SYSTEM,
                at=PRINTED_AT,
            )  # fmt: skip
            LetterDocument.objects.create(letter=letter, document=document, ordinal=number)
        run = print_letters(house, by=nuria, at=PRINTED_AT)
        printings = list(run.printings.order_by("pk"))
        stack = stack_of(run, printings, both_sides=False)
        assert [document.name for document in stack.left_out] == ["bill-1.pdf"]
        both = pages_of(run, both_sides=True)
        assert both >= pages_of(run)
