"""A case before another body and before the ombudsman at once: the office reads of the other one,
and gives way to it; the other one and the company read nothing of the office.
"""

from django.test import Client

from tests.architecture.visitors import signed_in
from tests.cast import Cast, a_case, again, days
from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.models import Stage
from valedor.disputes.tests.test_before_a_body import notified
from valedor.review.office.actions.admit import admit
from valedor.review.office.actions.bring import bring
from valedor.review.office.actions.opine import give_way
from valedor.review.office.models import Proceeding
from valedor.review.tests.office_cast import the_office


def test_the_office_reads_before_which_body_the_case_is_and_gives_way(cast: Cast) -> None:
    office = the_office(cast)
    case = a_case(cast, stage=Stage.ANSWERED)
    file = bring(case, text="Again.", by=COMPLAINANT, at=days(2)).file
    admit(file, by=office.by, at=days(2))
    felix = Client(headers={"accept-language": "en"})
    signed_in(cast.felix)(felix)
    page = f"/desk/office/{file.reference}"
    assert "Is before another body" not in felix.get(page).content.decode()
    referral = notified(cast, case)
    shown = felix.get(page).content.decode()
    assert "Is before another body" in shown
    assert referral.name.split(",")[0] in shown
    give_way(file, reasons="La OMIC lo tramita.", by=office.by, at=days(4))
    assert Proceeding.objects.get(case=file).refusal == Proceeding.Refusal.ELSEWHERE
    assert again(file).closed_at == days(4)
