"""The pages in a real browser: with and without JavaScript, wide and narrow, light and dark."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, FilePayload, Page

from tests.cast import Cast, a_case, acting
from tests.ground import LiveSite, axe_violations
from valedor.bodies.taking_in import take_in_shipped
from valedor.casefile.letters import mailed_link
from valedor.casefile.models import Case, Kind, Stage
from valedor.casefile.viewing import viewer_of
from valedor.channels.social.actions.note import note_public_message
from valedor.channels.social.links import signed
from valedor.foundation.moments import now
from valedor.orders.actions.set_product import set_product

from .conftest import the_portal

pytestmark = pytest.mark.browser
WIDE, NARROW = {"width": 1100, "height": 900}, {"width": 320, "height": 640}


@pytest.fixture
def site(live_site: LiveSite) -> tuple[LiveSite, Cast]:
    return live_site, the_portal()


@pytest.fixture
def plain_page(_browser: Browser, live_site: LiveSite) -> Iterator[Page]:
    """A browser without JavaScript."""
    context = _browser.new_context(
        base_url=live_site.url, locale="en-GB", java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def looks_right(page: Page) -> None:
    """No violation that axe finds, wide in light and narrow in dark, and nothing sticks out."""
    for size, scheme in ((WIDE, "light"), (NARROW, "dark")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.wait_for_function("document.getAnimations().length === 0")  # Nothing is fading.
        assert axe_violations(page) == [], page.url
        beyond = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert beyond <= 0, page.url


def link_to(case: Case) -> str:
    """The address in a letter about a case, within the site."""
    fresh = Case.objects.select_related("entity").get(pk=case.pk)
    return "/" + mailed_link(fresh, fresh.complainant_id, at=now()).split("/", 3)[3]


def write(page: Page) -> None:
    """Fill in the form."""
    page.fill("[name=narrative]", "The bill of October charges the same period twice.")
    page.fill("[name=point] >> nth=0", "Charged twice")
    page.fill("[name=name]", "Marta Soler")
    page.fill("[name=email]", "marta@example.org")
    bill: FilePayload = {
        "name": "bill.pdf",
        "mimeType": "application/pdf",
        "buffer": b"%PDF-1.7 bill",
    }
    page.set_input_files("[name=file]", [bill])


def test_public_pages_look_right(site: tuple[LiveSite, Cast], page: Page) -> None:
    asked = "rule=es-lsac-2025/resolution&start=2026-11-20T09:14&region=ES-CT"
    for url in (
        "/",
        "/besos/",
        "/besos/privacy",
        "/besos/accessibility",
        "/besos/case",
        f"/deadline?{asked}",
    ):
        page.goto(url)
        looks_right(page)


def test_files_with_javascript(site: tuple[LiveSite, Cast], page: Page) -> None:
    refused: list[str] = []
    page.on("pageerror", lambda error: refused.append(str(error)))
    page.goto("/besos/complain")
    assert page.locator("#expected").inner_text().count("Sooner about") == 2
    page.select_option("[name=category]", label="Billing")
    page.locator("#expected", has_text="Our own promise is stricter").wait_for()
    assert "Sooner about" not in page.locator("#expected").inner_text()
    page.locator("button[value=review]:visible").last.click()
    page.wait_for_selector(".form [aria-invalid=true]")
    looks_right(page)
    write(page)
    page.locator("button[value=review]:visible").last.click()
    page.wait_for_selector("button[value=send]")
    looks_right(page)
    page.click("button[value=send]")
    page.wait_for_url("**/complain/received/*")
    looks_right(page)
    page.click("text=Open the page of my case")
    looks_right(page)
    page.click("text=How it is counted >> nth=0")
    looks_right(page)
    assert refused == []


def test_another_kind_folds_away_what_it_does_not_ask(
    site: tuple[LiveSite, Cast], page: Page
) -> None:
    page.goto("/besos/complain")
    remedy = page.get_by_label("What would put it right?")
    points = page.get_by_role("group", name="Each point on its own")
    assert remedy.is_visible()
    assert points.is_visible()
    page.check("[name=kind][value=suggestion]")
    assert page.get_by_role("heading", level=1).inner_text() == "Suggest something"
    assert not remedy.is_visible()
    assert not points.is_visible()
    page.get_by_label("What could we do better?").fill("Open on Saturdays, too.")
    page.check("[name=kind][value=cancellation]")
    page.get_by_label("From which day?").fill("1 December")
    looks_right(page)
    page.check("[name=kind][value=thanks]")
    assert page.locator("[name=remedy_sought]").is_visible()  # What stands in it is never hidden.
    page.fill("[name=remedy_sought]", "")
    page.check("[name=kind][value=enquiry]")
    assert not page.locator("[name=remedy_sought]").is_visible()
    assert page.locator("[name=narrative]").input_value() == "Open on Saturdays, too."
    looks_right(page)


def test_ordering_looks_right(site: tuple[LiveSite, Cast], page: Page) -> None:
    words = dict.fromkeys(("es", "ca", "en"), "New connection")
    asked = dict.fromkeys(words, "Which size? *\nFrom which day?")
    besos = site[1].besos
    set_product(besos, "pipe", name=words, questions=asked, at_home=True, by=None, at=now())
    page.goto("/besos/order")
    looks_right(page)
    page.click("text=New connection")
    page.click("button[value=send]")
    looks_right(page)  # With what is missing.
    for name, text in (("asked_1", "20"), ("name", "Marta Soler"), ("address", "Carrer Major 1")):
        page.fill(f"[name={name}]", text)
    page.fill("[name=email]", "marta@example.org")
    page.click("button[value=send]")
    page.click("text=Open the page of my case")
    assert page.get_by_role("heading", name="New connection").first.is_visible()
    looks_right(page)


def test_files_and_writes_without_javascript(site: tuple[LiveSite, Cast], plain_page: Page) -> None:
    page = plain_page
    page.goto("/besos/complain")
    page.select_option("[name=category]", label="Supply cut")
    write(page)
    page.click("text=Add another point")
    assert page.locator("[name=point]").count() == 2
    page.locator("button[value=review] >> nth=-1").click()
    assert "bill.pdf" in page.content()
    page.click("button[value=send]")
    page.click("text=Open the page of my case")
    page.fill("[name=text]", "One more thing")
    page.click("button:has-text('Send')")
    assert "One more thing" in page.locator(".entries").inner_text()


def test_an_answered_case_looks_right(site: tuple[LiveSite, Cast], page: Page) -> None:
    _site, cast = site
    case = a_case(cast, stage=Stage.ANSWERED, received_at=now() - timedelta(days=6))
    with acting(cast):
        link = link_to(case)
    page.goto(link)
    page.goto(f"{page.url}?lang=en")
    looks_right(page)
    page.click("text=Read the answer")
    looks_right(page)
    page.go_back()
    page.click("text=I do not agree >> nth=0")
    looks_right(page)


def test_works_with_the_keyboard_alone(site: tuple[LiveSite, Cast], page: Page) -> None:
    page.goto("/besos/case")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.locator("#id_reference").focus()
    page.keyboard.type("2026-004182-X")
    page.keyboard.press("Tab")
    page.keyboard.type("0000-0000-0000")
    page.keyboard.press("Enter")
    page.wait_for_selector("[aria-invalid=true]")
    assert "The letter at the end does not go with this number" in page.content()


def test_the_author_of_a_public_message_agrees_and_takes_it_back(
    site: tuple[LiveSite, Cast], page: Page, plain_page: Page
) -> None:
    _live, cast = site
    with acting(cast):
        message = note_public_message(
            cast.besos,
            network="Mastodon",
            address="https://mastodon.example/@ana/113520000000000000000000000000000000001",
            author="@ana@mastodon.example",
            text="Third leak this month and nobody comes.\nIs anybody there?",
            kind=Kind.COMPLAINT,
            language="en",
            seen_at=now() - timedelta(hours=1),
            viewer=viewer_of(cast.bruno),
            by=cast.bruno,
            at=now(),
        )
    address = f"/besos/public-message/{signed(message)}"
    page.goto(address)
    looks_right(page)
    plain_page.goto(address)
    plain_page.fill("[name=email]", "ana@example.org")
    plain_page.click("text=I wrote it and I agree")
    assert "/complain/received/" in plain_page.url
    plain_page.goto(plain_page.url.replace("complain/received", "case"))
    plain_page.click("text=Take out my public message")
    plain_page.click("button:has-text('Take it out')")
    assert "Your public message was removed from the case." in plain_page.content()
    assert "Take out my public message" not in plain_page.content()
    page.goto(address)
    assert "This question is closed" in page.content()
    looks_right(page)


def test_the_way_up_looks_right_and_asks_without_javascript(
    site: tuple[LiveSite, Cast], page: Page, plain_page: Page
) -> None:
    _live, cast = site
    take_in_shipped("ES", by=None, at=now())
    case = a_case(cast, received_at=now() - timedelta(days=40))
    with acting(cast):
        first, second = link_to(case), link_to(case)
    page.goto(first)
    assert page.get_by_role("heading", name="We have not answered in time").is_visible()
    looks_right(page)
    page.click("text=What each costs, how long it takes, whom it binds >> nth=0")
    page.wait_for_url("**/further")
    looks_right(page)
    plain_page.goto(second)
    plain_page.goto(page.url)
    plain_page.select_option("[name=town]", "Badalona")
    plain_page.fill("[name=amount]", "84,20")
    plain_page.click("text=Show who hears it")
    shown = plain_page.get_by_role("heading", name="Junta Arbitral de Consumo de Badalona")
    assert shown.is_visible()


def test_who_else_may_see_and_act(site: tuple[LiveSite, Cast], page: Page) -> None:
    """Let in with a code; and what somebody meets who was let in."""
    _live, cast = site
    with acting(cast):
        case = a_case(cast, received_at=now())
        link = link_to(case)
    page.goto(link)
    page.get_by_role("link", name="Who else may see and act").click()
    looks_right(page)
    page.fill("[name=name]", "Maria Ros")
    page.check("[name=role][value=association]")
    page.fill("[name=postal_address]", "Carrer Major 3\n08930 Sant Adrià de Besòs")
    page.get_by_role("button", name="Let them in").click()
    assert "Say which association it is." in page.content()
    looks_right(page)
    page.fill("[name=organisation]", "Consumidors del Besòs")
    page.get_by_role("button", name="Let them in").click()
    looks_right(page)
    code = page.locator(".reference").last.inner_text().split()[0]
    page.get_by_role("link", name="Who else may see and act").click()
    looks_right(page)
    page.context.clear_cookies()
    page.goto("/besos/case")
    page.fill("[name=reference]", case.reference)
    page.fill("[name=access_code]", code)
    page.get_by_role("button", name="Open my case").click()
    assert "You are here as Maria Ros" in page.content()
    looks_right(page)
    page.goto(page.url + "/access-code")
    assert "belongs to the person whose case it is" in page.content()
    looks_right(page)
