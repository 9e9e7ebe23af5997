"""A case ends: the person answers, redress is carried out, it is closed, and what comes later."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from valedor.casefile.actors import staff
from valedor.casefile.models import Stage
from valedor.config.demonstration.life.answering import Answering
from valedor.handling.actions import (
    accept_answer,
    assign,
    carry_out_redress,
    close,
    correct,
    reopen,
    send_message,
    tell_measure,
)
from valedor.handling.models import Closure, Redress
from valedor.handling.queries import case_state
from valedor.people.models import Role
from valedor.procedures.house_rules import house_rules
from valedor.review.actions import contest


class Ending(Answering):
    """From the person's reaction to the end, and what comes after it."""

    def _react(self) -> Iterator[datetime]:
        story = self.story
        if not story.reaction:
            self._is_over = not story.closing
            return
        if story.reaction == "silent":
            yield self.later(days=3)  # Promises are kept meanwhile; the end waits longer.
            return
        yield self.sooner(days=1, hours=7)
        if story.reaction == "accepted":
            with self.as_person():
                accept_answer.accept_answer(self.the_case, by=self.person(), at=self.at)
        elif story.reaction == "withdrawn":
            with self.as_person():
                close.withdraw(self.the_case, by=self.person(), at=self.at, reason=story.contest)
        elif story.reaction == "contested":
            yield from self._contest()
        yield self.later(hours=4)

    def _contest(self) -> Iterator[datetime]:
        with self.as_person():
            contest.contest(self.the_case, reasons=self.story.contest, by=self.person(), at=self.at)
        second = self.story.second_look
        if not second:
            self._is_over = True
            return
        yield self.later(hours=6)
        if self.fresh().holder is None:
            lead = self.one_of(Role.LEAD)
            with self.as_staff(lead):
                assign.assign(self.the_case, by=staff(lead), at=self.at)
            yield self.later(hours=2)
        yield from self._decide_with(second.get("decisions", []))
        yield from self._offer_all(second.get("redress", []))
        yield from self._respond_with(second.get("opening", ""))

    def _carry_out(self) -> Iterator[datetime]:
        yield self.later(days=1)
        with self.as_staff(self.holder()):
            pending = list(
                Redress.objects.filter(case=self.the_case.pk, state=Redress.State.ACCEPTED)
            )
        proofs = {one["kind"]: one.get("proof") for one in self._all_redress()}
        for redress in pending:
            proof = proofs.get(redress.kind)
            if redress.needs_proof and not proof:
                self._is_over = True
                return
            holder = self.holder()
            with self.as_staff(holder):
                carry_out_redress.carry_out_redress(
                    self.the_case,
                    redress=redress,
                    proof_text=proof or "",
                    by=staff(holder),
                    at=self.at,
                )
            yield self.later(hours=2)

    def _all_redress(self) -> list[dict[str, Any]]:
        return [*self.story.redress, *self.story.second_look.get("redress", [])]

    def _close(self) -> Iterator[datetime]:
        story, case = self.story, self.fresh()
        if case.stage == Stage.CLOSED:
            return
        reason = story.closing or {"accepted": "agreed", "withdrawn": "withdrawn"}.get(
            story.reaction, "answered"
        )
        if reason == "answered":
            with self.as_staff(self.holder()):
                response = case_state(case).response
            if response is not None and response.react_by is not None:
                yield self.after(response.react_by)
        holder, case = self.holder(), self.fresh()  # Somebody else may have it by now.
        with self.as_staff(holder):
            close.close(case, reason=Closure.Reason(reason), by=staff(holder), at=self.at)
        yield self.later(days=1)

    def _afterwards(self) -> Iterator[datetime]:
        story = self.story
        if story.measure:
            yield self.later(days=5)
            holder = self.holder()
            with self.as_staff(holder):
                tell_measure.tell_measure(
                    self.the_case, text=story.measure, by=staff(holder), at=self.at
                )
        if story.reopened:
            yield self.later(days=2)
            lead = self.one_of(Role.LEAD)
            with self.as_staff(lead):
                reopen.reopen(self.the_case, reason=story.reopened, by=staff(lead), at=self.at)
            if story.reopened_words:
                yield self.later(hours=1)
                with self.as_staff(lead):
                    send_message.send_message(
                        self.the_case, text=story.reopened_words, by=staff(lead), at=self.at
                    )
        if story.correction:
            yield self.later(hours=5)
            self._correct(story.correction)

    def _correct(self, wanted: dict[str, str]) -> None:
        lead = self.one_of(Role.LEAD)
        with self.as_staff(lead):
            if wanted["field"] == "received_at":
                correct.correct_received_at(
                    self.the_case,
                    received_at=self.begins_at - timedelta(days=float(wanted["value"])),
                    reason=wanted["reason"],
                    by=staff(lead),
                    at=self.at,
                )
            elif wanted["field"] == "category":
                house = house_rules(self.entity.pk)
                category = next(
                    one for one in house.categories.values() if one.key == wanted["value"]
                )
                correct.correct_category(
                    self.the_case,
                    category=category,
                    reason=wanted["reason"],
                    by=staff(lead),
                    at=self.at,
                )
