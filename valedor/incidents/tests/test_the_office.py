"""Whoever turned to the ombudsman alone is nobody of whom the company may know."""

from tests.cast import Cast, a_submission, hours
from valedor.casefile.actors import COMPLAINANT
from valedor.incidents.collective.affected import affected
from valedor.incidents.collective.on_the_telephone import Caller, caller_at
from valedor.incidents.tests.test_collective import an_incident
from valedor.incidents.tests.test_tell_affected import somebody
from valedor.intake.submission import PersonGiven
from valedor.review.office.actions.bring import bring_first_hand
from valedor.review.tests.office_cast import the_office

MAR = PersonGiven(
    name="Mar", email="mar@example.org", telephone="600 713 248", place="Raval"
)  # fmt: skip


def test_they_are_neither_counted_nor_told_nor_known_on_the_telephone(cast: Cast) -> None:
    the_office(cast)
    pol = somebody(cast, "Pol")
    incident = an_incident(cast, places=["Raval"])
    bring_first_hand(a_submission(cast, person=MAR), by=COMPLAINANT, at=hours(1))
    assert [person for person, _way in affected(incident, at=hours(2))] == [pol]
    assert caller_at(cast.besos, "600 713 248", at=hours(2)) == Caller()
    # Once they are the company's, too, they are told as anybody.
    somebody(cast, "Mar")
    assert len(affected(incident, at=hours(2))) == 2
