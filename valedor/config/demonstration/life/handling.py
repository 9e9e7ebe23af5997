"""A case is handled: given out, talked about, looked into."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Entry, Kind
from valedor.config.demonstration.life.arriving import Arriving
from valedor.handling.actions import (
    ask,
    ask_area,
    assign,
    extend,
    find,
    give_part,
    hand_over,
    receive_message,
    recuse,
    send_message,
    tell_delay,
    write_note,
)
from valedor.handling.models import CasePart, Finding, Inquiry
from valedor.people.models import Account, Role, RoleGrant
from valedor.procedures.models import Area

_HANDLED_POINT_BY_POINT = {Kind.COMPLAINT, Kind.CLAIM, Kind.AFTER_SALES, Kind.CANCELLATION}


class Handling(Arriving):
    """From the first hand to the findings."""

    def _give_out(self) -> Iterator[datetime]:
        story, lead = self.story, self.one_of(Role.LEAD)
        # Whoever steps aside is not the one who hands it over afterwards.
        if self.fresh().holder is None or (story.recused and self.holder() == lead):
            first = self._another(lead) if story.recused else None
            with self.as_staff(lead):
                assign.assign(self.the_case, holder=first, by=staff(lead), at=self.at)
            yield self.later(minutes=40)
        if story.recused:
            holder = self.holder()
            with self.as_staff(holder):
                recuse.recuse(
                    self.the_case,
                    account=holder,
                    reason=story.recused,
                    by=staff(holder),
                    at=self.at,
                )
            yield self.later(hours=1)
            if self.fresh().holder is None:
                with self.as_staff(lead):
                    assign.assign(self.the_case, by=staff(lead), at=self.at)
                yield self.later(minutes=30)
        if story.hand_over:
            holder = self.holder()
            with self.as_staff(lead):
                hand_over.hand_over(
                    self.the_case,
                    holder=self._another(holder),
                    reason=story.hand_over,
                    by=staff(lead),
                    at=self.at,
                )
            yield self.later(hours=1)
        case = self.fresh()
        members = [
            one
            for one in self._colleagues()
            if one.pk != case.holder_id and one.pk not in case.recused
        ]
        for number, part in enumerate(story.parts):
            holder = self.holder()
            with self.as_staff(holder):
                give_part.give_part(
                    self.the_case,
                    member=members[number % len(members)],
                    task=part["task"],
                    by=staff(holder),
                    at=self.at,
                )
            yield self.later(minutes=10)

    def _colleagues(self) -> list[Account]:
        """Those who could handle this case: of its team, or of the entity."""
        case = self.fresh()
        of_team = RoleGrant.objects.filter(
            team=case.team_id, ended_at=None, role__in=[Role.HANDLER, Role.LEAD]
        ).select_related("account")
        return [grant.account for grant in of_team] or self.household.of(
            self.entity.key, Role.HANDLER
        )

    def _another(self, holder: Account) -> Account:
        case = self.fresh()
        return next(
            one
            for one in self._colleagues()
            if one != holder and one.pk not in case.recused and case.language in one.languages
        )

    def _first_word(self) -> Iterator[datetime]:
        """Within the trade's hours a named person says that they have it in hand."""
        story = self.story
        talks = bool(story.delay) or any(one["from"] == "staff" for one in story.messages)
        if talks or story.until or self.fresh().kind not in _HANDLED_POINT_BY_POINT:
            return
        words = _first_words()[story.language]
        holder = self.holder()
        text = words[self.the_case.pk % len(words)].format(
            name=story.person.get("name", "").split(" ")[0] or "—", holder=holder.name
        )
        with self.as_staff(holder):
            send_message.send_message(self.the_case, text=text, by=staff(holder), at=self.at)
        yield self.later(hours=1)

    def _talk(self) -> Iterator[datetime]:
        for note in self.story.notes:
            with self.as_staff(self.holder()):
                write_note.write_note(self.the_case, text=note, by=staff(self.holder()), at=self.at)
            yield self.later(hours=1)
        for message in self.story.messages:
            if message["from"] == "person":
                with self.as_person():
                    receive_message.receive_message(
                        self.the_case,
                        text=message["text"],
                        channel=Case.Channel.WEB_FORM,
                        by=self.person(),
                        at=self.at,
                    )
                yield self.later(hours=3)
            else:
                holder = self.holder()
                with self.as_staff(holder):
                    send_message.send_message(
                        self.the_case, text=message["text"], by=staff(holder), at=self.at
                    )
                yield self.sooner(hours=9)

    def _ask_area(self) -> Iterator[datetime]:
        wanted = self.story.area
        if not wanted:
            return
        holder, case = self.holder(), self.fresh()
        areas = Area.objects.filter(entity=self.entity, team__isnull=False).order_by("pk")
        area = next((one for one in areas if one.pk == case.area_id), areas[0])
        with self.as_staff(holder):
            inquiry = ask_area.ask_area(
                case, area=area, text=wanted["question"], by=staff(holder), at=self.at
            )
        yield self.later(hours=20)
        if not wanted.get("answer"):
            self._is_over = True
            return
        answering = self.household.of(self.entity.key, Role.AREA)[0]
        with self.as_staff(answering):
            ask_area.answer_inquiry(
                case, inquiry=inquiry, text=wanted["answer"], by=staff(answering), at=self.at
            )
        yield self.later(hours=2)

    def _ask(self) -> Iterator[datetime]:
        wanted = self.story.question
        if not wanted:
            return
        holder = self.holder()
        with self.as_staff(holder):
            ask.ask(self.the_case, text=wanted["text"], by=staff(holder), at=self.at)
        if not wanted.get("answer"):
            self._is_over = True
            return
        yield self.sooner(days=1, hours=11)
        with self.as_person():
            receive_message.receive_message(
                self.the_case,
                text=wanted["answer"],
                channel=Case.Channel.WEB_FORM,
                by=self.person(),
                at=self.at,
            )
        with self.as_staff(holder):
            question = Inquiry.objects.filter(
                case=self.the_case.pk, to=Inquiry.To.COMPLAINANT, answered_at=None
            ).first()
        if question is not None:
            yield self.later(hours=1)
        yield self.later(hours=1)

    def _delay(self) -> Iterator[datetime]:
        if self.story.delay:
            holder = self.holder()
            with self.as_staff(holder):
                tell_delay.tell_delay(
                    self.the_case,
                    reason=self.story.delay,
                    expected_on=(self.at + timedelta(days=6)).astimezone(self.zone).date(),
                    by=staff(holder),
                    at=self.at,
                )
            yield self.later(hours=3)

    def _find(self) -> Iterator[datetime]:
        for number, finding in enumerate(self.story.findings):
            holder = self.holder()
            with self.as_staff(holder):
                lines = list(Entry.objects.filter(case=self.the_case.pk).order_by("sequence"))
                find.find(
                    self.the_case,
                    text=finding["text"],
                    side=Finding.Side(finding["side"]),
                    entries=[lines[0] if finding["side"] == "complainant" else lines[-1]],
                    is_disputed=bool(finding.get("disputed")),
                    by=staff(holder),
                    at=self.at,
                )
            yield self.later(minutes=25 + 10 * number)

    def _do_parts(self) -> Iterator[datetime]:
        for part in self.story.parts:
            if not part.get("outcome"):
                continue
            with self.as_staff(self.holder()):
                row = CasePart.objects.select_related("member").get(
                    case=self.the_case.pk, task=part["task"]
                )
            with self.as_staff(row.member):
                give_part.finish_part(
                    self.the_case,
                    part=row,
                    outcome=part["outcome"],
                    by=staff(row.member),
                    at=self.at,
                )
            yield self.later(hours=4)

    def _extend(self) -> Iterator[datetime]:
        wanted = self.story.extension
        if wanted:
            holder = self.holder()
            with self.as_staff(holder):
                extend.extend(
                    self.the_case,
                    length=int(wanted["length"]),
                    reason=str(wanted["reason"]),
                    by=staff(holder),
                    at=self.at,
                )
            yield self.later(days=1)


@cache
def _first_words() -> dict[str, list[str]]:
    path = Path(__file__).with_name("first_words.toml")
    return dict(tomllib.loads(path.read_text("utf-8")))
