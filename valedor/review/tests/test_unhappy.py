"""What goes wrong before the ombudsman has an outcome that somebody reads: too late, elsewhere,
after the end, with an ombudsman who cannot judge, with evidence that somebody wants back.
"""

from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from tests.cast import Cast, a_case, a_submission, again, days, refusing
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.documents import keep_file
from valedor.casefile.models import (
    Case,
    Deadline,
    Document,
    Entry,
    EntryContent,
    Letter,
    Stage,
)
from valedor.casefile.viewing import viewer_of, viewing
from valedor.foundation.refusals import Refused
from valedor.handling.models import Alarm
from valedor.privacy.actions.erase import erase
from valedor.review.office.actions.admit import admit, refuse
from valedor.review.office.actions.bring import bring, bring_first_hand
from valedor.review.office.actions.hear import answer_hearing, ask, hear, say, show
from valedor.review.office.actions.opine import give_way, withdraw
from valedor.review.office.actions.settle import answer, propose, propose_from_hearing
from valedor.review.office.actions.take import note, recuse, take_up
from valedor.review.office.models import Hearing, Offer, Proceeding, Statement
from valedor.review.office.queries import file_state
from valedor.review.tests.office_cast import Office, a_file_being_heard, the_office

Side, State = Statement.Side, Proceeding.State


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, settings: Any) -> None:
    settings.DOCUMENTS = tmp_path


@pytest.fixture
def office(cast: Cast) -> Office:
    return the_office(cast)


@pytest.fixture
def case(cast: Cast, office: Office) -> Case:
    """Ana's case, answered by Bruno."""
    return a_case(cast, stage=Stage.ANSWERED)


@pytest.fixture
def file(cast: Cast, case: Case) -> Case:
    """Before the ombudsman, with her bill, admitted."""
    return a_file_being_heard(cast, case)


def asked(file: Case, office: Office) -> Hearing:
    """The company is asked for its side."""
    ask(
        file, side=Side.COMPANY, text="Why twice?", answer_by=days(20), by=office.by, at=days(4)
    )  # fmt: skip
    return Hearing.objects.get(what=Hearing.What.STATEMENT)


# ------------------------------------------------------------------ early and late
def test_what_comes_long_after_the_answer_is_received_and_turned_away_with_reasons(
    office: Office, case: Case
) -> None:
    """Nobody is stopped at the form: whether it is too late the office decides, and says."""
    late = bring(case, text="I had no time.", by=COMPLAINANT, at=days(390)).file
    ground = Proceeding.Refusal.TOO_LATE
    with refusing(late, "reasons_missing"):
        refuse(late, ground=ground, reasons=" ", by=staff(office.nil), at=days(391))
    reasons = "Más de un año después."
    refuse(late, ground=ground, reasons=reasons, by=staff(office.nil), at=days(391))
    letter = Letter.objects.get(case=late, kind="office_word")
    with override("es"):
        assert str(ground.label) in letter.body
    assert reasons in letter.body
    assert "Los tribunales" in letter.body


# ------------------------------------------------------------------ two at once
def test_the_office_stops_when_a_court_has_it_and_both_sides_are_told(
    cast: Cast, office: Office, case: Case, file: Case
) -> None:
    hearing = asked(file, office)
    with refusing(file, "reasons_missing"):
        give_way(file, reasons="", by=office.by, at=days(6))
    give_way(file, reasons="El Juzgado n.º 2 lo tiene.", by=office.by, at=days(6))
    proceeding = Proceeding.objects.get(case=file)
    assert (proceeding.state, proceeding.refusal) == (State.REFUSED, "elsewhere")
    assert again(file).closed_at == days(6)
    letter = Letter.objects.filter(case=file, kind="office_word").latest("pk")
    assert "El Juzgado n.º 2 lo tiene." in letter.body
    assert "Los tribunales" in letter.body
    assert not Deadline.objects.filter(case=file, state="running").exists()
    # The company reads that it ended, and why no more than that; it owes no word any more.
    hearing.refresh_from_db()
    assert hearing.ended_at == days(6)
    told = Hearing.objects.get(what=Hearing.What.SHOWN)
    assert told.ended_at == days(6)
    assert "Juzgado" not in told.text
    with pytest.raises(Refused) as refused:
        answer_hearing(again(case), hearing=hearing, text="Late.", by=staff(cast.bruno), at=days(7))
    assert "needs no word" in str(refused.value.refusal)
    # Nothing is taken away: should the court not decide it, it may be brought once more.
    bring(case, text="The court did not decide.", by=COMPLAINANT, at=days(90))


