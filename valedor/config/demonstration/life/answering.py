"""A case is answered: decided, redress offered, the letter written."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from valedor.casefile.actors import staff
from valedor.casefile.models import Grievance, Kind, Letter
from valedor.channels.post.actions.post import post
from valedor.config.demonstration.life.handling import Handling
from valedor.handling.actions import (
    answered,
    approve_redress,
    decide,
    offer_redress,
    pass_on,
    respond,
)
from valedor.handling.models import Decision, Redress
from valedor.people.models import Account, Role
from valedor.procedures.models import Area, RedressOption


class Answering(Handling):
    """From the decision to the letter."""

    def _decide(self) -> Iterator[datetime]:
        yield from self._decide_with(self.story.decisions)

    def _decide_with(self, decisions: list[dict[str, str]]) -> Iterator[datetime]:
        if not decisions:
            return
        with self.as_staff(self.holder()):
            points = list(Grievance.objects.filter(case=self.the_case.pk).order_by("ordinal"))
        for number, point in enumerate(points):
            said = decisions[min(number, len(decisions) - 1)]
            holder = self.holder()
            with self.as_staff(holder):
                decide.decide(
                    self.the_case,
                    grievance=point,
                    outcome=Decision.Outcome(said["outcome"]),
                    grounds=said.get("grounds", ""),
                    reasons=said["reasons"],
                    by=staff(holder),
                    at=self.at,
                )
            yield self.later(minutes=20)

    def _offer(self) -> Iterator[datetime]:
        yield from self._offer_all(self.story.redress)

    def _offer_all(self, wanted: list[dict[str, Any]]) -> Iterator[datetime]:
        for one in wanted:
            holder = self.holder()
            option = RedressOption.objects.get(entity=self.entity, key=one["kind"])
            with self.as_staff(holder):
                redress = offer_redress.offer_redress(
                    self.the_case,
                    option=option,
                    amount=Decimal(str(one["amount"])) if "amount" in one else None,
                    currency="BRL" if self.entity.country == "BR" else "EUR",
                    text=one.get("text", ""),
                    needs_acceptance=bool(one.get("needs_acceptance")),
                    by=staff(holder),
                    at=self.at,
                )
            if redress.state == Redress.State.AWAITING_APPROVAL:
                yield self.later(hours=5)
                approver = self.household.of(self.entity.key, Role.APPROVER)[0]
                with self.as_staff(approver):
                    if one.get("rejected"):
                        approve_redress.reject_redress(
                            self.the_case,
                            redress=redress,
                            reason=one["rejected"],
                            by=staff(approver),
                            at=self.at,
                        )
                    else:
                        approve_redress.approve_redress(
                            self.the_case, redress=redress, by=staff(approver), at=self.at
                        )
            yield self.later(minutes=15)

    def _pass_on(self) -> Iterator[datetime]:
        """Thanks reach whom they are for, in the words in which they came."""
        story = self.story
        if story.kind != Kind.THANKS or not (story.opening or story.closing):
            return
        holder, case = self.holder(), self.fresh()
        areas = Area.objects.filter(entity=self.entity, team__isnull=False).order_by("pk")
        area = next((one for one in areas if one.pk == case.area_id), areas[0])
        account = Account.objects.filter(username=story.thanked).first()
        with self.as_staff(holder):
            pass_on.pass_on(
                case,
                area=area if account is None else None,
                account=account,
                text=story.narrative,
                by=staff(holder),
                at=self.at,
            )
        yield self.later(hours=1)

    def _respond(self) -> Iterator[datetime]:
        story = self.story
        has_words = story.opening or story.decisions or story.inadmissible
        if not (story.response and has_words):
            self._is_over = not (story.closing or story.reaction == "withdrawn")
            return
        yield from self._respond_with(story.opening)

    def _respond_with(self, opening: str) -> Iterator[datetime]:
        holder = self.holder()
        with self.as_staff(holder):
            respond.respond(
                self.the_case,
                opening=opening,
                places=self.story.places,
                by=staff(holder),
                at=self.at,
            )
        yield self.later(hours=1)
        yield from self._post_letters()

    def _post_letters(self) -> Iterator[datetime]:
        agent = self.household.of(self.entity.key, Role.AGENT)[0]
        with self.as_staff(agent):
            waiting = list(Letter.objects.filter(case=self.the_case.pk, state=Letter.State.WAITING))
        for letter in waiting:
            yield self.later(hours=2)
            with self.as_staff(agent):
                number = f"PQ{letter.pk:010d}"
                post(letter, by=staff(agent), at=self.at, proof=number)
            with self.as_staff(agent):
                answered.letter_accepted(
                    self.the_case, letter=Letter.objects.get(pk=letter.pk), at=self.at
                )
