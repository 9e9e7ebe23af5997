"""Where the person can turn to after the office: every other body that the rules of the company and
of the office name, and the courts in any case.
"""

from typing import Any

from django.db.models import Q

from valedor.casefile.models import Case, Instance
from valedor.handling import next_steps
from valedor.procedures.bodies import with_the_courts
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.vocabulary_tables import vocabulary
from valedor.review.office.models import Proceeding


def doors_left(file: Case, house: HouseRules) -> list[dict[str, Any]]:
    """The rows of a letter that names them, in the language of the person."""
    about = Proceeding.objects.filter(case=file, about__isnull=False).values("about")
    instances = Instance.objects.filter(Q(case=file) | Q(case__in=about))
    known = vocabulary("bodies")
    named = {
        body
        for instance in instances
        for body in next_steps.bodies_of(instance, house, next_steps.AFTER_AN_ANSWER)
        if known[body].instance not in {"company", "ombudsman"}
    }
    return [next_steps.row_of(body, house, file.language) for body in with_the_courts(named)]
