"""No two limits of one case read alike, whatever it is about, under the demonstration's regimes."""

import tomllib
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.utils.translation import override

from tests.cast import Cast, days, the_cast
from valedor.casefile.limits.begin import begin
from valedor.casefile.models import Case, Deadline, Instance, Kind
from valedor.config.demonstration.house import FOLDER
from valedor.foundation.multilingual import LANGUAGES
from valedor.handling.queries import CaseState
from valedor.people.models import Configuration, Entity
from valedor.procedures.house_rules import HouseRules, house_rules
from valedor.telling.reader import Reader
from valedor.telling.told_apart import labels_of

HOUSES: dict[str, Any] = tomllib.loads((FOLDER / "house.toml").read_text("utf-8"))["entities"]


def set_up_as(key: str, people: Cast) -> HouseRules:
    """An entity under the regimes of one of the demonstration's."""
    entity, told = getattr(people, key), HOUSES[key]
    Entity.objects.filter(pk=entity.pk).update(
        **{name: told.get(name, []) for name in ("regimes", "promised_regimes")},
        facts=told["facts"],
        trade_answer_hours=told["trade_answer_hours"],
    )
    Configuration.objects.update(number=98)
    return house_rules(entity.pk)


def lived(case: Case, house: HouseRules) -> tuple[list[Deadline], CaseState]:
    """Every limit of a case that was contested, and one that was reopened before."""
    company = Instance(pk=1, kind=Instance.Kind.COMPANY)
    review = Instance(pk=2, kind=Instance.Kind.REVIEW)
    begun = []
    for instance, at in ((company, days(0)), (company, days(20)), (review, days(40))):
        again = Instance(pk=instance.pk, kind=Instance.Kind.COMPANY)
        begun += begin(case, again, house, starts_at=at, registered_at=at + timedelta(hours=1))
    state = SimpleNamespace(instances=(company, review), redress=())
    return begun, cast("CaseState", state)


@pytest.mark.django_db
@pytest.mark.parametrize("key", HOUSES)
def test_no_two_limits_of_a_case_read_alike(key: str) -> None:
    house = set_up_as(key, the_cast())
    matters = {str(one.get("facts", {})): one for one in HOUSES[key]["categories"].values()}
    for kind in Kind:
        for matter in (*matters.values(), {}):
            case = Case(kind=kind, facts=matter.get("facts", {}), entity=house.entity)
            begun, state = lived(case, house)
            assert begun
            for reader in (Reader.STAFF, Reader.COMPLAINANT):
                with override("en"):
                    labels = labels_of(begun, reader, house, state)
                read = list(labels.values())
                assert sorted(read) == sorted(set(read)), (kind, matter)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_laws_on_the_same_answer_are_told_by_their_short_names(language: str) -> None:
    house = set_up_as("besos", the_cast())
    case = Case(kind=Kind.CLAIM, facts={"matter_other": True}, entity=house.entity)
    begun = begin(
        case,
        Instance(pk=1, kind=Instance.Kind.COMPANY),
        house,
        starts_at=days(0),
        registered_at=days(0),
    )
    answers = [one for one in begun if one.duty == "respond" and one.role == Deadline.Role.LAW]
    with override(language):
        labels = set(labels_of(answers, Reader.STAFF, house).values())
    assert (
        labels
        == {
            "es": {
                "Respuesta, por ley: La ley de consumidores",
                "Respuesta, por ley: El código de consumo de Cataluña",
            },
            "ca": {
                "Resposta, per llei: La llei de consumidors",
                "Resposta, per llei: El Codi de consum de Catalunya",
            },
            "pt-br": {
                "Resposta, por lei: A lei espanhola de defesa do consumidor",
                "Resposta, por lei: O código de consumo da Catalunha",
            },
            "en": {
                "Answer, by law: Spain's consumer law",
                "Answer, by law: Catalonia's consumer code",
            },
        }[language]
    )
