"""Cases before other bodies, at each step at which something can be posted about them."""

from datetime import date
from typing import Any

from tests.cast import Cast, days
from valedor.casefile.actors import staff
from valedor.casefile.models import Case
from valedor.disputes.actions.conclude import conclude, follow
from valedor.disputes.actions.hearing_dates import set_hearing
from valedor.disputes.actions.speak_before_body import take_proposal
from valedor.disputes.actions.turn_to_body import take_notice
from valedor.disputes.models import Referral
from valedor.disputes.referral.bodies import forum_of
from valedor.handling.actions.carry_out_redress import carry_out_redress
from valedor.handling.models import Redress
from valedor.procedures.house_rules import house_rules
from valedor.procedures.models import RedressOption


def of_the_disputed(cast: Cast, cases: dict[str, Case]) -> dict[str, Any]:
    """One whose notice came, one with a hearing and a proposal, one with a recommendation, one
    with everything done.
    """
    by, at = staff(cast.bruno), days(2)
    notified = before_the_office(cast, cases["notified"])
    heard = before_the_office(cast, cases["heard"])
    hearing = set_hearing(
        cases["heard"], referral=heard, starts_at=days(9), place="Room 2", by=by, at=at
    )
    proposal = take_proposal(cases["heard"], referral=heard, text="Half of it.", by=by, at=at)
    advised = _advised(cast, cases["advised"])
    done = _advised(cast, cases["done"])
    follow(cases["done"], referral=done, follows=True, by=by, at=at)
    redress = Redress.objects.get(case=cases["done"], state=Redress.State.ACCEPTED)
    carry_out_redress(cases["done"], redress=redress, proof_text="Sent.", by=by, at=at)
    return {
        "the notified body": notified.pk,
        "the hearing date": hearing.pk,
        "the proposal": proposal.pk,
        "the advising body": advised.pk,
        "the body that is done": done.pk,
    }


def before_the_office(cast: Cast, case: Case) -> Referral:
    """The consumer office of the town asks for the company's word by the fourth of December."""
    office = forum_of(
        house_rules(cast.besos.pk), "kind:consumer_office", language="en", on=date(2026, 11, 22)
    )
    return take_notice(
        case, forum=office, notified_at=days(1), text="What happened?",
        answer_by=date(2026, 12, 4), by=staff(cast.bruno), at=days(1),
    )  # fmt: skip


def _advised(cast: Cast, case: Case) -> Referral:
    referral = before_the_office(cast, case)
    option = RedressOption.objects.get(entity=cast.besos, key="apology")
    return conclude(
        case, referral=referral, result=Referral.Result.UPHELD, text="Say sorry.",
        concluded_on=date(2026, 11, 22), binds=False, option=option, to_do="Sorry.",
        by=staff(cast.bruno), at=days(2),
    )  # fmt: skip