def test_a_company_that_never_heard_of_the_file_does_not_hear_of_its_end(
    office: Office, case: Case, file: Case
) -> None:
    before = Entry.objects.filter(case=case).count()
    give_way(file, reasons="Un juzgado lo tiene.", by=office.by, at=days(6))
    assert not Hearing.objects.exists()
    assert Entry.objects.filter(case=case).count() == before


def test_only_what_is_being_heard_gives_way_and_only_by_the_office(
    cast: Cast, office: Office, case: Case
) -> None:
    waiting = bring(case, text="Again.", by=COMPLAINANT, at=days(5)).file
    with refusing(waiting, "not_now"):  # Not admitted yet: it is refused on that ground.
        give_way(waiting, reasons="A court.", by=office.by, at=days(6))
    admit(waiting, by=office.by, at=days(6))
    with refusing(waiting, "not_permitted"):
        give_way(waiting, reasons="A court.", by=staff(cast.bruno), at=days(6))


# ------------------------------------------------------------------ after the end
def test_after_the_end_nobody_adds_a_word_unseen(
    cast: Cast, office: Office, case: Case, file: Case
) -> None:
    """Refused on the page with the reason; by mail it is kept, and somebody is called."""
    hearing = asked(file, office)
    offer = propose(
        file, side=Side.COMPLAINANT, option="apology", text="Say sorry.", answer_by=days(20),
        by=COMPLAINANT, at=days(5),
    )  # fmt: skip
    withdraw(file, by=COMPLAINANT, at=days(6))
    with refusing(file, "closed"):
        say(file, text="One thing more.", by=COMPLAINANT, at=days(7))
    with refusing(file, "too_late"):
        answer(file, offer=offer, side=Side.COMPANY, accept=True, by=staff(cast.bruno), at=days(7))
    with pytest.raises(Refused) as refused:
        answer_hearing(again(case), hearing=hearing, text="Late.", by=staff(cast.bruno), at=days(7))
    assert refused.value.code == "ended"
    with pytest.raises(Refused) as refused:
        propose_from_hearing(
            again(case), hearing=hearing, option="apology", text="Sorry.", answer_by=days(20),
            by=staff(cast.bruno), at=days(7),
        )  # fmt: skip
    assert refused.value.code == "too_late"
    assert Offer.objects.get().state == Offer.State.LAPSED  # Nobody can say yes to it any more.
    Alarm.objects.filter(case=file).update(settled_at=days(6))
    hear(file, text="By mail.", by=COMPLAINANT, at=days(8), channel="email")
    assert Statement.objects.get(case=file, given_at=days(8)).text == "By mail."
    assert Alarm.objects.filter(case=file, settled_at=None, cause="person_wrote").exists()
    assert again(file).closed_at == days(6)


# ------------------------------------------------------------------ who cannot judge
def test_an_ombudsman_who_dealt_with_it_for_the_company_cannot_take_it(
    cast: Cast, office: Office, case: Case
) -> None:
    handled = a_case(cast, stage=Stage.ANSWERED, by=cast.bruno)
    file = bring(handled, text="Again.", by=COMPLAINANT, at=days(5)).file
    _is_now_in_the_office(cast, office, cast.bruno)
    bruno = staff(cast.bruno)
    with refusing(file, "handled_before"):
        take_up(file, by=bruno, at=days(6))
    with refusing(file, "handled_before"):
        admit(file, by=bruno, at=days(6))
    with refusing(file, "handled_before"):
        note(file, text="I remember this one.", by=bruno, at=days(6))
    recuse(file, reasons="I answered it.", by=bruno, at=days(6))  # It is the one thing to do…
    assert again(file).holder == office.felix  # …and somebody without a tie goes on.
    admit(file, by=office.by, at=days(7))


def test_an_ombudsman_who_is_a_party_cannot_take_it_and_the_substitute_goes_on(
    office: Office, case: Case, file: Case
) -> None:
    office.felix.email = "ANA@example.org"  # However it is written.
    office.felix.save(update_fields=["email"])
    for act in (
        lambda: take_up(file, by=office.by, at=days(6)),
        lambda: asked(file, office),
        lambda: give_way(file, reasons="A court.", by=office.by, at=days(6)),
    ):
        with refusing(file, "is_party"):
            act()
    recuse(file, reasons="It is my own.", by=office.by, at=days(6))
    assert again(file).holder == office.olga
    assert asked_by(file, office).side == Side.COMPLAINANT


