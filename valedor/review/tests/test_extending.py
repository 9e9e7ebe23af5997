"""The office takes longer for its opinion: with reasons, within its rules, told to both sides."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, a_case, days, kinds_of, refusing, under
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Deadline, DeadlineEvent, Entry, Letter, Stage
from valedor.casefile.viewing import complainant_of, viewing
from valedor.foundation.refusals import Refused
from valedor.review.office.actions.bring import bring
from valedor.review.office.actions.extend import extend
from valedor.review.office.actions.hear import answer_hearing, ask
from valedor.review.office.models import Hearing, Statement

from .office_cast import Office, a_file_being_heard, the_office


@pytest.fixture
def office(cast: Cast) -> Office:
    """An office whose rules give thirty days and, for reasons, thirty more."""
    office = the_office(cast)
    under(
        cast, "es-trlgdcu-21", "iso-10002", "br-ouvidoria-publica",
        ombudsman_appointed=True, law_rules_ombudsman=True, public_service_user=True,
    )  # fmt: skip
    cast.besos.refresh_from_db()
    return office


@pytest.fixture
def case(cast: Cast, office: Office) -> Case:
    return a_case(cast, stage=Stage.ANSWERED)


@pytest.fixture
def file(cast: Cast, case: Case) -> Case:
    return a_file_being_heard(cast, case)


def test_it_is_extended_within_the_rules_and_both_sides_are_told(
    cast: Cast, office: Office, case: Case, file: Case, settings: Any
) -> None:
    settings.DEMO = True  # The second factor has tests of its own.
    limit = Deadline.objects.get(case=file, duty="respond")
    before = limit.due_on
    ask(
        file, side=Statement.Side.COMPANY, text="¿Por qué?", answer_by=days(12), by=office.by,
        at=days(4),
    )  # fmt: skip
    extend(file, length=30, reason="El perito tarda.", by=office.by, at=days(10))
    limit.refresh_from_db()
    assert before is not None
    assert limit.due_on is not None
    assert limit.due_on > before
    letter = Letter.objects.filter(case=file, kind="office_word").latest("queued_at")
    assert "El perito tarda." in letter.body
    assert "Lei 13.460" in letter.body
    notice = Hearing.objects.get(what=Hearing.What.NOTICE)
    assert (notice.case, notice.answer_by) == (case, None)
    assert "El perito tarda." in notice.text
    assert "office.extended" in kinds_of(file)
    with viewing(complainant_of(file.pk)):
        told = Entry.objects.filter(case=file, kind="office.extended")
        assert "El perito tarda." in told.get().content.body
    with refusing(file, "no_word_needed"):
        answer_hearing(case, hearing=notice, text="Bien.", by=staff(cast.bruno), at=days(11))
    page = _page_of(cast, file)
    assert "What moved the days" in page
    assert "30 calendar days" in page
    assert "El perito tarda." in page


def _page_of(cast: Cast, file: Case) -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.felix)
    return str(client.get(f"/desk/office/{file.reference}").content.decode())


def test_a_delay_is_no_first_word_to_the_company(office: Office, case: Case, file: Case) -> None:
    extend(file, length=5, reason="El perito tarda.", by=office.by, at=days(10))
    assert not Hearing.objects.exists()
    assert not Entry.objects.filter(case=case, kind__startswith="office.").exists()


def test_refused_beyond_the_limit_after_the_day_and_without_reasons(
    office: Office, file: Case
) -> None:
    for length, at in ((31, days(10)), (5, days(90))):
        with pytest.raises(Refused):
            extend(file, length=length, reason="Tarda.", by=office.by, at=at)
    with refusing(file, "length_missing"):
        extend(file, length=0, reason="Tarda.", by=office.by, at=days(10))
    with refusing(file, "reasons_missing"):
        extend(file, length=5, reason=" ", by=office.by, at=days(10))
    assert not DeadlineEvent.objects.filter(case=file).exists()
    extend(file, length=20, reason="Tarda.", by=office.by, at=days(10))
    with pytest.raises(Refused):  # All extensions together.
        extend(file, length=20, reason="Tarda.", by=office.by, at=days(12))
    assert DeadlineEvent.objects.filter(case=file).count() == 1


def test_rules_that_allow_none_are_named(cast: Cast) -> None:
    office = the_office(cast)
    file = a_file_being_heard(cast, a_case(cast, stage=Stage.ANSWERED))
    with pytest.raises(Refused) as caught:
        extend(file, length=5, reason="Tarda.", by=office.by, at=days(10))
    assert "Customer ombudsman" in str(caught.value.refusal)
    assert Deadline.objects.get(case=file, duty="respond").due_on == date(2027, 1, 23)


def test_only_the_office_and_only_while_both_are_heard(
    cast: Cast, office: Office, case: Case, file: Case
) -> None:
    for by in (COMPLAINANT, staff(cast.bruno), staff(cast.gia), staff(cast.carla)):
        with refusing(file, "not_permitted"):
            extend(file, length=5, reason="Tarda.", by=by, at=days(10))
    early = bring(a_case(cast, stage=Stage.ANSWERED), text="Look.", by=COMPLAINANT, at=days(3)).file
    with refusing(early, "not_now"):
        extend(early, length=5, reason="Tarda.", by=office.by, at=days(4))
