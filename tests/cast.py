"""The same people in every test, and cases that went through actions to where a test needs them.

Ana complains, Bruno handles, Carla leads his team, Dario works elsewhere and must see nothing,
Elena
represents Ana, Félix is the dispute resolver, Gia audits; Hugo approves, Inés answers for the area
of billing.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.db.models import F

from valedor.bodies.actions.set_body import set_body
from valedor.bodies.models import Body
from valedor.casefile.actors import COMPLAINANT, By, staff
from valedor.casefile.models import Case, Entry, Grievance, Kind, Letter, Stage
from valedor.casefile.viewing import the_house, viewing
from valedor.config.publishing import publish
from valedor.foundation.refusals import Refused
from valedor.handling.actions.accept_answer import accept_answer
from valedor.handling.actions.answered import letter_accepted
from valedor.handling.actions.assess import assess
from valedor.handling.actions.close import close
from valedor.handling.actions.decide import decide
from valedor.handling.actions.find import find
from valedor.handling.actions.respond import respond
from valedor.handling.actions.take import take
from valedor.handling.models import Closure, Decision, Finding, Response
from valedor.intake.actions.receive import receive
from valedor.intake.submission import MandateGiven, PersonGiven, Submission
from valedor.people.models import (
    Account,
    Configuration,
    Entity,
    Mandate,
    Organisation,
    PromotionConsent,
    Role,
    RoleGrant,
    Team,
)
from valedor.procedures.models import Area, AuthorityLimit, Category, RedressOption

FRIDAY = datetime(2026, 11, 20, 9, 14, tzinfo=UTC)
"""When Ana complains, unless a test says otherwise: 10:14 in Barcelona."""

_numbers = count(1)


def hours(number: float) -> datetime:
    """So many hours after Ana complained."""
    return FRIDAY + timedelta(hours=number)


def days(number: float) -> datetime:
    """So many days after Ana complained."""
    return FRIDAY + timedelta(days=number)


@dataclass
class Cast:
    """An organisation of two entities with their people."""

    besos: Entity
    ipe: Entity
    attention: Team
    complex_team: Team
    elsewhere: Team
    billing: Area
    water_cut: Category
    double_charge: Category
    bruno: Account
    carla: Account
    dario: Account
    felix: Account
    gia: Account
    hugo: Account
    ines: Account
    others: dict[str, Account] = field(default_factory=dict)

    def join(self, username: str, role: Role = Role.HANDLER, team: Team | None = None) -> Account:
        """Somebody more, in Bruno's team unless said otherwise."""
        account = _account(username, role, team or self.attention)
        self.others[username] = account
        return account


def the_cast() -> Cast:
    """Everybody, with the rules of Spain's consumer law and of ISO 10002 in force at one entity."""
    publish(at=FRIDAY - timedelta(days=300))
    Organisation.objects.get_or_create(defaults={"name": "Grup Besòs"})
    besos = Entity.objects.create(
        key="besos",
        name="Aigües del Besòs",
        sector="water",
        country="ES",
        region="ES-CT",
        timezone="Europe/Madrid",
        languages=["ca", "es", "en"],
        default_language="ca",
        regimes=["es-trlgdcu-21", "iso-10002"],
        facts={"consumer_relation": True, "adopted_voluntarily": True, "trader_adhered": True},
        telephone="900 123 456",
    )
    ipe = Entity.objects.create(
        key="ipe",
        name="Ipê Telecom",
        sector="telecom",
        country="BR",
        region="BR-RJ",
        timezone="America/Sao_Paulo",
        languages=["pt-br"],
        default_language="pt-br",
        regimes=["br-sac"],
        facts={"consumer_relation": True},
    )
    attention = _team("attention", Team.Purpose.GENERAL, besos)
    complex_team = _team("complex", Team.Purpose.COMPLEX, besos)
    area_team = _team("billing", Team.Purpose.AREA, besos)
    elsewhere = _team("ipe-attention", Team.Purpose.GENERAL, ipe)
    billing = Area.objects.create(
        entity=besos, key="billing", name=_words("Billing"), team=area_team
    )
    water_cut = _category(besos, "water-cut", "Water cut")
    double_charge = _category(besos, "double-charge", "Charged twice", area=billing)
    for key, has_amount in (("refund", True), ("apology", False), ("repair", False)):
        RedressOption.objects.create(
            entity=besos,
            key=key,
            name=_words(key.title()),
            has_amount=has_amount,
            needs_proof=key != "apology",
        )
    for role, amount in ((Role.HANDLER, 100), (Role.LEAD, 500), (Role.APPROVER, 5000)):
        AuthorityLimit.objects.create(entity=besos, role=role, amount=amount, currency="EUR")
    cast = Cast(
        besos=besos,
        ipe=ipe,
        attention=attention,
        complex_team=complex_team,
        elsewhere=elsewhere,
        billing=billing,
        water_cut=water_cut,
        double_charge=double_charge,
        bruno=_account("bruno", Role.HANDLER, attention),
        carla=_account("carla", Role.LEAD, attention),
        dario=_account("dario", Role.HANDLER, elsewhere),
        felix=_account("felix", Role.OMBUDSMAN, None, besos),
        gia=_account("gia", Role.AUDITOR, None, besos, ipe),
        hugo=_account("hugo", Role.APPROVER, attention),
        ines=_account("ines", Role.AREA, area_team),
    )
    Configuration.objects.update(number=F("number") + 1)
    return cast


