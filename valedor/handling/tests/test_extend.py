from datetime import date

import pytest

from tests.cast import Cast, a_case, days, hours, kinds_of, refusing, under
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Deadline, Kind, Letter, Stage
from valedor.foundation.refusals import Refused
from valedor.handling.actions.answered import letter_accepted
from valedor.handling.actions.extend import extend
from valedor.handling.actions.tell_delay import tell_delay
from valedor.handling.models import DelayNotice


def test_refuses_with_the_name_of_the_law_that_allows_none(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    with refusing(case, "no_extension"):
        extend(case, length=5, reason="The meter.", by=staff(cast.bruno), at=hours(2))


def test_extends_within_the_regime_and_tells_the_person(cast: Cast) -> None:
    """GDPR art. 12(3): two further months, with reasons, inside the first month."""
    under(cast, "eu-gdpr", personal_data_request=True)
    case = a_case(cast, stage=Stage.ASSESSED, kind=Kind.DATA_REQUEST)
    limit = Deadline.objects.get(case=case, clock="answer")
    assert limit.due_on == date(2026, 12, 21)  # The 20th is a Sunday (Regulation 1182/71).
    bruno = staff(cast.bruno)
    with refusing(case, "length_missing"):
        extend(case, length=0, reason="Many.", by=bruno, at=hours(2))
    with refusing(case, "empty"):
        extend(case, length=2, reason=" ", by=bruno, at=hours(2))
    notice = extend(case, length=2, reason="Son muchas peticiones.", by=bruno, at=days(20))
    limit.refresh_from_db()
    assert limit.due_on == date(2027, 2, 22)
    assert (notice.extends, notice.deadline) == (True, limit)
    letter = Letter.objects.get(case=case, kind="extension")
    assert "Son muchas peticiones." in letter.body
    assert "22 de febrero de 2027" in letter.body
    assert kinds_of(case)[-1] == "case.extended"


def test_refuses_beyond_the_regimes_limit_and_after_the_due_day(cast: Cast) -> None:
    under(cast, "eu-gdpr", personal_data_request=True)
    case = a_case(cast, stage=Stage.ASSESSED, kind=Kind.DATA_REQUEST)
    for length, at in ((3, days(20)), (2, days(40))):
        with pytest.raises(Refused):
            extend(case, length=length, reason="Many.", by=staff(cast.bruno), at=at)


def test_telling_that_it_takes_longer_is_the_first_answer(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    respond_by = set(Deadline.objects.filter(case=case, duty="respond").values_list("due_at"))
    notice = tell_delay(
        case,
        reason="Esperamos la lectura.",
        expected_on=date(2026, 11, 27),
        by=staff(cast.bruno),
        at=hours(40),
    )
    assert notice.letter is not None
    assert "27 de noviembre de 2026" in notice.letter.body
    assert "5 de diciembre de 2026" in notice.letter.body  # The day that the law sets stays.
    first = Deadline.objects.get(case=case, duty="first_answer")
    assert first.state == "running"
    letter_accepted(case, letter=notice.letter, at=hours(41))
    first.refresh_from_db()
    assert first.state == "met"
    after = set(Deadline.objects.filter(case=case, duty="respond").values_list("due_at"))
    assert after == respond_by


def test_strangers_neither_extend_nor_tell(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    for stranger in (cast.dario, cast.gia, cast.ines, cast.hugo):
        by = staff(stranger)
        with refusing(case, "not_permitted"):
            extend(case, length=1, reason="-", by=by, at=hours(2))
        with refusing(case, "not_permitted"):
            tell_delay(case, reason="-", expected_on=date(2026, 12, 1), by=by, at=hours(2))
    with refusing(case, "not_permitted"):
        extend(case, length=1, reason="-", by=COMPLAINANT, at=hours(2))
    assert not DelayNotice.objects.filter(case=case).exists()
