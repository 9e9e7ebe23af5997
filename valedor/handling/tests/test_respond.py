from tests.cast import (
    Cast,
    a_case,
    again,
    hours,
    kinds_of,
)
from valedor.casefile.actors import staff
from valedor.casefile.models import Deadline, Stage
from valedor.handling.actions.respond import respond


def test_writes_a_letter_with_every_point_and_waits_for_it_to_leave(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.DECIDED)
    response = respond(case, by=staff(cast.bruno), at=hours(5), opening="Lo hemos revisado.")
    assert response.letter is not None
    assert "Me cobran dos veces." in response.letter.body
    assert "Nadie respondió." in response.letter.body
    assert "Lo hemos revisado." in response.letter.body
    assert again(case).stage == Stage.ANSWERED_NOT_SENT
    assert kinds_of(case)[-1] == "case.response_written"
    respond_by = Deadline.objects.filter(case=case, duty="respond")
    assert {deadline.state for deadline in respond_by} == {"running"}