def under(cast: Cast, *regimes: str, **facts: bool) -> None:
    """Have these regimes hold at Besòs from here on, with these facts true or not."""
    Entity.objects.filter(pk=cast.besos.pk).update(
        regimes=list(regimes), facts=cast.besos.facts | facts
    )
    Configuration.objects.update(number=F("number") + 1)


def _words(text: str) -> dict[str, str]:
    return dict.fromkeys(("es", "ca", "en", "pt-br"), text)


def _team(key: str, purpose: Team.Purpose, *entities: Entity) -> Team:
    team = Team.objects.create(key=key, name=_words(key.title()), purpose=purpose)
    team.entities.set(entities)
    return team


def _category(entity: Entity, key: str, name: str, *, area: Area | None = None) -> Category:
    return Category.objects.create(
        entity=entity, key=key, name=_words(name), area=area, valid_from="2020-01-01"
    )


def _account(username: str, role: Role, team: Team | None, *entities: Entity) -> Account:
    account = Account.objects.create_account(username=username, name=username.title())
    grant = RoleGrant.objects.create(account=account, role=role, team=team, granted_at=FRIDAY)
    grant.entities.set(entities)
    return account


# ------------------------------------------------------------------ cases
ANA = PersonGiven(name="Ana Puig", email="ana@example.org")
ELENA = PersonGiven(name="Elena Roca", email="elena@example.org")


def a_submission(cast: Cast, **more: Any) -> Submission:
    """What Ana files."""
    values: dict[str, Any] = {
        "entity_id": cast.besos.pk,
        "kind": Kind.COMPLAINT,
        "channel": Case.Channel.WEB_FORM,
        "language": "es",
        "received_at": FRIDAY,
        "person": ANA,
        "narrative": f"Me cobran dos veces la factura {next(_numbers)}. Llamé y nadie respondió.",
        "grievances": ("Me cobran dos veces.", "Nadie respondió."),
        "category_id": cast.double_charge.pk,
    }
    return Submission(**(values | more))


def a_body(key: str, *, by: Account | None = None, **more: Any) -> Body:
    """A body outside the house: the arbitration board of Catalonia, unless said otherwise."""
    values: dict[str, Any] = {
        "kind": "consumer_arbitration_board",
        "name": {"es": f"Junta {key}"},
        "country": "ES",
        "place": "ES-CT",
        "method": "determinative",
        "valid_from": date(2025, 1, 1),
        "source": "https://body.example/",
        "checked_on": date(2026, 11, 1),
    }
    return set_body(key, by=by, at=FRIDAY, **(values | more))


def a_consent(case: Case, by: Account, **more: Any) -> PromotionConsent:
    """The complainant of a case said yes to promotional contact on a form, a year before."""
    values: dict[str, Any] = {
        "channel": "in_person",
        "occasion": "signed_form",
        "giver": "person",
        "words": "Sí, quiero recibir ofertas por correo electrónico.",
        "version": "M-12",
        "language": "es",
        "given_at": days(-365),
        "recorded_at": days(-365),
        "recorded_by": by,
    }
    return PromotionConsent.objects.create(
        person_id=case.complainant_id or 0, **({"entity_id": case.entity_id} | values | more)
    )


def by_elena(cast: Cast, **more: Any) -> Submission:
    """What Elena files for Ana."""
    return a_submission(
        cast, person=ELENA, mandate=MandateGiven(represented=ANA, basis="power of attorney"), **more
    )


