"""The life of one story: its steps in order, each at a moment of the office's day.

``path`` is a generator: it does a step, then yields when the next one is due.
"""

import tomllib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from valedor.casefile import store
from valedor.casefile.actors import COMPLAINANT, REPRESENTATIVE, By, staff
from valedor.casefile.models import Case, Entry, Grievance, Kind, Letter, Stage
from valedor.casefile.viewing import Viewer, complainant_of, viewer_of, viewing
from valedor.channels.post.actions.post import post
from valedor.config.demonstration.house import Household
from valedor.config.demonstration.stories import Story, StoryWrong
from valedor.handling.actions import (
    accept_answer,
    answered,
    approve_redress,
    ask,
    ask_area,
    assess,
    assign,
    carry_out_redress,
    clear_mark,
    close,
    correct,
    cure,
    decide,
    extend,
    find,
    give_part,
    hand_over,
    offer_redress,
    protect,
    receive_message,
    recuse,
    reopen,
    request_cure,
    respond,
    send_message,
    tell_delay,
    tell_measure,
    write_note,
)
from valedor.handling.models import CasePart, Closure, Decision, Finding, Inquiry, Redress
from valedor.intake.actions.receive import receive
from valedor.intake.submission import KeptFile, MandateGiven, PersonGiven, Submission
from valedor.people.models import Account, Role, RoleGrant
from valedor.procedures.house_rules import house_rules
from valedor.procedures.models import Area, RedressOption
from valedor.review.actions import contest

_HANDLED_POINT_BY_POINT = {Kind.COMPLAINT, Kind.CLAIM, Kind.AFTER_SALES, Kind.CANCELLATION}
_OPENS, _SHUTS = time(9, 0), time(18, 0)
_MAIL_ORDER = {"letter", "fax", "in_person"}
_PROTECTED = {
    "ca": "Demana que ningú més no sàpiga qui és.",
    "es": "Pide que nadie más sepa quién es.",
    "pt-br": "Pede que ninguém mais saiba quem é.",
    "en": "Asks that nobody else knows who it is.",
}


