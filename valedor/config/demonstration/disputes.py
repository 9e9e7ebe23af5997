"""What went on from each house to other bodies: mediated, awarded, in court, just notified."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Instance, Kind, Stage
from valedor.casefile.viewing import the_house, viewing
from valedor.config.demonstration.house import FOLDER, Household
from valedor.config.demonstration.leaving import letters_leave
from valedor.disputes.actions.conclude import conclude, end
from valedor.disputes.actions.hearing_dates import hold_hearing, set_hearing
from valedor.disputes.actions.speak_before_body import answer_proposal, give_position, take_proposal
from valedor.disputes.actions.turn_to_body import take_notice
from valedor.disputes.models import Referral
from valedor.disputes.referral.bodies import forum_of
from valedor.foundation.moments import local_day
from valedor.foundation.money import currency_of
from valedor.handling.actions.carry_out_redress import carry_out_redress
from valedor.handling.models import Redress, Response
from valedor.people.models import Entity, Role
from valedor.procedures.house_rules import house_rules
from valedor.procedures.models import RedressOption
from valedor.review.office.models import Proceeding

_DAY = timedelta(days=1)
Row = Mapping[str, Any]


def told() -> Mapping[str, Any]:
    """By entity, what went on to other bodies."""
    return tomllib.loads((FOLDER / "disputes.toml").read_text("utf-8"))


def come(household: Household, *, until: datetime) -> None:
    """All of it, at both houses."""
    for key, rows in told().items():
        house = _House(household, key, household.entities[key], until)
        for row in rows["cases"]:
            house.play(row)


class _House:
    """The cases of one house that another body has, one after the other."""

    def __init__(self, household: Household, key: str, entity: Entity, until: datetime) -> None:
        self.entity, self.until = entity, until
        self.by = staff(household.of(key, Role.HANDLER)[0])

    def play(self, row: Row) -> None:
        """As far as the row tells, and as far as time has gone."""
        at = self.until - timedelta(days=row["days_ago"])
        case = self._case_for(row, at)
        if case is None:
            return  # A shorter demonstration has no such case.
        on = local_day(at, self.entity.timezone)
        referral = take_notice(
            case,
            forum=forum_of(house_rules(self.entity.pk), row["body"], language=case.language, on=on),
            notified_at=at,
            text=row["asks"],
            body_reference=row["number"],
            answer_by=on + timedelta(days=row["answer_in"]) if "answer_in" in row else None,
            by=self.by,
            at=at,
        )
        letters_leave(case, at)
        if "position" in row:
            give_position(
                case, referral=referral, side=Referral.Side.COMPANY, text=row["position"],
                by=self.by, at=at + 5 * _DAY,
            )  # fmt: skip
        self._hear(row, case, referral, at)
        if "ends" in row:
            self._end(row, case, referral, at)
        letters_leave(case, self.until)

    def _hear(self, row: Row, case: Case, referral: Referral, at: datetime) -> None:
        if "proposal" in row:
            proposal = take_proposal(
                case, referral=referral, text=row["proposal"], by=self.by, at=at + 9 * _DAY
            )
            answer_proposal(
                case, proposal=proposal, side=Referral.Side.COMPANY, accepts=True, by=self.by,
                at=at + 11 * _DAY,
            )  # fmt: skip
            if row.get("ends") == "settled":
                answer_proposal(
                    case, proposal=proposal, side=Referral.Side.COMPLAINANT, accepts=True,
                    by=self.by, at=at + 13 * _DAY,
                )  # fmt: skip
        if "hearing_in" in row:
            starts_at = (at + row["hearing_in"] * _DAY).replace(
                hour=9, minute=30, second=0, microsecond=0
            )
            hearing = set_hearing(
                case, referral=referral, starts_at=starts_at, place=row["place"], by=self.by,
                at=at + 7 * _DAY,
            )  # fmt: skip
            if "heard" in row:
                hold_hearing(
                    case, hearing=hearing, outcome=row["heard"], by=self.by,
                    at=starts_at + timedelta(hours=2),
                )  # fmt: skip

    def _end(self, row: Row, case: Case, referral: Referral, at: datetime) -> None:
        ended = at + (row.get("hearing_in", 14) + 4) * _DAY
        option = RedressOption.objects.filter(entity=self.entity, key=row["option"]).first()
        day = local_day(ended, self.entity.timezone)
        appeal = timedelta(days=row["appeal_in"]) if "appeal_in" in row else None
        done = conclude(
            case,
            referral=referral,
            result=Referral.Result(row["ends"]),
            text=row["result"],
            concluded_on=day,
            binds=row.get("binds", False),
            option=option,
            amount=Decimal(row["amount"]),
            currency=currency_of(self.entity.country),
            appeal_by=local_day(at, self.entity.timezone) + appeal if appeal else None,
            by=self.by,
            at=ended,
        )
        later = ended + 3 * _DAY
        if row["ends"] != "settled" or later > self.until:
            return
        with viewing(the_house(self.entity)):
            owed = Redress.objects.filter(case=case, state=Redress.State.ACCEPTED).first()
        if owed is not None:
            carry_out_redress(case, redress=owed, proof_text=row["number"], by=self.by, at=later)
        end(case, referral=done, by=self.by, at=later)

    def _case_for(self, row: Row, at: datetime) -> Case | None:
        """A case that was answered some days before the notice, in the language of the row; with
        ``after_office`` one that the ombudsman has had, else one that nobody has.
        """
        with viewing(the_house(self.entity)):
            answered = Response.objects.filter(sent_at__lt=at - 2 * _DAY, replaced_at=None)
            found = Case.objects.filter(
                entity=self.entity,
                kind__in=[Kind.COMPLAINT, Kind.CLAIM],
                stage__in=[Stage.ANSWERED, Stage.CLOSED],
                language=row["language"],
                merged_into=None,
                erased_at=None,
                is_protected=False,
                pk__gt=0,
                pk__in=answered.values("case"),
                complainant__isnull=False,
            )
            outside = Instance.objects.filter(entity=self.entity, kind__in=Instance.OUTSIDE)
            found = found.exclude(pk__in=outside.values("case"))
            filed = Proceeding.objects.filter(entity=self.entity, about__isnull=False)
            if row.get("after_office"):
                over = filed.filter(state__in=["decided", "carried_out", "refused"])
                found = found.filter(pk__in=over.values("about"))
            else:
                found = found.exclude(pk__in=filed.values("about"))
            return found.select_related("entity").order_by("-received_at").first()
