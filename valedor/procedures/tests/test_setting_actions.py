"""What an entity adds to the law: each act works, leaves its line, and refuses what may not be."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import transaction

from valedor.foundation.refusals import Refused
from valedor.people.actions.accounts import add_account
from valedor.people.actions.entities import add_entity
from valedor.people.actions.establish import establish
from valedor.people.acts import Act
from valedor.people.models import AdministrationEntry, Entity
from valedor.procedures.actions.adopt_regimes import adopt_regimes
from valedor.procedures.actions.areas import set_area
from valedor.procedures.actions.categories import add_category, change_category, end_category
from valedor.procedures.actions.letters import publish_letter
from valedor.procedures.actions.notices import publish_privacy_notice
from valedor.procedures.actions.redress import set_authority_limit, set_redress_option
from valedor.procedures.actions.targets import end_target, set_target
from valedor.procedures.house_rules import house_rules
from valedor.procedures.letter_templates import publish_shipped, shipped_letters
from valedor.procedures.models import InternalTarget, LetterTemplate

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
BOTH = {"ca": "Text", "es": "Texto"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def besos() -> Entity:
    establish("Grup Besòs", at=AT)
    entity = add_entity(
        "besos", name="Besòs", country="ES", region="ES-CT", languages=["ca", "es"], by=None, at=AT
    )
    adopt_regimes(
        entity, regimes=["es-trlgdcu-21"], facts={"consumer_relation": True}, by=None, at=AT
    )
    entity.refresh_from_db()
    return entity


def refusal(act: object, *args: object, **kwargs: object) -> str:
    """The code with which an action refuses; and that it left nothing."""
    before = AdministrationEntry.objects.count()
    with pytest.raises(Refused) as refused, transaction.atomic():
        act(*args, **{"by": None, "at": AT, **kwargs})  # type: ignore[operator]
    assert str(refused.value.refusal)
    assert AdministrationEntry.objects.count() == before
    return refused.value.code


def lines(act: Act) -> int:
    return AdministrationEntry.objects.filter(act=act).count()


def test_only_administrators(besos: Entity) -> None:
    bruno = add_account("bruno", name="Bruno", by=None, at=AT)
    text = {"ca": "x", "es": "x"}
    acts: list[tuple[object, tuple[object, ...], dict[str, object]]] = [
        (adopt_regimes, (besos,), {"regimes": []}),
        (set_target, (besos, "respond"), {"name": text, "length": 3, "unit": "hours"}),
        (set_area, (besos, "x"), {"name": text, "team": None}),
        (add_category, (besos, "x"), {"name": text}),
        (publish_letter, (besos, "receipt"), {"subject": text, "body": text}),
        (set_redress_option, (besos, "x"), {"name": text}),
        (set_authority_limit, (besos, "handler", Decimal(1), "EUR"), {}),
        (publish_privacy_notice, (besos, text), {}),
    ]
    for act, args, kwargs in acts:
        assert refusal(act, *args, **kwargs, by=bruno) == "not_administrator"


@pytest.mark.parametrize(
    ("adopted", "code"),
    [
        ({"regimes": ["es-trlgdcu"]}, "unknown_regime"),
        ({"regimes": ["br-sac"]}, "regime_elsewhere"),
        ({"readings": {"es-lsac-2025/resolution": "x"}}, "reading_of_other_regime"),
        ({"readings": {"es-trlgdcu-21/replay": "x"}}, "unknown_clock"),
        ({"readings": {"es-trlgdcu-21/reply": "other"}}, "unknown_reading"),
        ({"facts": {"consumer": True}}, "unknown_fact"),
        ({"facts": {"consumer_relation": "yes"}}, "fact_not_yes_or_no"),
    ],
)
def test_regimes_are_known_and_of_the_place(
    besos: Entity, adopted: dict[str, object], code: str
) -> None:
    assert refusal(adopt_regimes, besos, **adopted) == code


def test_a_target_is_never_laxer_than_the_law_that_surely_holds(besos: Entity) -> None:
    target = {"name": BOTH, "unit": "calendar_days"}
    assert refusal(set_target, besos, "respond", length=16, **target) == "laxer_than_the_law"
    assert refusal(set_target, besos, "respond", length=1, **{**target, "unit": "months"}) == (
        "laxer_than_the_law"
    )
    set_target(besos, "respond", length=15, by=None, at=AT, **target)  # type: ignore[arg-type]
    # Kinds that the law does not speak of may have any target.
    set_target(besos, "respond", length=60, kinds=["thanks"], by=None, at=AT, **target)  # type: ignore[arg-type]
    assert refusal(set_target, besos, "reply", length=1, **target) == "unknown_duty"
    assert refusal(set_target, besos, "respond", length=0, **target) == "impossible_length"
    assert refusal(set_target, besos, "respond", length=1, **{**target, "unit": "weeks"}) == (
        "unknown_unit"
    )


def test_a_target_is_replaced_not_edited(besos: Entity) -> None:
    first = set_target(besos, "respond", name=BOTH, length=10, unit="calendar_days", by=None, at=AT)
    same = set_target(besos, "respond", name=BOTH, length=10, unit="calendar_days", by=None, at=AT)
    assert (same, lines(Act.TARGET_SET)) == (first, 1)
    set_target(besos, "respond", name=BOTH, length=7, unit="calendar_days", by=None, at=AT)
    first.refresh_from_db()
    assert first.ended_at == AT
    standing = InternalTarget.objects.get(ended_at=None)
    assert end_target(standing, by=None, at=AT)
    assert not end_target(standing, by=None, at=AT)


def test_a_category_needs_the_languages_of_the_entity_once_it_is_public(besos: Entity) -> None:
    assert refusal(add_category, besos, "x", name={"ca": "X"}) == "language_missing"
    hidden = add_category(besos, "x", name={"ca": "X"}, is_public=False, by=None, at=AT)
    assert refusal(change_category, hidden, is_public=True) == "language_missing"
    assert change_category(hidden, is_public=True, name=BOTH, by=None, at=AT)
    assert not change_category(hidden, name=BOTH, by=None, at=AT)
    assert refusal(add_category, besos, "X y", name=BOTH) == "key_unreadable"
    assert refusal(add_category, besos, "x", name=BOTH) == "key_taken"
    assert refusal(change_category, hidden, valid_until=date(2020, 1, 1)) == (
        "ends_before_it_begins"
    )
    assert end_category(hidden, date(2026, 12, 31), by=None, at=AT)
    hidden.refresh_from_db()
    assert hidden.valid_until == date(2026, 12, 31)


def test_an_own_letter_is_a_next_version_and_takes_the_place_of_the_shipped_one(
    besos: Entity,
) -> None:
    publish_shipped(AT)
    shipped = shipped_letters()["receipt"]
    subject = {**shipped.subject, "ca": "Rebut {reference}"}
    publish_letter(besos, "receipt", subject=subject, body=shipped.body, by=None, at=AT)
    publish_letter(besos, "receipt", subject=subject, body=shipped.body, by=None, at=AT)
    own = LetterTemplate.objects.exclude(entity=None).get()
    assert own.number == 1
    assert house_rules(besos.pk).letters["receipt"] == own
    text = {"subject": subject, "body": {**shipped.body, "en": " "}}
    assert refusal(publish_letter, besos, "receipt", **text) == "letter_language_missing"
    assert refusal(publish_letter, besos, "recepit", subject=subject, body=shipped.body) == (
        "letter_unknown"
    )
    lacking = {**shipped.body, "es": "Nada"}
    assert refusal(publish_letter, besos, "receipt", subject=subject, body=lacking) == (
        "letter_content_absent"
    )
    unknown = {**shipped.body, "es": shipped.body["es"] + " {nonsense}"}
    assert refusal(publish_letter, besos, "receipt", subject=subject, body=unknown) == (
        "letter_place_unknown"
    )


def test_redress_is_offered_changed_and_taken_out(besos: Entity) -> None:
    option = set_redress_option(besos, "refund", name=BOTH, has_amount=True, by=None, at=AT)
    assert refusal(set_redress_option, besos, "refund", name={"ca": "x"}) == "language_missing"
    assert refusal(set_redress_option, besos, "refund", name=BOTH, days_to_carry_out=0) == (
        "impossible_days"
    )
    set_redress_option(
        besos, "refund", name=BOTH, has_amount=True, is_offered=False, by=None, at=AT
    )
    assert option not in house_rules(besos.pk).redress_options
    set_redress_option(besos, "refund", name=BOTH, has_amount=True, by=None, at=AT)
    assert option in house_rules(besos.pk).redress_options


def test_authority_is_an_amount_in_a_currency_of_a_role_that_offers(besos: Entity) -> None:
    set_authority_limit(besos, "handler", Decimal("60"), "EUR", by=None, at=AT)
    set_authority_limit(besos, "handler", Decimal("60.00"), "EUR", by=None, at=AT)
    assert lines(Act.AUTHORITY_SET) == 1
    for role, amount, currency, code in (
        ("auditor", Decimal(1), "EUR", "unknown_role"),
        ("handler", Decimal(-1), "EUR", "impossible_amount"),
        ("handler", Decimal(1), "euro", "currency_unreadable"),
    ):
        assert refusal(set_authority_limit, besos, role, amount, currency) == code


def test_a_notice_is_numbered_and_whole(besos: Entity) -> None:
    publish_privacy_notice(besos, BOTH, by=None, at=AT)
    publish_privacy_notice(besos, BOTH, by=None, at=AT)
    publish_privacy_notice(besos, {**BOTH, "ca": "Nou"}, by=None, at=AT)
    assert [notice.number for notice in besos.privacy_notices.order_by("number")] == [1, 2]
    assert refusal(publish_privacy_notice, besos, {"ca": "x"}) == "language_missing"


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Europe/Madrid", date(2026, 11, 29)), ("America/Sao_Paulo", date(2026, 11, 28))],
)
def test_a_category_is_offered_from_the_day_of_its_entity(
    besos: Entity, zone: str, day: date
) -> None:
    besos.timezone = zone
    besos.save()
    midnight = datetime(2026, 11, 29, 0, 30, tzinfo=UTC)
    made = add_category(besos, "x", name={"ca": "X"}, is_public=False, by=None, at=midnight)
    assert made.valid_from == day
