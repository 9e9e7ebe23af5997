"""A case arrives: it is received, completed, assessed."""

from abc import abstractmethod
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from valedor.casefile import store
from valedor.casefile.actors import By, staff
from valedor.casefile.models import Case, Kind, Stage
from valedor.config.demonstration.life.lived import Lived
from valedor.config.demonstration.stories import StoryWrong
from valedor.handling.actions import (
    answer_at_once,
    assess,
    clear_mark,
    cure,
    protect,
    receive_message,
    request_cure,
)
from valedor.handling.models import Closure
from valedor.intake.actions.receive import receive
from valedor.intake.submission import KeptFile, MandateGiven, PersonGiven, Submission
from valedor.people.models import Role
from valedor.procedures.house_rules import house_rules

_MAIL_ORDER = {"letter", "fax", "in_person"}
_PROTECTED = {
    "ca": "Demana que ningú més no sàpiga qui és.",
    "es": "Pide que nadie más sepa quién es.",
    "pt-br": "Pede que ninguém mais saiba quem é.",
    "en": "Asks that nobody else knows who it is.",
}


class Arriving(Lived):
    """From the first word to the assessment."""

    @abstractmethod
    def _close(self) -> Iterator[datetime]:
        """A case that is never completed ends here already."""

    def _receive(self) -> Iterator[datetime]:
        story, author = self.story, self._author()
        registration = receive(self._submission(), by=author, at=self.at)
        self.case, self.access_code = registration.case, registration.access_code
        if story.protected:
            lead, reason = self.one_of(Role.LEAD), _PROTECTED[self.entity.default_language]
            with self.as_staff(lead):
                protect.protect(self.case, reason=reason, by=staff(lead), at=self.at)
        if story.closing == Closure.Reason.ANSWERED_AT_ONCE:
            agent = self.one_of(Role.AGENT)
            with self.as_staff(agent):
                answer_at_once.answer_at_once(
                    self.the_case, text=story.opening, by=staff(agent), at=self.at
                )
            self._is_over = True
            return
        yield self.later(hours=1.5)

    def _author(self) -> By | None:
        """Who writes it down, and when: what comes by mail or telephone is registered by staff."""
        if self.story.channel not in _MAIL_ORDER | {"telephone"}:
            return None
        self.later(hours=3 if self.story.channel in _MAIL_ORDER else 0.1)
        return staff(self.household.of(self.entity.key, Role.AGENT)[0])

    def _submission(self) -> Submission:
        story = self.story
        house = house_rules(self.entity.pk)
        category = next(
            (one for one in house.categories.values() if one.key == story.category), None
        )
        if category is None:
            raise StoryWrong(
                f"“{story.title}”: {self.entity.key} has no category {story.category}."
            )
        return Submission(
            entity_id=self.entity.pk,
            kind=Kind(story.kind),
            channel=Case.Channel(story.channel),
            language=story.language,
            received_at=self.begins_at,
            person=PersonGiven(**_person(story.person)),
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
        if story.incident and self.fresh().stage in {Stage.ANSWERED, Stage.CLOSED}:
            self._is_over = True  # The incident's answer came before anybody looked at it.
            return
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
