"""One complaint in a real browser from the form to closure, both sides' pages read after each step.

Nothing is known of the house but its pages and the letters that leave it: the same journey runs
against any address.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import override
from holidays import country_holidays
from playwright.sync_api import Browser, FilePayload, Page

from tests.journeys.english import left_in_english, texts_of
from tests.journeys.house import CODE, LINK
from tests.journeys.told import TOLD
from valedor.channels.tests.post_room import part_of
from valedor.foundation.spoken_dates import day_in_words
from valedor.procedures.vocabulary_tables import vocabulary

NOTE = "Zanahoria: the person called us names."
"""An internal note, with a word that stands nowhere else."""

LEDGER = "Membrillo 2/10, 5/10."
"""What the area answers, with a word that stands nowhere else."""

AMOUNTS = {"es": "43,20\N{NO-BREAK SPACE}€", "ca": "43,20\N{NO-BREAK SPACE}€", "en": "€43.20"}
PATIENCE = timedelta(minutes=2)  # Of a machine that has other things to do.


@dataclass(frozen=True)
class Desk:
    """Who of the staff does what at an entity, and the days its law gives for the answer."""

    entity: str
    lead: str
    handler: str
    area: str
    days: int
    zone: str = "Europe/Madrid"
    rolls: str = ""
    """Where a last day that is no business day gives way to the next (Código Civil, art. 132)."""

    def answer_by(self) -> date:
        """The last day for the answer to what is filed now, counted here by hand."""
        day = datetime.now(ZoneInfo(self.zone)).date() + timedelta(days=self.days)
        if self.rolls:
            free = country_holidays(self.rolls[:2], subdiv=self.rolls[3:])
            while day.weekday() > 4 or day in free:
                day += timedelta(days=1)
        return day


DESKS = {
    # Fifteen days: Spain's consumer law (RDLeg 1/2007), art. 21.3.
    "es": Desk("besos", "laia", "ivan", "merce", 15),
    "ca": Desk("besos", "laia", "aina", "merce", 15),
    "en": Desk("besos", "laia", "marc", "merce", 15),
    # Seven days: Brazil's SAC decree (11.034/2022), art. 13.
    "pt-br": Desk("ipe", "renata", "lucas", "rafael", 7, "America/Sao_Paulo", "BR-RJ"),
}


@dataclass
class Journey:
    """A complaint in one language. ``letters``: every message that has left so far."""

    browser: Browser
    url: str
    language: str
    password: str
    letters: Callable[[], list[EmailMessage]]
    javascript: bool = True
    seen: Callable[[Page, str], None] = lambda page, step: None
    troubles: list[str] = field(default_factory=list)
    reference: str = ""
    access_code: str = ""
    day: date = date.min
    read_letters: list[str] = field(default_factory=list)
    _pages: dict[str, Page] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.told, self.desk = TOLD[self.language], DESKS[self.language]
        self.email = f"ana.{self.language}.{datetime.now():%H%M%S%f}@example.org"  # noqa: DTZ005

    def walk(self) -> None:
        """The whole way."""
        self.file()
        self.sign_in()
        self.take_in()
        self.ask_and_hear()
        self.ask_the_area()
        self.find_and_decide()
        self.answer()
        self.agree()
        self.put_right()
        self.close()

    # -------------------------------------------------------------- pages
    def page(self, who: str) -> Page:
        """The browser of somebody."""
        if who not in self._pages:
            context = self.browser.new_context(
                base_url=self.url,
                locale="pt-BR" if self.language == "pt-br" else self.language,
                java_script_enabled=self.javascript,
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.on("pageerror", lambda error: self.troubles.append(f"{page.url}: {error}"))
            self._pages[who] = page
            if who not in {"form", "person"}:
                page.goto("/desk/")
                page.fill("[name=login]", who)
                page.fill("[name=password]", self.password)
                page.locator("form:has([name=password]) button[type=submit]").click()
                page.wait_for_url(re.compile(r"/desk/(inquiries)?$"))
        return self._pages[who]

    def end(self) -> None:
        """Shut every browser."""
        for page in self._pages.values():
            page.context.close()

    def look(self, page: Page, step: str, *, is_desk: bool = False) -> list[str]:
        """Read a page: nothing is left in English, nothing of the house alone is on the portal."""
        html = page.content()
        spoken = re.search(r'<html[^>]* lang="([^"]+)"', html)
        language = spoken[1].lower() if spoken else ""
        if not is_desk and language != self.language:
            self.troubles.append(f"{step} {page.url}: is in {language}")
        texts = texts_of(html)
        for text in left_in_english(texts, language, sentences=not is_desk):
            self.troubles.append(f"{step} {page.url}: English: {text}")
        for secret in ("Zanahoria", "Membrillo", "%(", "{{", "None"):
            if secret in " ".join(texts) and not (is_desk and secret[0] in "ZM"):
                self.troubles.append(f"{step} {page.url}: {secret} is on it")
        self.seen(page, step)
        return texts

    def check(self, stage: str, *words: str, step: str, is_due: bool = True) -> str:
        """The page of the case in its language: the stage, these words, the last day."""
        page = self.page("person")
        with override(self.language):
            wanted = [_(stage), *words]
        page.goto(f"/{self.desk.entity}/case/{self.reference}")
        # The mail server has a letter a moment before the case knows of it.
        self._until(lambda: _says_now(page, wanted[0]))
        text = " ".join(self.look(page, step))
        self.troubles += [f"{step}: “{one}” is not on it" for one in wanted if one not in text]
        if is_due and day_in_words(self.day, self.language, with_weekday=True) not in text:
            self.troubles.append(f"{step}: {self.day} is not on it")
        return text

    def letter(self, step: str, *words: str) -> str:
        """The one new letter: in the language, whole, with these words."""
        found = self._next_letter()
        text, html = part_of(found, "plain"), part_of(found, "html")
        self.read_letters.append(text)
        for one in (found["Subject"], *text.splitlines()):
            if left_in_english([str(one)], self.language):
                self.troubles.append(f"{step} letter: English: {one}")
        if found["Content-Language"].lower() != self.language:
            self.troubles.append(f"{step} letter: is in {found['Content-Language']}")
        if self.reference not in found["Subject"]:
            self.troubles.append(f"{step} letter: {found['Subject']}")
        flat = " ".join(text.split())
        self.troubles += [f"{step} letter: no “{one}”" for one in words if one not in flat]
        for wrong in ("{", "}", "None", "Zanahoria", "Membrillo", " ,", " .", "..", "\n\n\n"):
            if wrong in text:
                self.troubles.append(f"{step} letter: “{wrong}” in it")
        if f'lang="{found["Content-Language"]}"' not in html:
            self.troubles.append(f"{step} letter: its HTML names no language")
        return text

    def _next_letter(self) -> EmailMessage:
        known = len(self.read_letters)
        self._until(lambda: len(self._ours()) > known)
        ours = self._ours()
        assert len(ours) == known + 1, [one["Subject"] for one in ours]
        return ours[-1]

    def _ours(self) -> list[EmailMessage]:
        return [one for one in self.letters() if self.email in one["To"]]

    def _until(self, holds: Callable[[], bool]) -> None:
        """Wait for what the worker brings about, as long as anybody would."""
        until = time.monotonic() + PATIENCE.total_seconds()
        while not holds() and time.monotonic() < until:
            self.page("person").wait_for_timeout(300)

    # -------------------------------------------------------------- the person
    def file(self) -> None:
        """The form with a file, the review, the receipt with number, code and days."""
        page = self.page("form")
        page.goto(f"/{self.desk.entity}/complain")
        self.look(page, "01-form")
        page.select_option("#category", index=1)
        page.fill("[name=narrative]", self.told.narrative)
        page.fill("[name=point] >> nth=0", self.told.points[0])
        page.click("button[value=add_point]")
        page.fill("[name=point] >> nth=1", self.told.points[1])
        page.fill("[name=name]", "Ana Puig")
        page.fill("[name=email]", self.email)
        page.set_input_files("[name=file]", [_file("bill.pdf")])
        page.locator("button[value=review]").last.click()
        page.wait_for_selector("button[value=send]")
        text = " ".join(self.look(page, "02-review"))
        assert "bill.pdf" in text
        assert self.told.points[1] in text
        page.click("button[value=send]")
        page.wait_for_url("**/complain/received/*")
        text = " ".join(self.look(page, "03-receipt"))
        found = CODE.search(text)
        assert found is not None, text
        self.reference, self.access_code = page.url.rsplit("/", 1)[1], found[1]
        assert self.reference in text
        self.day = self.desk.answer_by()
        if f'datetime="{self.day}"' not in page.content():
            self.troubles.append(f"receipt: {self.day} is not on it: {text}")

    def sign_in(self) -> None:
        """The mailed receipt; the page of the case with reference and code, in a fresh browser."""
        letter = self.letter("04-receipt", self.reference)
        assert self.access_code not in letter
        assert LINK.search(letter) is not None, letter
        page = self.page("person")
        page.goto(f"/{self.desk.entity}/case")
        self.look(page, "04-sign-in")
        page.fill("[name=reference]", self.reference.lower())
        page.fill("[name=access_code]", self.access_code.replace("-", " ").lower())
        page.locator("#letting_in button[type=submit]").click()
        page.wait_for_url(f"**/case/{self.reference}")
        self.check("We have it and somebody will take it on", "bill.pdf", step="05-filed")

    def ask_and_hear(self) -> None:
        """A note for the house alone; a question, a letter, an answer with a file."""
        who = self.desk.handler
        self.act(who, "note", text=NOTE)
        self.act(who, "question", text=self.told.question)
        self.letter("07-asked", self.told.question)
        self.check("We wait for your answer to a question", self.told.question, step="07-asked")
        page = self.page("person")
        page.fill("[name=text]", self.told.reply)
        page.set_input_files("[name=file]", [_file("extract.pdf")])
        page.locator("#write button[type=submit]").last.click()
        page.wait_for_load_state()
        self.check("Somebody looks into it", self.told.reply, "extract.pdf", step="08-heard")
        self.open_case("08-desk-heard", self.told.reply, "extract.pdf", "Zanahoria")

    def agree(self) -> None:
        """The person reads the answer and says yes."""
        page = self.page("person")
        page.click(".actions a.button--primary[href*='/letters/']")
        page.wait_for_url("**/letters/*")
        text = " ".join(self.look(page, "14-letter"))
        assert self.told.reasons in text
        page.goto(f"/{self.desk.entity}/case/{self.reference}/acceptance")
        self.look(page, "15-acceptance")
        page.click("#do")
        page.wait_for_url(f"**/case/{self.reference}")
        self.check("You have accepted the answer", step="15-agreed", is_due=False)

    # -------------------------------------------------------------- the desk
    def act(self, who: str, noun: str, item: str = "", **given: Any) -> str:
        """Open an act of the case, fill in what it asks, do it; the page it leads to."""
        page = self.page(who)
        where = f"/desk/cases/{self.reference}/{noun}" + (f"/{item}" if item else "")
        page.goto(where)
        self.look(page, f"desk-{noun}", is_desk=True)
        for name, value in given.items():
            self._fill(page, name, value)
        for extra in page.locator("#act_response [name^=place_]").all():
            extra.fill(self.told.reasons)
        form = f"#act_{noun}"
        page.locator(f"{form} button[type=submit]").last.click()
        page.wait_for_url(lambda url: not url.endswith(where))
        return " ".join(self.look(page, f"desk-{noun}-done", is_desk=True))

    def _fill(self, page: Page, name: str, value: Any) -> None:
        one = page.locator(f"main [name={name}]")
        if isinstance(value, dict):
            one.set_input_files(_file(value["name"]))
        elif one.first.evaluate("one => one.tagName") == "SELECT":
            one.select_option(**({"index": value} if isinstance(value, int) else {"value": value}))
        elif one.first.get_attribute("type") in {"radio", "checkbox"}:
            page.check(f"main [name={name}][value='{value}']")
        else:
            one.fill(value)

    def open_case(self, step: str, *words: str) -> str:
        """The case as its handler has it."""
        page = self.page(self.desk.handler)
        page.goto(f"/desk/cases/{self.reference}")
        text = " ".join(self.look(page, step, is_desk=True))
        self.troubles += [f"{step}: “{one}” is not on it" for one in words if one not in text]
        return text

    def take_in(self) -> None:
        """The lead finds it among what nobody has, assesses it, and gives it to somebody."""
        page = self.page(self.desk.lead)
        page.goto("/desk/?queue=unassigned")
        self.look(page, "06-queue", is_desk=True)
        assert self.reference in page.content()
        self.act(self.desk.lead, "assessment", severity="2", difficulty="simple")
        page.goto(f"/desk/cases/{self.reference}/assignment")
        offered = page.locator("main label:has([name=holder]), main [name=holder] + label")
        names = {"ivan": "Iván", "aina": "Aina", "marc": "Marc", "lucas": "Lucas"}
        mine = offered.filter(has_text=names[self.desk.handler]).first
        mine.click()
        page.fill("main [name=reason]", "—")
        page.locator("#act_assignment button[type=submit]").last.click()
        page.wait_for_url(f"**/cases/{self.reference}")
        self.check("Somebody looks into it", step="06-assigned")

    def ask_the_area(self) -> None:
        """The area sees the question and nothing of the person, and answers."""
        self.act(self.desk.handler, "area-question", text=self.told.question)
        page = self.page(self.desk.area)
        page.goto("/desk/inquiries")
        self.look(page, "09-inquiries", is_desk=True)
        card = page.locator("li", has_text=self.reference)
        card.locator("a[href*='/desk/inquiries/']").click()
        page.wait_for_url("**/inquiries/*")
        self.look(page, "09-inquiry", is_desk=True)
        assert self.email not in page.content()
        page.fill("main [name=text]", LEDGER)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(re.compile(r"/inquiries$"))
        self.open_case("09-desk-answered", LEDGER)
        self.check("We look into it, with what both sides say", step="09-area")

    def find_and_decide(self) -> None:
        """Facts from both sides, each with what shows it; then every point on its own."""
        who = self.desk.handler
        page = self.page(who)
        for side, label in (("complainant", "extract.pdf"), ("company", "Membrillo")):
            page.goto(f"/desk/cases/{self.reference}/finding")
            page.fill("main [name=text]", self.told.reply)
            page.check(f"main [name=side][value={side}]")
            box = page.locator("main label", has_text=label).first
            page.locator(f"[id='{box.get_attribute('for')}']").check()
            page.locator("#act_finding button[type=submit]").last.click()
            page.wait_for_url(f"**/cases/{self.reference}")
        self.check("We look into it, with what both sides say", step="10-found")
        self.act(who, "decision", "1", outcome="upheld", reasons=self.told.reasons)
        grounds = {"outcome": "not_upheld", "grounds": "Contract 4."}
        self.act(who, "decision", "2", reasons=self.told.reasons, **grounds)
        self.act(who, "redress", option="refund", amount="43.20")
        text = self.check("We write the answer", step="11-decided")
        assert self.told.reasons not in text
        assert not any(amount in text for amount in ("43,20", "43.20"))

    def answer(self) -> None:
        """The letter as it will go, then gone: the limit is met once it was taken."""
        self.act(self.desk.handler, "response")
        amount = AMOUNTS.get(self.language, "R$\N{NO-BREAK SPACE}43,20")
        spaced = amount.replace("\N{NO-BREAK SPACE}", " ")
        text = self.letter("12-answer", *self.told.points, self.told.reasons, spaced)
        assert self.access_code not in text
        turn = "It is your turn: the answer has been sent"
        self.check(turn, step="13-answered", is_due=False)

    def put_right(self) -> None:
        """What was promised is done with proof, and the person is told."""
        page = self.page(self.desk.handler)
        page.goto(f"/desk/cases/{self.reference}")
        link = page.locator("a[href*='/execution/']").first.get_attribute("href") or ""
        item = link.rsplit("/", 1)[1]
        self.act(self.desk.handler, "execution", item, proof_text="774", file=_file("paid.pdf"))
        self.letter("16-done", "774")
        self.check("You have accepted the answer", step="16-done", is_due=False)

    def close(self) -> None:
        """The case ends; the person reads why and what is still possible."""
        self.act(self.desk.handler, "closure", reason="agreed")
        self.letter("17-closed", vocabulary("closures")["agreed"].text.in_language(self.language))
        self.check("Closed", step="17-closed", is_due=False)
        page = self.page("person")
        page.goto(f"/{self.desk.entity}/case/{self.reference}/print")
        self.look(page, "18-print")


def _file(name: str) -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + name.encode()}


def _says_now(page: Page, words: str) -> bool:
    """Whether a page says something, by now."""
    if words in " ".join(texts_of(page.content())):
        return True
    page.reload()
    return False