class Life:
    """A story being lived."""

    def __init__(self, story: Story, household: Household, until: datetime) -> None:
        self.story = story
        self.household = household
        self.entity = household.entities[_entity_of(story, household)]
        self.zone = ZoneInfo(self.entity.timezone)
        self.begins_at = until - timedelta(days=story.days_ago)
        self.at = self.begins_at
        self.case: Case | None = None
        self.access_code = ""
        self.step = "receive"
        self._is_over = False

    # -------------------------------------------------------------- time
    def later(self, **by: float) -> datetime:
        """So much later in working time, at the story's pace: never at night nor at a weekend."""
        moment = self.at + timedelta(**by) * self.story.pace
        self.at = self._in_office(moment)
        return self.at

    def sooner(self, **by: float) -> datetime:
        """So much later by the person's own clock: people write at night, too."""
        self.at = self.at + timedelta(**by)
        return self.at

    def _in_office(self, moment: datetime) -> datetime:
        local = moment.astimezone(self.zone)
        if local.time() >= _SHUTS:
            local = (local + timedelta(days=1)).replace(hour=9, minute=local.minute)
        elif local.time() < _OPENS:
            local = local.replace(hour=9, minute=local.minute)
        while local.isoweekday() > 5:
            local += timedelta(days=1)
        return local

    # -------------------------------------------------------------- people
    def person(self) -> By:
        return REPRESENTATIVE if self.story.represented else COMPLAINANT

    def as_person(self) -> AbstractContextManager[Viewer]:
        return viewing(complainant_of(self.the_case.pk))

    def as_staff(self, account: Account) -> AbstractContextManager[Viewer]:
        return viewing(viewer_of(account))

    def one_of(self, role: str) -> Account:
        people = self.household.of(self.entity.key, role)
        return people[self.the_case.pk % len(people)]

    @property
    def the_case(self) -> Case:
        if self.case is None:
            raise StoryWrong(f"“{self.story.title}” has no case yet.")
        return self.case

    def holder(self) -> Account:
        """Who has the case in hand; a lead where nobody has."""
        case = self.fresh()
        return case.holder if case.holder is not None else self.one_of(Role.LEAD)

    def fresh(self) -> Case:
        lead = self.household.of(self.entity.key, Role.LEAD)[0]
        with self.as_staff(lead):
            self.case = Case.objects.select_related(
                "entity", "holder", "complainant", "mandate"
            ).get(pk=self.the_case.pk)
        return self.case

    # -------------------------------------------------------------- the path
    def path(self) -> Iterator[datetime]:
        """Every step, yielding the moment of the next."""
        for step in (
            self._receive,
            self._clear_mark,
            self._cure,
            self._assess,
            self._give_out,
            self._first_word,
            self._talk,
            self._ask_area,
            self._ask,
            self._delay,
            self._find,
            self._do_parts,
            self._extend,
            self._decide,
            self._offer,
            self._respond,
            self._react,
            self._carry_out,
            self._close,
            self._afterwards,
        ):
            self.step = step.__name__.strip("_")
            yield from step()
            if self.story.until == self.step or self._is_over:
                return

    def _receive(self) -> Iterator[datetime]:
        story = self.story
        house = house_rules(self.entity.pk)
        category = next(
            (one for one in house.categories.values() if one.key == story.category), None
        )
        if category is None:
            raise StoryWrong(
                f"“{story.title}”: {self.entity.key} has no category {story.category}."
            )
        sender = PersonGiven(**_person(story.person))
        submission = Submission(
            entity_id=self.entity.pk,
            kind=Kind(story.kind),
            channel=Case.Channel(story.channel),
            language=story.language,
            received_at=self.begins_at,
            person=sender,
            mandate=MandateGiven(
                represented=PersonGiven(**_person(story.represented)),
                basis=story.represented.get("basis", ""),
            )
            if story.represented
            else None,
            answer_channel=Case.Channel(story.answer_by),
            subject=story.title,
            narrative=story.narrative,
            grievances=tuple(story.grievances),
            remedy_sought=story.remedy,
            category_id=category.pk,
            contract_number=story.contract,
            is_vulnerable=story.vulnerable,
            touches_safety=story.safety,
            is_marked_abuse=story.abuse_mark,
            privacy_notice_id=house.privacy_notice.pk if house.privacy_notice else None,
            documents=tuple(_kept(name, text) for name, text in story.files.items()),
        )
        by_staff = story.channel in _MAIL_ORDER or story.channel == "telephone"
        if by_staff:
            agents = self.household.of(self.entity.key, Role.AGENT)
            author = staff(agents[0])
            self.later(hours=3 if story.channel in _MAIL_ORDER else 0.1)
            registration = receive(submission, by=author, at=self.at)
        else:
            registration = receive(submission, at=self.begins_at)
        self.case, self.access_code = registration.case, registration.access_code
        if story.protected:
            lead, reason = self.one_of(Role.LEAD), _PROTECTED[self.entity.default_language]
            with self.as_staff(lead):
                protect.protect(self.case, reason=reason, by=staff(lead), at=self.at)
        yield self.later(hours=1.5)

    def _clear_mark(self) -> Iterator[datetime]:
        if self.story.abuse_mark:
            lead = self.one_of(Role.LEAD)
            with self.as_staff(lead):
                clear_mark.clear_mark(self.the_case, by=staff(lead), at=self.at)
            yield self.later(hours=1)

    def _cure(self) -> Iterator[datetime]:
        wanted = self.story.cure
        if not wanted:
            return
        lead = self.one_of(Role.LEAD)
        with self.as_staff(lead):
            request_cure.request_cure(
                self.the_case,
                missing=wanted["missing"],
                words=wanted.get("words", ""),
                by=staff(lead),
                at=self.at,
            )
        reply = wanted.get("reply")
        if not reply:
            if self.story.closing == "not_completed":
                yield self.later(days=21)  # The time to complete it has passed by then.
                yield from self._close()
            self._is_over = True
            return
        yield self.sooner(days=2, hours=5)
        with self.as_person():
            receive_message.receive_message(
                self.the_case,
                text=reply,
                channel=Case.Channel.WEB_FORM,
                by=self.person(),
                at=self.at,
            )
        yield self.later(hours=2)
        with self.as_staff(lead):
            cure.cure(self.the_case, by=staff(lead), at=self.at, text=reply)
        yield self.later(hours=1)

    def _assess(self) -> Iterator[datetime]:
        story = self.story
        handlers = self.household.of(self.entity.key, Role.HANDLER)
        assessor = handlers[self.the_case.pk % len(handlers)]
        if story.protected:
            assessor = self.one_of(Role.LEAD)
        refused = story.inadmissible
        with self.as_staff(assessor):
            assess.assess(
                self.the_case,
                severity=story.severity,
                difficulty=story.difficulty,
                touches_safety=story.safety,
                is_vulnerable=story.vulnerable,
                people_affected=story.affected,
                is_admissible=not refused,
                inadmission_ground=refused.get("ground", ""),
                reasons=refused.get("reasons", ""),
                by=staff(assessor),
                at=self.at,
            )
        yield self.later(hours=2)

    def _give_out(self) -> Iterator[datetime]:
        story, lead = self.story, self.one_of(Role.LEAD)
        if self.fresh().holder is None:
            with self.as_staff(lead):
                assign.assign(self.the_case, by=staff(lead), at=self.at)
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

    def _decide(self) -> Iterator[datetime]:
        yield from self._decide_with(self.story.decisions)

    def _decide_with(self, decisions: list[dict[str, str]]) -> Iterator[datetime]:
        if not decisions:
            return
        holder = self.holder()
        with self.as_staff(holder):
            points = list(Grievance.objects.filter(case=self.the_case.pk).order_by("ordinal"))
        for number, point in enumerate(points):
            said = decisions[min(number, len(decisions) - 1)]
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
        holder = self.holder()
        with self.as_staff(holder):
            pending = list(
                Redress.objects.filter(case=self.the_case.pk, state=Redress.State.ACCEPTED)
            )
        proofs = {one["kind"]: one.get("proof") for one in self._all_redress()}
        for redress in pending:
            proof = proofs.get(redress.kind)
            if redress.needs_proof and not proof:
                self._is_over = True
                return
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
            yield self.later(days=31)
        holder = self.holder()
        with self.as_staff(holder):
            close.close(case, reason=Closure.Reason(reason), by=staff(holder), at=self.at)
        yield self.later(days=1)

    def _afterwards(self) -> Iterator[datetime]:
        story, holder = self.story, self.holder()
        if story.measure:
            yield self.later(days=5)
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


@cache
def _first_words() -> dict[str, list[str]]:
    path = Path(__file__).with_name("first_words.toml")
    return dict(tomllib.loads(path.read_text("utf-8")))


def _entity_of(story: Story, household: Household) -> str:
    return story.entity or next(iter(household.entities))


def _person(given: dict[str, str]) -> dict[str, Any]:
    return {
        "name": given.get("name", ""),
        "email": given.get("email", ""),
        "telephone": given.get("telephone", ""),
        "postal_address": given.get("address", ""),
        "place": given.get("place", ""),
        "identity_number": given.get("identity", ""),
    }


def _kept(name: str, text: str) -> KeptFile:
    content = text.encode()
    sha256, size = store.keep(content)
    media_type = store.sniffed_type(content, name)
    return KeptFile(
        name=name, media_type=media_type, claimed_type=media_type, size=size, sha256=sha256
    )
