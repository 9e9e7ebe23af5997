"""People and matters that came twice: merged with a reason, parted again, kept apart; who somebody
is shown by a code; a yes to promotional contact, and taken back.
"""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from valedor.casefile import letters
from valedor.casefile.actors import By, staff
from valedor.casefile.models import Case, Grievance, Kind
from valedor.casefile.viewing import the_house, viewing
from valedor.config.demonstration.house import FOLDER, Household
from valedor.config.demonstration.leaving import letters_leave
from valedor.handling.actions.assess import assess
from valedor.handling.actions.check_identity import check_identity, send_identity_code
from valedor.handling.actions.keep_apart import registered_apart
from valedor.handling.actions.merge import merge, unmerge
from valedor.handling.actions.split import split
from valedor.handling.actions.take import take
from valedor.handling.repeating import note_repetitions
from valedor.intake.actions.receive import receive
from valedor.intake.submission import PersonGiven, Submission
from valedor.people.actions.promotion import record_consent, withdraw_consent
from valedor.people.models import Account, ContactPoint, Entity, PromotionConsent, Role
from valedor.procedures.house_rules import house_rules

_HOUR = timedelta(hours=1)


def happen(household: Household, *, until: datetime) -> None:
    """All of it, at both houses."""
    told = tomllib.loads((FOLDER / "twice.toml").read_text("utf-8"))
    for key, entity in household.entities.items():
        handlers = household.of(key, Role.HANDLER)
        for number, row in enumerate(told[key]["twice"]):
            _twice(row, entity, handlers[number % len(handlers)], until=until)


def _twice(row: Mapping[str, Any], entity: Entity, handler: Account, *, until: datetime) -> None:
    """Two contacts of one person, and what became of the second."""
    by, at = staff(handler), until - timedelta(days=row["days_ago"])
    first = _received(row, row["first"], entity, at=at)
    assess(first, severity=1, difficulty="simple", by=by, at=at + 2 * _HOUR, give_out=False)
    take(first, by=by, at=at + 2 * _HOUR)
    if words := row.get("yes"):
        _say_yes(row, words, first, handler, at=at + 3 * _HOUR)
    if row.get("shows_who"):
        _show_who(first, by, at=at + timedelta(hours=25))
    if title := row.get("split"):
        _split(first, title, row["reason"], by, at=at + 4 * _HOUR)
        return
    again = at + timedelta(days=row["later"])
    second = _received(row, row["second"], entity, at=again)
    with viewing(the_house(entity)):
        note_repetitions(_whole(second), at=again)
    ends = row["ends"]
    if ends == "apart":
        others = [(first, ["same_subject", "email"])]
        registered_apart(second, others=others, reason=row["reason"], by=by, at=again + _HOUR)
    elif ends in {"merged", "parted"}:
        made = merge(
            second, into=first, reason=row["reason"], is_one_person=True, by=by, at=again + _HOUR
        )
        if ends == "parted":
            unmerge(second, merge=made, reason=row["why_parted"], by=by, at=again + 3 * _HOUR)


def _received(row: Mapping[str, Any], words: str, entity: Entity, *, at: datetime) -> Case:
    house = house_rules(entity.pk)
    category = next(one for one in house.categories.values() if one.key == row["category"])
    registration = receive(
        Submission(
            entity_id=entity.pk,
            kind=Kind.COMPLAINT,
            channel=Case.Channel.WEB_FORM,
            language=row["language"],
            received_at=at,
            person=PersonGiven(name=row["name"], email=row["email"]),
            subject=row["title"],
            narrative=words.strip(),
            grievances=tuple(row.get("points", ())),
            category_id=category.pk,
        ),
        at=at,
    )
    letters_leave(registration.case, at)
    return registration.case


def _whole(case: Case) -> Case:
    found = Case.objects.select_related("entity", "complainant", "mandate__representative")
    return found.get(pk=case.pk)


def _split(case: Case, title: str, reason: str, by: By, *, at: datetime) -> None:
    """The last point becomes a case of its own."""
    with viewing(the_house(case.entity_id)):
        point = Grievance.objects.filter(case=case).order_by("-ordinal")[:1]
        made = split(case, subject=title, reason=reason, points=list(point), by=by, at=at)
    letters_leave(made.case, at)


def _show_who(case: Case, by: By, *, at: datetime) -> None:
    """They call, and say the code that was sent to their address."""
    with viewing(the_house(case.entity_id)):
        point = ContactPoint.objects.get(person=case.complainant_id, kind="email")
        check = send_identity_code(case, contact_point=point, by=by, at=at)
        code = letters.identity_code_of(check.letter)
        check_identity(case, code=code, by=by, at=at + timedelta(minutes=2))
    letters_leave(case, at)


def _say_yes(
    row: Mapping[str, Any], words: str, case: Case, handler: Account, *, at: datetime
) -> None:
    """A yes on a form that they had signed long before; one takes it back."""
    if case.complainant is None:
        return
    given_at = at - timedelta(days=200)
    record_consent(
        case.complainant,
        entity=case.entity,
        channel=PromotionConsent.Channel.IN_PERSON,
        occasion=PromotionConsent.Occasion.SIGNED_FORM,
        giver=PromotionConsent.Giver.PERSON,
        words=words,
        version=row["wording"],
        language=row["language"],
        given_at=given_at,
        by=handler,
        at=at,
    )
    if row.get("takes_back"):
        withdraw_consent(
            case.complainant,
            entity=case.entity,
            channel=PromotionConsent.Channel.WEB_FORM,
            by=None,
            at=at + timedelta(hours=20),
        )
