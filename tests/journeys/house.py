"""Besòs at work: its people at the desk, its worker, its mail, and whoever complains."""

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any, Protocol

from allauth.mfa.models import Authenticator

from tests.cast import Cast, acting, kinds_of
from valedor.casefile.models import Case, Deadline, Entry, Grievance, Stage
from valedor.casefile.verification import verify
from valedor.channels.tests.post_room import PostRoom, part_of
from valedor.foundation import jobs
from valedor.handling.actions.sweep import sweep
from valedor.intake.book import give_book_numbers
from valedor.people.models import Account

from .walker import Page, Walker

CODE = re.compile(r"\b([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})\b")
LINK = re.compile(r"https?://[^/\s]+(/\S*/case/\S+\?link=\S+)")


class _Clock(Protocol):
    at: Any

    def later(self, **by: float) -> Any: ...


@dataclass
class Staff:
    """A member of the staff at the desk, who reads English."""

    account: Account
    walker: Walker = field(default_factory=Walker)

    def __post_init__(self) -> None:
        Authenticator.objects.get_or_create(
            user=self.account, type=Authenticator.Type.TOTP, defaults={"data": {}}
        )
        self.walker.client.force_login(self.account)

    def open(self, url: str, *, expect: int = 200) -> Page:
        """Go to a page of the desk."""
        return self.walker.open(f"/desk/{url}", expect=expect)

    def act(
        self,
        reference: str,
        noun: str,
        item: int | None = None,
        *,
        expect: int = 200,
        **fields: Any,
    ) -> Page:
        """Open an act of a case, fill in what it asks, do it; the page it leads to."""
        where = f"/desk/cases/{reference}/{noun}" + ("" if item is None else f"/{item}")
        self.walker.open(where)
        return self.walker.submit(where, expect=expect, **fields)

    def cannot(self, reference: str, noun: str, words: str, item: int | None = None) -> None:
        """The page of an act says why it cannot be done."""
        where = f"/desk/cases/{reference}/{noun}" + ("" if item is None else f"/{item}")
        self.walker.open(where).says(words)


@dataclass
class Complainant:
    """Somebody who complains, and what they hold."""

    walker: Walker
    reference: str = ""
    access_code: str = ""
    entity: str = "besos"

    @property
    def url(self) -> str:
        """The page of their case."""
        return f"/{self.entity}/case/{self.reference}"

    def look(self) -> Page:
        """Open the page of the case."""
        return self.walker.open(self.url)

    def write(self, text: str, **more: Any) -> Page:
        """Send a message from the page of the case."""
        self.look()
        return self.walker.submit("/messages", text=text, **more)

    def step(self, noun: str, **fields: Any) -> Page:
        """Take a step that is asked on a page of its own."""
        self.walker.open(f"{self.url}/{noun}")
        return self.walker.submit(f"/{noun}", **fields)


