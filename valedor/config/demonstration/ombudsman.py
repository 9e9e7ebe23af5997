"""What came before the ombudsman of each house, played to where it stands.

Admitted or not, heard on both sides, settled, decided, followed; one with a proposal answered by
another, one brought first-hand, one by mail, one passed on, one with a recusal.
"""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from valedor.casefile.actors import COMPLAINANT, REPRESENTATIVE, By, staff
from valedor.casefile.models import Case, Deadline, Grievance, Kind, Stage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels import playing_in
from valedor.channels.email import inbound
from valedor.clocks.fresh import end_of_day
from valedor.config.demonstration import learning
from valedor.config.demonstration.house import FOLDER, Household
from valedor.config.demonstration.leaving import letters_leave
from valedor.foundation.money import currency_of
from valedor.handling.models import Decision, Response
from valedor.intake.submission import PersonGiven, Submission
from valedor.people.models import Entity, Role
from valedor.review.office.actions.admit import admit, pass_on, refuse
from valedor.review.office.actions.appoint import appoint, declare
from valedor.review.office.actions.bring import bring, bring_first_hand
from valedor.review.office.actions.hear import answer_hearing, ask, say, show
from valedor.review.office.actions.opine import (
    ConclusionGiven,
    answer_opinion,
    apply_principles,
    conclude,
    hold_proved,
    say_carried_out,
    sign,
    verify,
)
from valedor.review.office.actions.settle import answer, propose
from valedor.review.office.actions.take import note, recuse, take_up
from valedor.review.office.models import Hearing, Offer, Proceeding, Statement

_DAY = timedelta(days=1)
_WORK = {
    "ca": "Nota per a l'oficina: cal demanar el full original.",
    "es": "Nota para la oficina: hay que pedir el original.",
    "pt-br": "Nota para a ouvidoria: pedir o original.",
}
Row = Mapping[str, Any]


def told() -> Mapping[str, Any]:
    """By entity, who holds the office and what came before it."""
    return tomllib.loads((FOLDER / "ombudsman.toml").read_text("utf-8"))


def seat(household: Household, *, at: datetime, until: datetime) -> None:
    """Who holds the office at each house, and who stands in: on the record since long."""
    for key, rows in told().items():
        entity, office = household.entities[key], rows["office"]
        holder, *others = household.of(key, Role.OMBUDSMAN)
        first = None
        for account, standing in [(holder, office["standing"])] + [
            (one, office["substitute"]) for one in others
        ]:
            made = appoint(
                entity,
                account,
                title=office["title"],
                standing=standing,
                appointed_by=office["appointed_by"],
                begins_on=at.date(),
                ends_on=at.date() + timedelta(days=4 * 365),
                ties="",
                by=None,
                at=at,
                substitute_for=first,
            )
            first = first or made
            declare(made, ties="", by=account, at=until - 60 * _DAY)


def come(household: Household, *, until: datetime) -> None:
    """All of it, at both houses."""
    for key, rows in told().items():
        entity = household.entities[key]
        house = _House(household, key, entity, until)
        for row in rows["files"]:
            house.play(row)
        learning.learn(household, entity, rows, until=until)


