"""The office at Besòs: Félix holds it, Olga stands in for him, Nil is their clerk."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.cast import Cast, a_submission, acting, days, under
from valedor.casefile.actors import COMPLAINANT, By, staff
from valedor.casefile.documents import keep_file
from valedor.casefile.models import Case, Grievance
from valedor.handling.models import Decision
from valedor.people.models import Account, Role, RoleGrant, Team
from valedor.review.office.actions.admit import admit
from valedor.review.office.actions.appoint import appoint, declare
from valedor.review.office.actions.bring import bring, bring_first_hand
from valedor.review.office.actions.hear import ask
from valedor.review.office.actions.opine import (
    ConclusionGiven,
    apply_principles,
    conclude,
    hold_proved,
    sign,
)
from valedor.review.office.addressing import address
from valedor.review.office.models import Appointment, Hearing, Opinion, Statement
from valedor.review.office.recommendations.actions import recommend
from valedor.review.office.recommendations.models import Recommendation

WORDS = dict.fromkeys(("es", "ca", "en", "pt-br"), "Síndica de la clientela")


@dataclass
class Office:
    """Who sits in it, and by which appointment."""

    team: Team
    felix: Account
    olga: Account
    nil: Account
    appointment: Appointment

    @property
    def by(self) -> By:
        """Whoever holds the office."""
        return staff(self.felix)


def the_office(cast: Cast) -> Office:
    """An office in force from a year before to a year after Ana complained."""
    under(
        cast, "es-trlgdcu-21", "iso-10002", "generic-ombudsman",
        ombudsman_appointed=True, law_rules_ombudsman=False,
    )  # fmt: skip
    cast.besos.refresh_from_db()
    team = Team.objects.create(key="seat-of-the-office", name=WORDS, purpose=Team.Purpose.OMBUDSMAN)
    team.entities.set([cast.besos])
    RoleGrant.objects.filter(account=cast.felix).update(team=team)
    olga = cast.join("olga_substitute", Role.OMBUDSMAN, team)
    nil = cast.join("nil_clerk", Role.OMBUDSMAN_CLERK, team)
    appointment = appointed(cast, cast.felix)
    appointed(cast, olga, substitute_for=appointment)
    return Office(team, cast.felix, olga, nil, appointment)


def appointed(
    cast: Cast, account: Account, *, substitute_for: Appointment | None = None
) -> Appointment:
    """Somebody appointed for two years, with nothing to declare, then and now."""
    made = appoint(
        cast.besos,
        account,
        title=WORDS,
        standing=dict.fromkeys(WORDS, "Jurista, vint anys de mediació"),
        appointed_by="Consell d'administració",
        begins_on=days(-300).date(),
        ends_on=(days(-300) + timedelta(days=730)).date(),
        ties="",
        by=None,
        at=days(-300),
        substitute_for=substitute_for,
    )
    declare(made, ties="", by=account, at=days(-1))
    return made


def a_file_and_a_hearing(cast: Cast, case: Case) -> tuple[Case, Hearing]:
    """A file that waits to be admitted, and a question of the office about a case."""
    office = the_office(cast)
    file = bring_first_hand(a_submission(cast), by=COMPLAINANT, at=days(1)).file
    with acting(cast):
        hearing = address(
            case, file, Hearing.What.STATEMENT, of=1, text="Why twice?", by=office.by, at=days(1),
            answer_by=days(400),
        )  # fmt: skip
    return file, hearing


def a_file_being_heard(cast: Cast, case: Case) -> Case:
    """A case that was answered, brought to the office with a document, and admitted."""
    kept = keep_file("bill.txt", [b"Charged twice."])
    file = bring(case, text="Look again.", by=COMPLAINANT, at=days(3), documents=[kept]).file
    admit(file, by=staff(cast.felix), at=days(3))
    return file


def an_opinion(
    cast: Cast,
    office: Office,
    case: Case,
    *,
    outcome: Decision.Outcome = Decision.Outcome.UPHELD,
    principles: str = "Nadie paga dos veces lo mismo.",
    at: datetime | None = None,
) -> tuple[Case, Opinion]:
    """The opinion on a case, signed ten days after the matter was brought."""
    at = at or days(3)
    file = bring(case, text="No han mirado el contador.", by=COMPLAINANT, at=at).file
    admit(file, by=office.by, at=at)
    with acting(cast):
        ask(
            file, side=Statement.Side.COMPANY, text="¿Por qué dos cargos?",
            answer_by=at + timedelta(days=9), by=office.by, at=at,
        )  # fmt: skip
        hold_proved(file, text="Hubo dos cargos.", shown_by="Extracto", by=office.by, at=at)
        apply_principles(file, text=principles, binds=False, by=office.by, at=at)
        for point in Grievance.objects.filter(case=file):
            owes = outcome != Decision.Outcome.NOT_UPHELD
            given = ConclusionGiven(
                grievance=point,
                outcome=outcome,
                reasons="Está probado que la compañía cobró la reparación.",
                to_do="Devuelva 24 €." if owes else "",
                do_by=days(60).date() if owes else None,
            )
            conclude(file, given=given, by=office.by, at=at)
        return file, sign(file, by=office.by, at=at + timedelta(days=10))


def a_recommendation(
    cast: Cast, *, title: str = "Fotografiar el comptador", at: datetime | None = None
) -> Recommendation:
    """Something that Félix recommends to the company."""
    at = at or days(1)
    return recommend(
        cast.besos,
        title=title,
        text="Que qui canvia un comptador en faci una fotografia.",
        answer_by=(at + timedelta(days=30)).date(),
        by=cast.felix,
        at=at,
    )