@dataclass
class House:
    """Everybody, the clock and the mail."""

    cast: Cast
    clock: _Clock
    room: PostRoom
    _staff: dict[str, Staff] = field(default_factory=dict)

    def of(self, account: Account) -> Staff:
        """A member of the staff at the desk."""
        if account.username not in self._staff:
            self._staff[account.username] = Staff(account)
        return self._staff[account.username]

    @property
    def bruno(self) -> Staff:
        """Who handles."""
        return self.of(self.cast.bruno)

    @property
    def carla(self) -> Staff:
        """Who leads."""
        return self.of(self.cast.carla)

    def acting(self) -> AbstractContextManager[None]:
        """The transaction in which a test looks at what both entities hold."""
        return acting(self.cast)

    # -------------------------------------------------------------- filing
    def file(
        self,
        language: str = "en",
        *,
        entity: str = "besos",
        walker: Walker | None = None,
        **answers: Any,
    ) -> tuple[Complainant, Page]:
        """Fill in the public form, check it, send it; the receipt as it is shown."""
        walker = walker or Walker(language, address=f"192.0.2.{len(self._filed) % 200 + 1}")
        self._filed.append(walker)
        given = {
            "kind": "claim",
            "narrative": "They charged me twice. I called and nobody answered.",
            "name": "Ana Puig",
            "answer_channel": "email",
            "email": "ana@example.org",
        } | answers
        form = walker.open(f"/{entity}/complain").form("/complain")
        if "category" in form.choices:
            given = {"category": "other"} | given
        walker.submit("/complain", step="review", **given)
        receipt = walker.submit("/complain", step="send")
        found = CODE.search(receipt.text)
        assert found is not None, receipt.text
        reference = receipt.url.rsplit("/", 1)[1]
        return Complainant(walker, reference, found[1], entity), receipt

    _filed: list[Walker] = field(default_factory=list)

    def case(self, reference: str) -> Case:
        """A case as the database has it."""
        with acting(self.cast):
            return Case.objects.select_related("entity", "complainant", "holder").get(
                reference=reference
            )

    def lines(self, reference: str) -> list[str]:
        """What happened to a case, in order."""
        case = self.case(reference)
        with acting(self.cast):
            return kinds_of(case)

    def entries(self, reference: str, kind: str) -> list[Entry]:
        """The lines of one kind."""
        case = self.case(reference)
        with acting(self.cast):
            return list(Entry.objects.filter(case=case, kind=kind).order_by("sequence"))

    def clocks(self, reference: str, **which: Any) -> list[Deadline]:
        """The limits of a case."""
        case = self.case(reference)
        with acting(self.cast):
            return list(Deadline.objects.filter(case=case, **which).order_by("due_at"))

    # -------------------------------------------------------------- handling
    def look_into(self, reference: str, staff: Staff | None = None) -> Staff:
        """Assess a case, have it, and record one fact; whoever has it then."""
        staff = staff or self.bruno
        if self.case(reference).stage == Stage.RECEIVED:
            staff.act(reference, "assessment", severity="2", difficulty="simple")
        if self.case(reference).holder != staff.account:
            staff.act(reference, "taking")
        where = f"/desk/cases/{reference}/finding"
        form = staff.walker.open(where).form("/finding")
        line = next(iter(form.choices["entries"].values()))
        staff.walker.submit("/finding", text="One charge.", side="company", entries=[line])
        return staff

    def decide(self, reference: str, staff: Staff, **decision: Any) -> None:
        """Decide every point alike."""
        given = {"outcome": "upheld", "reasons": "The bank confirms two charges."} | decision
        case = self.case(reference)
        with acting(self.cast):
            points = list(
                Grievance.objects.filter(case=case, withdrawn_at=None).values_list(
                    "ordinal", flat=True
                )
            )
        for point in points:
            staff.act(reference, "decision", point, **given)

    def answer(self, reference: str, staff: Staff | None = None, **decision: Any) -> Staff:
        """Everything up to the button that sends the answer."""
        staff = self.look_into(reference, staff)
        self.clock.later(hours=2)
        self.decide(reference, staff, **decision)
        staff.act(reference, "response", opening="We have looked into it.")
        return staff

    # -------------------------------------------------------------- the worker and the mail
    def work(self) -> None:
        """Everything that waits in the queue is done."""
        jobs.work(concurrency=1, wait=False)
        assert jobs.given_up() == []

    def look_at_limits(self) -> None:
        """What the timetable does every minute."""
        sweep(at=self.clock.at)
        self.work()

    def mail(self) -> list[EmailMessage]:
        """What the worker sent just now."""
        before = len(self.room.messages)
        self.work()
        return self.room.messages[before:]

    def one_mail(self) -> EmailMessage:
        """The one message that the worker sent just now."""
        found = self.mail()
        subjects = [str(one["Subject"]) for one in found]
        assert len(found) == 1, subjects
        return found[0]

    # -------------------------------------------------------------- the book
    def verifies(self) -> None:
        """Every chain and every row is as its lines say."""
        give_book_numbers(self.clock.at)
        self.work()
        broken = [str(one) for one in verify().broken]
        assert not broken, "\n".join(broken)


def link_in(message: EmailMessage) -> str:
    """The way to the case in a letter."""
    found = LINK.search(part_of(message, "plain"))
    assert found is not None, part_of(message, "plain")
    return found[1]
