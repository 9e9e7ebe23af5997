from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, a_case, again, by_elena, days, under
from valedor.casefile.models import Case, Deadline, Entry, Letter, Message, Stage
from valedor.handling.actions.sweep import sweep
from valedor.handling.models import Alarm
from valedor.intake.submission import PersonGiven
from valedor.people.models import ContactPoint
from valedor.procedures.models import LetterTemplate

KIND = "no_answer_in_time"
LATE = days(16)  # Art. 21.3 TRLGDCU gives fifteen calendar days.


def jobs_of(letter: Letter) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE args = %s::jsonb",
            [f'{{"letter_id": {letter.pk}}}'],
        )
        return int(cursor.fetchone()[0])


def test_whoever_waits_is_told_where_to_turn_in_their_language_and_once(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION, language="ca")
    for _twice in range(2):
        sweep(at=LATE)
    letter = Letter.objects.get(case=case, kind=KIND)
    assert (letter.state, letter.channel) == (Letter.State.QUEUED, Case.Channel.EMAIL)
    assert (letter.language, letter.queued_at) == ("ca", LATE)
    assert jobs_of(letter) == 1
    assert letter.subject.startswith("No us hem respost a temps")
    assert "5 de desembre del 2026" in letter.body
    assert "entitat acreditada de resolució de litigis de consum. És de franc." in letter.body
    assert "No perdeu cap dret" in letter.body
    assert "no us costa res" in letter.body
    opened = Entry.objects.get(case=case, kind="case.next_step_opened")
    assert Message.objects.get(entry=opened).letter == letter


def test_whoever_has_no_email_gets_it_on_paper(cast: Cast) -> None:
    person = PersonGiven(name="Pere Vidal", postal_address="Carrer Major, 1\n08930 Sant Adrià")
    case = a_case(cast, channel=Case.Channel.LETTER, person=person)
    sweep(at=LATE)
    letter = Letter.objects.get(case=case, kind=KIND)
    assert (letter.state, letter.channel) == (Letter.State.WAITING, Case.Channel.LETTER)
    assert letter.due_at == LATE + timedelta(days=1)


def test_it_goes_to_whoever_speaks_for_the_person(cast: Cast) -> None:
    case = a_case(cast, submission=by_elena(cast))
    sweep(at=LATE)
    letter = Letter.objects.select_related("recipient").get(case=case, kind=KIND)
    assert letter.recipient is not None
    assert letter.recipient.name == "Elena Roca"


def test_a_door_that_opens_after_a_month_is_told_with_its_day(cast: Cast) -> None:
    """Ley 10/2025: dispute bodies open a month after filing (Ley 7/2017, art. 18.1.a)."""
    under(cast, "es-trlgdcu-21", "es-lsac-2025", large_company=True, basic_service=True)
    case = a_case(cast, received_at=days(60), facts={"matter_other": True})
    sweep(at=days(60 + 16))
    letter = Letter.objects.get(case=case, kind=KIND)
    now, later = letter.body.split("más adelante también a:")
    assert "Arbitral de Consumo" in now
    assert "organismo de resolución de litigios del sector, desde el 20 de febrero de 2027" in later
    assert "Arbitral de Consumo" not in later


def test_an_anonymous_case_gets_no_letter(cast: Cast) -> None:
    case = a_case(cast, person=PersonGiven())
    Case.objects.filter(pk=case.pk).update(complainant=None)
    sweep(at=LATE)
    assert not Letter.objects.filter(case=case, kind=KIND).exists()
    assert Entry.objects.filter(case=case, kind="case.next_step_opened").count() == 1


def test_what_was_late_in_another_register_is_not_told_again(cast: Cast) -> None:
    case = a_case(cast)
    Case.objects.filter(pk=case.pk).update(source="old-register", registered_at=days(100))
    sweep(at=days(101))
    assert not Letter.objects.filter(case=case, kind=KIND).exists()


def test_what_is_marked_as_abuse_waits_for_somebody(cast: Cast) -> None:
    case = a_case(cast, is_marked_abuse=True)
    sweep(at=LATE)
    letter = Letter.objects.get(case=case, kind=KIND)
    assert letter.state == Letter.State.WAITING
    assert jobs_of(letter) == 0


def test_an_own_wording_that_cannot_be_filled_in_becomes_work_for_somebody(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION)
    shipped = LetterTemplate.objects.filter(key=KIND, entity=None).latest("number")
    LetterTemplate.objects.create(
        entity=cast.besos,
        key=KIND,
        number=1,
        subject=shipped.subject,
        body=dict.fromkeys(shipped.body, "{reason}"),
        contents=[],
        published_at=days(0),
    )
    under(cast, "es-trlgdcu-21")
    sweep(at=LATE)
    assert not Letter.objects.filter(case=case, kind=KIND).exists()
    alarm = Alarm.objects.get(case=case, cause=Alarm.Cause.LETTER_FAILED)
    assert alarm.account == cast.bruno
    assert again(case).urgency == "overdue"


@pytest.mark.parametrize("cases", [1, 6])
def test_many_letters_cost_as_many_queries_as_one(cast: Cast, cases: int) -> None:
    for _ in range(cases):
        a_case(cast)
    sweep(at=days(13))
    due = Deadline.objects.filter(duty="respond", role="law")
    assert due.count() == cases
    with CaptureQueriesContext(connection) as queries:
        sweep(at=LATE)
    reads = [one["sql"] for one in queries if one["sql"].startswith("SELECT")]
    about = [sql for sql in reads if "people_contactpoint" in sql or "casefile_instance" in sql]
    assert len(about) == 2
    assert Letter.objects.filter(kind=KIND).count() == cases
    assert ContactPoint.objects.exists()