def a_case(
    cast: Cast,
    *,
    stage: Stage = Stage.RECEIVED,
    submission: Submission | None = None,
    by: Account | None = None,
    **more: Any,
) -> Case:
    """A case at a stage, an hour between the steps, each done by Bruno through its action."""
    submission = submission or a_submission(cast, **more)
    case = receive(submission, at=submission.received_at).case
    hand = staff(by or cast.bruno)
    steps: list[tuple[Stage, Callable[[datetime], Any]]] = [
        (Stage.RECEIVED, lambda at: None),
        (Stage.ASSESSED, lambda at: _assessed(case, hand, at)),
        (Stage.INVESTIGATION, lambda at: _found(case, hand, at)),
        (Stage.DECIDED, lambda at: decide_all(case, hand, at)),
        (Stage.ANSWERED_NOT_SENT, lambda at: respond(case, by=hand, at=at)),
        (Stage.ANSWERED, lambda at: letters_leave(case, at)),
        (Stage.CLOSED, lambda at: _agreed(case, hand, at)),
    ]
    with acting(cast):
        for number, (reached, step) in enumerate(steps):
            step(submission.received_at + timedelta(hours=number))
            if reached == stage:
                return again(case)
    raise ValueError(f"no way leads a_case to {stage}")


def _assessed(case: Case, by: By, at: datetime) -> None:
    assess(case, severity=2, difficulty="simple", by=by, at=at, give_out=False)
    take(case, by=by, at=at)


def _found(case: Case, by: By, at: datetime) -> None:
    line = Entry.objects.filter(case=case).order_by("sequence")[:1]
    find(case, text="Charged twice.", side=Finding.Side.COMPLAINANT, entries=line, by=by, at=at)


def _agreed(case: Case, by: By, at: datetime) -> None:
    accept_answer(case, by=COMPLAINANT, at=at)
    close(case, reason=Closure.Reason.AGREED, by=by, at=at)


def decide_all(
    case: Case, by: By, at: datetime, outcome: Decision.Outcome = Decision.Outcome.UPHELD
) -> None:
    """Every point of a case decided alike."""
    for grievance in Grievance.objects.filter(case=case, withdrawn_at=None):
        decide(
            case,
            grievance=grievance,
            outcome=outcome,
            reasons="El registro muestra dos cargos.",
            grounds="Contrato, cláusula 4.",
            by=by,
            at=at,
        )


def letters_leave(case: Case, at: datetime) -> None:
    """The mail server takes over whatever waits to be sent of a case."""
    waiting = Letter.objects.filter(case=case, state__in=["queued", "waiting"])
    for letter in list(waiting):
        letter.state, letter.accepted_at = Letter.State.ACCEPTED, at
        letter.save(update_fields=["state", "accepted_at"])
        letter_accepted(case, letter=letter, at=at)


def again(case: Case) -> Case:
    """A case as the database has it now."""
    return Case.objects.select_related("entity", "complainant", "team", "holder").get(pk=case.pk)


def widen_or_narrow(case: Case, scope: Mandate.Scope) -> None:
    """Change how far the mandate of a case reaches."""
    assert case.mandate is not None
    case.mandate.scope = scope
    case.mandate.save(update_fields=["scope"])


def the_response(case: Case) -> Response:
    """The answer of a case."""
    return Response.objects.filter(case=case, replaced_at=None).latest("at")


@contextmanager
def acting(cast: Cast) -> Iterator[None]:
    """The transaction in which a test acts, seeing what both entities hold."""
    with viewing(the_house(cast.besos, cast.ipe)):
        yield


# ------------------------------------------------------------------ looking
def kinds_of(case: Case) -> list[str]:
    """The codes of what happened to a case, in order."""
    return list(Entry.objects.filter(case=case).order_by("sequence").values_list("kind", flat=True))


@dataclass(frozen=True)
class Untouched:
    """How a case stood, to be compared with how it stands."""

    lines: int
    row: Mapping[str, Any]


def snapshot(case: Case) -> Untouched:
    """How a case stands: a refusal leaves it exactly so."""
    row = Case.objects.filter(pk=case.pk).values().get()
    return Untouched(Entry.objects.filter(case=case).count(), row)


@contextmanager
def refusing(case: Case, code: str) -> Iterator[None]:
    """What happens inside is refused with this code and leaves the case exactly as it was."""
    before = snapshot(case)
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.code == code, str(caught.value.refusal)
    assert str(caught.value.refusal)
    assert snapshot(case) == before