def asked_by(file: Case, office: Office) -> Statement:
    """The substitute goes on."""
    return ask(
        file, side=Side.COMPLAINANT, text="Which bill?", answer_by=days(20),
        by=staff(office.olga), at=days(7),
    )  # fmt: skip


def test_where_everybody_of_the_office_has_a_tie_an_alarm_is_raised(
    office: Office, case: Case, file: Case
) -> None:
    recuse(file, reasons="My cousin.", by=staff(office.olga), at=days(5))
    recuse(file, reasons="My cousin, too.", by=office.by, at=days(6))
    assert again(file).holder is None
    causes = Alarm.objects.filter(case=file, settled_at=None).values_list("cause", flat=True)
    assert Alarm.Cause.NOBODY_ELIGIBLE in causes


def test_a_clerk_who_steps_back_takes_the_file_from_nobody(office: Office, file: Case) -> None:
    take_up(file, by=staff(office.olga), at=days(4))
    recuse(file, reasons="My cousin.", by=staff(office.nil), at=days(5))
    assert again(file).holder == office.olga


def test_what_the_office_itself_wrote_on_the_companys_case_is_no_tie(
    office: Office, case: Case, file: Case
) -> None:
    asked(file, office)
    fs = file_state(file, at=days(6))
    assert office.felix.pk not in fs.handled
    assert fs.parties == frozenset()


def _is_now_in_the_office(cast: Cast, office: Office, account: Any) -> None:
    """Somebody who worked for the company changes sides."""
    from valedor.people.models import Role, RoleGrant

    RoleGrant.objects.filter(account=account).update(role=Role.OMBUDSMAN_CLERK, team=office.team)


# ------------------------------------------------------------------ evidence taken back
def test_evidence_that_the_person_takes_back_stays_in_the_file_and_the_company_never_sees_it(
    cast: Cast, office: Office, case: Case, file: Case
) -> None:
    """What an opinion may rest on is not pulled out of it. The person says that they take it back,
    the office leaves it out of what it shows; the company has no door to the bytes at any time.
    """
    bill = Document.objects.get(case=file)
    say(file, text="Forget the bill, please.", by=COMPLAINANT, at=days(5))
    taken_back = Statement.objects.get(case=file, side=Side.COMPLAINANT)
    show(
        file, statement=taken_back, text="The person takes a document back.", answer_by=days(20),
        by=office.by, at=days(6),
    )  # fmt: skip
    assert Document.objects.filter(pk=bill.pk, erased_at=None).exists()
    for account in (cast.bruno, cast.carla, cast.gia):
        with viewing(viewer_of(account)):
            assert not Document.objects.filter(pk=bill.pk).exists()
            lines = EntryContent.objects.filter(case=case).values_list("body", flat=True)
            assert not any("Forget the bill" in line for line in lines)


def test_it_goes_with_the_file_when_that_is_erased(cast: Cast, office: Office, case: Case) -> None:
    word = "Qzburied"
    kept = keep_file(f"{word}.txt", [word.encode()])
    filed = bring_first_hand(
        a_submission(cast, narrative=word, grievances=(word,)), by=COMPLAINANT, at=days(3)
    ).file
    say(filed, text=word, by=COMPLAINANT, at=days(3), documents=[kept])
    note(filed, text=word, by=office.by, at=days(4))
    refuse(filed, ground=Proceeding.Refusal.NOT_OURS, reasons=word, by=office.by, at=days(4))
    with refusing(filed, "letters_on_their_way"):
        erase(again(filed), by=office.by, at=days(400))
    Letter.objects.filter(case=filed).update(state=Letter.State.ACCEPTED)
    erase(again(filed), by=office.by, at=days(400))
    assert not EntryContent.objects.filter(case=filed).exists()
    assert not Document.objects.filter(case=filed, erased_at=None).exists()
    rest = [
        *Statement.objects.filter(case=filed).values_list("text", flat=True),
        *Letter.objects.filter(case=filed).values_list("body", flat=True),
        *Case.objects.filter(pk=filed.pk).values_list("subject", flat=True),
    ]
    assert not any(word in one for one in rest)