class _House:
    """The files of one house, one after the other."""

    def __init__(self, household: Household, key: str, entity: Entity, until: datetime) -> None:
        self.entity, self.until = entity, until
        self.holder, *others = household.of(key, Role.OMBUDSMAN)
        self.substitute = others[0] if others else self.holder
        self.clerk = next(iter(household.of(key, Role.OMBUDSMAN_CLERK)), self.holder)
        self.handler = household.of(key, Role.HANDLER)[0]
        self._taken: set[int] = set()

    def play(self, row: Row) -> None:
        if row["ends"] == "first_hand_mail":
            self._by_mail(row, self.until - timedelta(hours=row["hours_ago"]))
            return
        at = self.until - timedelta(days=row["days_ago"])
        if row["ends"].startswith("first_hand"):
            self._first_hand(row, at)
            return
        case = self._case_for(row, at)
        if case is None:
            return  # A shorter demonstration has no such case.
        author = REPRESENTATIVE if case.mandate_id else COMPLAINANT
        file = bring(case, text=row["says"], by=author, at=at).file
        letters_leave(file, at)
        getattr(self, f"_{row['ends']}")(row, file, case, author, at)
        letters_leave(file, self.until)

    def _case_for(self, row: Row, at: datetime) -> Case | None:
        """A case whose answer left a few days before, in the language of the row; for silence one
        that is late.
        """
        with viewing(the_house(self.entity)):
            found = Case.objects.filter(
                entity=self.entity,
                kind__in=[Kind.COMPLAINT, Kind.CLAIM],
                language=row["language"],
                merged_into=None,
                erased_at=None,
                is_protected=False,
                pk__gt=0,
                complainant__isnull=False,
            ).exclude(pk__in=self._taken)
            if row["ends"] == "silent":
                late = Deadline.objects.filter(
                    duty="respond", role="law", binds=True, state="missed", due_at__lt=at
                )
                found = found.filter(closed_at=None, pk__in=late.values("case"))
                found = found.exclude(pk__in=Response.objects.values("case"))
            else:
                answered = Response.objects.filter(sent_at__lt=at - 2 * _DAY, replaced_at=None)
                found = found.filter(stage__in=[Stage.ANSWERED, Stage.CLOSED])
                found = found.filter(pk__in=answered.values("case"))
            case = found.select_related("entity").order_by("-received_at").first()
        if case is not None:
            self._taken.add(case.pk)
        return case

    def _first_hand(self, row: Row, at: datetime) -> None:
        filed = bring_first_hand(
            Submission(
                entity_id=self.entity.pk,
                kind=Kind(row["kind"]),
                channel=Case.Channel.WEB_FORM,
                language=row["language"],
                received_at=at,
                person=PersonGiven(name=row["name"], email=row["email"]),
                narrative=row["says"],
            ),
            by=COMPLAINANT,
            at=at,
        )
        if row["ends"] == "first_hand_passed_on":
            pass_on(filed.file, by=staff(self.clerk), at=at + _DAY)
        letters_leave(filed.file, at + _DAY)

    def _by_mail(self, row: Row, at: datetime) -> None:
        mailbox = playing_in.mailbox_of(self.entity, is_of_the_office=True)
        if mailbox is None:
            return
        playing_in.play_mail(
            mailbox, name=row["name"], address=row["email"], subject=row["subject"],
            text=row["says"], at=at,
        )  # fmt: skip
        inbound.read_waiting(mailbox, now=lambda: at)
        with viewing(the_house(self.entity)):
            file = Proceeding.objects.filter(entity=self.entity).latest("brought_at").case
        letters_leave(file, at)

    # -------------------------------------------------------------- how far each comes
    def _brought(self, row: Row, file: Case, case: Case, author: By, at: datetime) -> None:
        """It waits to be admitted."""

    _silent = _brought

    def _refused(self, row: Row, file: Case, case: Case, author: By, at: datetime) -> None:
        refuse(
            file, ground=row["ground"], reasons=row["reasons"], by=staff(self.holder), at=at + _DAY
        )

    def _recused(self, row: Row, file: Case, case: Case, author: By, at: datetime) -> None:
        self._admit(file, at)
        recuse(file, reasons=row["recuses"], by=staff(self.holder), at=at + 2 * _DAY)
        self._ask(row, file, staff(self.substitute), at + 3 * _DAY)

    def _heard(self, row: Row, file: Case, case: Case, author: By, at: datetime) -> None:
        self._admit(file, at)
        self._ask(row, file, staff(self.holder), at + 2 * _DAY)
        self._company_says(row, case, at + 5 * _DAY)

    def _settled(self, row: Row, file: Case, case: Case, author: By, at: datetime) -> None:
        self._admit(file, at)
        self._ask(row, file, staff(self.holder), at + 2 * _DAY)
        self._company_says(row, case, at + 5 * _DAY)
        offer = self._offer(row, file, at)
        answer(
            file, offer=offer, side=Statement.Side.COMPLAINANT, accept=True, by=author,
            at=at + 8 * _DAY,
        )  # fmt: skip

    def _countered(self, row: Row, file: Case, case: Case, author: By, at: datetime) -> None:
        """The company proposes, the person says what they would settle for instead, and waits."""
        self._admit(file, at)
        self._ask(row, file, staff(self.holder), at + 2 * _DAY)
        self._company_says(row, case, at + 5 * _DAY)
        propose(
            file,
            side=Statement.Side.COMPLAINANT,
            option=row["offer"],
            amount=Decimal(row["counter"]),
            currency=currency_of(self.entity.country),
            text=row["counter_text"],
            answer_by=self._end_of(at + 20 * _DAY),
            by=author,
            at=at + 8 * _DAY,
            instead_of=self._offer(row, file, at),
        )

    def _followed(self, row: Row, file: Case, case: Case, author: By, at: datetime) -> None:
        self._decide(row, file, case, author, at, Decision.Outcome.UPHELD)
        hearing = self._hearing(case, Hearing.What.OPINION)
        by = staff(self.handler)
        answer_opinion(case, hearing=hearing, accept=True, reasons="", by=by, at=at + 20 * _DAY)
        say_carried_out(case, hearing=hearing, text=row["done"], by=by, at=at + 24 * _DAY)
        verify(file, is_done=True, text=row["verified"], by=staff(self.clerk), at=at + 28 * _DAY)

    def _against(self, row: Row, file: Case, case: Case, author: By, at: datetime) -> None:
        self._decide(row, file, case, author, at, Decision.Outcome.NOT_UPHELD)

    def _decide(
        self, row: Row, file: Case, case: Case, author: By, at: datetime, outcome: Decision.Outcome
    ) -> None:
        by = staff(self.holder)
        self._admit(file, at)
        note(file, text=_WORK[file.language], by=staff(self.clerk), at=at + 2 * _DAY)
        self._ask(row, file, by, at + 2 * _DAY)
        self._company_says(row, case, at + 5 * _DAY)
        self._show(file, Statement.Side.COMPANY, by, at + 6 * _DAY)
        say(file, text=row["replies"], by=author, at=at + 8 * _DAY)
        self._show(file, Statement.Side.COMPLAINANT, by, at + 9 * _DAY)
        when = at + 12 * _DAY
        hold_proved(file, text=row["fact"], shown_by=row["shown_by"], by=by, at=when)
        apply_principles(file, text=row["principles"], binds=False, by=by, at=when)
        with viewing(the_house(self.entity)):
            points = list(Grievance.objects.filter(case=file).order_by("ordinal"))
        for point in points:
            given = ConclusionGiven(
                grievance=point,
                outcome=outcome,
                reasons=row["reasons"],
                to_do=row.get("to_do", ""),
                do_by=(when + 30 * _DAY).date() if "to_do" in row else None,
            )
            conclude(file, given=given, by=by, at=when)
        sign(file, by=by, at=at + 14 * _DAY)

    # -------------------------------------------------------------- steps
    def _offer(self, row: Row, file: Case, at: datetime) -> Offer:
        return propose(
            file,
            side=Statement.Side.COMPANY,
            option=row["offer"],
            amount=Decimal(row["amount"]),
            currency=currency_of(self.entity.country),
            text=row["offer_text"],
            answer_by=self._end_of(at + 20 * _DAY),
            by=staff(self.handler),
            at=at + 6 * _DAY,
        )

    def _admit(self, file: Case, at: datetime) -> None:
        take_up(file, by=staff(self.holder), at=at + _DAY)
        admit(file, by=staff(self.holder), at=at + _DAY)

    def _ask(self, row: Row, file: Case, by: By, at: datetime) -> None:
        ask(
            file, side=Statement.Side.COMPANY, text=row["asks"],
            answer_by=self._end_of(at + 10 * _DAY), by=by, at=at,
        )  # fmt: skip

    def _company_says(self, row: Row, case: Case, at: datetime) -> None:
        hearing = self._hearing(case, Hearing.What.STATEMENT)
        answer_hearing(case, hearing=hearing, text=row["company"], by=staff(self.handler), at=at)

    def _show(self, file: Case, side: Statement.Side, by: By, at: datetime) -> None:
        with viewing(the_house(self.entity)):
            statement = Statement.objects.get(
                case=file, side=side, given_at__isnull=False, shared_at=None
            )
        show(
            file, statement=statement, text="", answer_by=self._end_of(at + 7 * _DAY), by=by, at=at
        )

    def _hearing(self, case: Case, what: str) -> Hearing:
        with viewing(the_house(self.entity)):
            return Hearing.objects.filter(case=case, what=what).latest("asked_at")

    def _end_of(self, at: datetime) -> datetime:
        zone = ZoneInfo(self.entity.timezone)
        return end_of_day(at.astimezone(zone).date(), zone)
