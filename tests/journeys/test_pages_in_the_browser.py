"""Every page in a real browser: fit for everyone, wide and narrow, light and dark.

A covering set, not every combination: widths, schemes and languages take turns, and what sticks out
of a narrow screen is looked for in all four languages where it matters most.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page
from pytest_django import DjangoDbBlocker

from tests.ground import LiveSite, a_committed_database, a_live_site, axe_violations
from tests.journeys import shown as showing
from tests.journeys.shown import PASSWORD, Shown, something_to_show

pytestmark = pytest.mark.browser
LANGUAGES = ("es", "ca", "pt-BR", "en")
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Walk:
    """Looks at pages as whoever opens them, and writes down what is wrong."""

    site: LiveSite
    shown: Shown
    browser: Browser
    troubles: list[str] = field(default_factory=list)
    _open: dict[tuple[str, str], Page] = field(default_factory=dict)
    _hears: bool = True

    def page(self, who: str, language: str) -> Page:
        """The browser of somebody."""
        if (who, language) not in self._open:
            context = self.browser.new_context(
                base_url=self.site.url, locale=language, reduced_motion="reduce"
            )
            if who in self.shown.accounts:
                cookie: Any = {**self.shown.cookie_of(who), "url": self.site.url}
                context.add_cookies([cookie])
            page = context.new_page()
            if who == "ana":
                page.goto(self.shown.link_to("answered"))
            page.on("console", lambda said: self._heard(page, said.type, said.text))
            page.on("pageerror", lambda error: self._heard(page, "error", str(error)))
            self._open[who, language] = page
        return self._open[who, language]

    def _heard(self, page: Page, kind: str, text: str) -> None:
        if not self._hears:
            return
        if kind == "error" or "Content Security Policy" in text:
            self.troubles.append(f"{page.url}: {text}")

    def look(self, pages: Iterable[tuple[str, str]], *, twice: bool = False) -> None:
        """Every page: width, scheme and language take turns. ``twice``, in both widths."""
        for number, (who, url) in enumerate(pages):
            turn = [(WIDE, "light"), (NARROW, "dark"), (WIDE, "dark"), (NARROW, "light")]
            looks = [turn[number % 4], turn[(number + 1) % 4]][: 2 if twice else 1]
            language = LANGUAGES[number // 2 % 4]
            for size, scheme in looks:
                self._look(self.page(who, language), who, url, size, scheme)

    def _look(self, page: Page, who: str, url: str, size: dict[str, int], scheme: str) -> None:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        self._open_it(page, url)
        where = f"{who} {scheme} {size['width']} {page.url}"
        self._sticks_out(page, where)
        self._hears = False  # The checker styles the page, which our policy forbids.
        self.troubles += [f"{where}: {line}" for line in axe_violations(page)]

    def fits(self, pages: Iterable[tuple[str, str]]) -> None:
        """Nothing sticks out on a narrow screen, in any language."""
        for who, url in pages:
            for language in LANGUAGES:
                page = self.page(who, language)
                page.set_viewport_size(NARROW)  # type: ignore[arg-type]
                self._open_it(page, url)
                self._sticks_out(page, f"{who} {language} 320 {url}")

    def _open_it(self, page: Page, url: str) -> None:
        self._hears = True
        answer = page.goto(url)
        if answer is None or answer.status != 200:
            self.troubles.append(f"{url}: status {answer.status if answer else None}")

    def _sticks_out(self, page: Page, where: str) -> None:
        beyond = page.evaluate(BEYOND)
        if beyond > 0:
            self.troubles.append(f"{where}: {beyond} px stick out")

    def close(self) -> None:
        """Shut every browser."""
        for page in self._open.values():
            page.context.close()


@pytest.fixture(scope="module")
def place(
    _static_files: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[LiveSite, Shown]]:
    """One site for the module. Tests of it only add cases."""
    with a_committed_database(django_db_blocker) as database:
        shown = something_to_show()
        with a_live_site(database) as site:
            yield site, shown


@pytest.fixture
def walk(place: tuple[LiveSite, Shown], _browser: Browser) -> Iterator[Walk]:
    """Somebody who looks at pages."""
    walk = Walk(*place, _browser)
    yield walk
    walk.close()


@pytest.fixture
def plain(place: tuple[LiveSite, Shown], _browser: Browser) -> Iterator[BrowserContext]:
    """A browser without JavaScript."""
    context = _browser.new_context(base_url=place[0].url, locale="en-GB", java_script_enabled=False)
    yield context
    context.close()


def test_public_pages(walk: Walk) -> None:
    walk.look(showing.public_pages(), twice=True)
    assert not walk.troubles, "\n".join(walk.troubles)


def test_the_complainants_pages(walk: Walk) -> None:
    walk.look(showing.own_pages(walk.shown), twice=True)
    assert not walk.troubles, "\n".join(walk.troubles)


def test_the_desk(walk: Walk) -> None:
    walk.look(showing.desk_pages(walk.shown))
    assert not walk.troubles, "\n".join(walk.troubles)


def test_the_acts(walk: Walk) -> None:
    walk.look(showing.act_pages(walk.shown))
    assert not walk.troubles, "\n".join(walk.troubles)


def test_the_settings(walk: Walk) -> None:
    walk.look(showing.settings_pages())
    assert not walk.troubles, "\n".join(walk.troubles)


def test_nothing_sticks_out_in_any_language(walk: Walk) -> None:
    middle = f"/desk/cases/{walk.shown.cases['investigation'].reference}"
    walk.fits(showing.public_pages()[:11])
    walk.fits(showing.own_pages(walk.shown)[:2])
    walk.fits(("bruno", url) for url in ("/desk/?queue=open", middle, f"{middle}/finding"))
    assert not walk.troubles, "\n".join(walk.troubles)


def test_a_claim_is_filed_and_answered_without_javascript(plain: BrowserContext) -> None:
    ana = plain.new_page()
    ana.goto("/besos/complain")
    ana.select_option("[name=category]", label="Billing")
    ana.fill("[name=narrative]", "October was charged twice.")
    ana.fill("[name=point] >> nth=0", "Charged twice")
    ana.fill("[name=name]", "Marta Soler")
    ana.fill("[name=email]", "marta@example.org")
    bill: FilePayload = {"name": "bill.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    ana.set_input_files("[name=file]", [bill])
    ana.locator("button[value=review] >> nth=-1").click()
    ana.click("button[value=send]")
    ana.wait_for_url("**/complain/received/*")
    reference = ana.url.rsplit("/", 1)[1]
    ana.click("text=Open the page of my case")

    lena = plain.new_page()
    lena.goto("/desk/")
    lena.fill("[name=login]", "lena")
    lena.fill("[name=password]", PASSWORD)
    lena.locator("form:has([name=password]) button[type=submit]").click()
    lena.goto("/desk/?queue=unassigned")
    lena.click(f"text={reference}")
    _act(lena, reference, "assessment", {"severity": "2", "difficulty": "simple"})
    lena.goto(f"/desk/cases/{reference}/finding")
    lena.fill("[name=text]", "Two charges.")
    lena.check("[name=side][value=company]")
    lena.locator("[name=entries]").first.check()
    _send(lena, "finding")
    _act(lena, reference, "decision/1", {"outcome": "upheld"}, reasons="The bank confirms it.")
    _act(lena, reference, "response", {}, opening="We have looked into it.")
    assert "Answered, not sent" in lena.inner_text("main")


def _act(page: Page, reference: str, noun: str, chosen: dict[str, str], **written: str) -> None:
    """Open an act, choose, write, send."""
    page.goto(f"/desk/cases/{reference}/{noun}")
    for name, value in chosen.items():
        page.check(f"[name={name}][value='{value}']")
    for name, text in written.items():
        page.fill(f"[name={name}]", text)
    _send(page, noun)


def _send(page: Page, noun: str) -> None:
    page.locator(f"form[action$='/{noun}'] button[type=submit]").last.click()
    page.wait_for_url(lambda url: not url.endswith(f"/{noun}"))


def test_everything_is_reached_with_the_keyboard(walk: Walk) -> None:
    page = walk.page("anybody", "en")
    page.goto("/besos/complain")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    wanted = {"category", "narrative", "point", "name", "email", "file", "review"}
    reached, unseen = _tab_through(page)
    assert wanted <= reached, wanted - reached
    assert unseen == []
    page = walk.page("bruno", "en")
    page.goto(f"/desk/cases/{walk.shown.cases['received'].reference}/assessment")
    reached, unseen = _tab_through(page)
    assert {"severity", "difficulty", "is_admissible"} <= reached
    assert unseen == []


def _tab_through(page: Page, most: int = 120) -> tuple[set[str], list[str]]:
    """What Tab reaches, by name or value; and where nothing shows that it is there."""
    reached: set[str] = set()
    unseen: list[str] = []
    for _step in range(most):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => { const one = document.activeElement;
                if (one === document.body) return null;
                const near = [one, one.nextElementSibling, one.parentElement,
                    one.closest('label')].filter(Boolean);
                const seen = near.some(part => { const style = getComputedStyle(part);
                    return style.outlineStyle !== 'none' || style.boxShadow !== 'none'; });
                return [one.name || '', one.value || '', one.outerHTML.slice(0, 80), seen]; }"""
        )
        if found is None:
            break
        reached |= {found[0], found[1]}
        if not found[3]:
            unseen.append(found[2])
    return reached, unseen
