"""Say no to an answer: whether it may be done, and doing it with the evidence that comes along."""

from datetime import datetime

from valedor.casefile.actors import By
from valedor.casefile.viewing import Viewer, the_house, viewing
from valedor.foundation.refusals import Refusal
from valedor.handling.queries import CaseState
from valedor.portal.inside import Inside
from valedor.portal.posts import Posted
from valedor.portal.writing import file_all
from valedor.review import rules
from valedor.review.actions.contest import contest


def why_not_contest(state: CaseState, *, by: By, at: datetime) -> Refusal | None:
    """What stands against contesting now."""
    return rules.why_not_contest(state, Viewer(case_id=state.case.pk), actor=by.actor)


def contest_in_words(place: Inside, posted: Posted) -> list[str]:
    """Contest with reasons and files; what could not be taken, as sentences. Raises ``Refused``."""
    kept, refused = posted.files()
    with viewing(the_house(place.house.entity)):
        contest(place.case, reasons=posted.text, by=place.by, at=place.at)
        posted.join(place.case)
        return file_all(place, kept, refused)
