"""The desk in a real browser: no violation in light, dark or narrow; what is typed is kept."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.sessions.models import Session
from django.test import Client

from tests import cast as people
from tests.cast import Cast
from tests.ground import LiveSite, axe_violations
from valedor.casefile.models import Case, EntryContent, RawMessage, Stage
from valedor.desk.tests.reading import page_of
from valedor.intake.importing.mapping import mapping_text
from valedor.intake.models import ImportedFile, ImportReject
from valedor.people.actions.absences import set_absence
from valedor.people.models import Account

if TYPE_CHECKING:
    from playwright.sync_api import Page


@dataclass
class Desk:
    """A living desk: its people, a case under investigation, one decided."""

    cast: Cast
    case: Case
    decided: Case
    page: "Page"

    def sign_in(self, account: Account) -> None:
        """Let the browser in as somebody."""
        client = Client()
        client.force_login(account)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.url}]
        )

    url: str = ""
    unread: tuple[str, ...] = ()


@pytest.fixture
def desk(live_site: LiveSite, page: "Page") -> Desk:
    """A site with a few cases on it."""
    cast = people.the_cast()
    case = people.a_case(cast, stage=Stage.INVESTIGATION)
    decided = people.a_case(cast, stage=Stage.DECIDED)
    people.a_case(cast)
    set_absence(
        cast.bruno, from_on=date(2027, 1, 4), to_on=date(2027, 1, 8), note="Marc stands in.",
        today=people.FRIDAY.date(), by=cast.carla, at=people.FRIDAY,
    )  # fmt: skip
    living = Desk(cast, case, decided, page, live_site.url)
    living.unread = _unread(cast, case)
    living.sign_in(cast.bruno)
    return living


def _unread(cast: Cast, case: Case) -> tuple[str, ...]:
    """A message and a row that no machine could read, and where they are."""
    with people.acting(cast):
        raw = RawMessage.objects.create(
            entity=cast.besos,
            channel=Case.Channel.API,
            state=RawMessage.State.HELD,
            media_type="application/json",
            content=b'{"narrative": "' + b"Sin agua desde ayer. " * 40 + b'", "kind": "nonsense"}',
            trouble="422 schema",
            envelope={"case": case.reference},
            received_at=people.FRIDAY,
        )
        file = ImportedFile.objects.create(
            entity=cast.besos,
            mapping="spreadsheet:abc",
            source="spreadsheet",
            name="cases.csv",
            sha256="0" * 64,
            header=b"number;received;text;name\r\n",
            mapping_text=mapping_text("spreadsheet"),
            begun_at=people.FRIDAY,
        )
        reject = ImportReject.objects.create(
            entity=cast.besos,
            file=file,
            record=3,
            line=4,
            content=b"8;el jueves;" + b"No vino nadie. " * 30 + b";Pau Gil\r\n",
            reason="The date cannot be read.",
            rejected_at=people.FRIDAY,
        )
    message = f"/desk/held/messages/{raw.pk}"
    register = f"/desk/register?entity=besos&held={raw.pk}"
    return message, register, f"/desk/held/rows/{reject.pk}"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_no_violation_and_nothing_wider_than_the_window(
    desk: Desk, scheme: str, width: int
) -> None:
    page = desk.page
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 800})
    addresses = [
        "/desk/",
        "/desk/?queue=open",
        "/desk/filters?queue=open",
        "/desk/search?q=factura",
        "/desk/register?entity=besos",
        "/desk/letters",
        page_of(desk.case),
        page_of(desk.case, "assessment"),
        page_of(desk.case, "decision", 1),
        page_of(desk.case, "finding"),
        page_of(desk.decided, "response"),
        page_of(desk.case, "closure"),
        page_of(desk.case, "person"),
        page_of(desk.case, "protection"),
        "/desk/absences",
        "/desk/people",
        f"/desk/people?q={desk.case.reference}",
        "/desk/held",
        "/desk/imports",
        *desk.unread,
    ]
    wrong = []
    for address in addresses:
        page.goto(address)
        wrong += [f"{address}: {line}" for line in axe_violations(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{address} is wider than {width}")
    assert wrong == []


def test_a_draft_is_kept_while_one_types_and_found_again(desk: Desk) -> None:
    page = desk.page
    page.goto(page_of(desk.case))
    page.get_by_label("Your message").fill("Dear Ana, we have asked")
    page.get_by_text("Draft saved at").wait_for()
    page.reload()
    assert page.get_by_label("Your message").input_value() == "Dear Ana, we have asked"
    page.get_by_role("link", name="Internal note").first.click()
    page.get_by_text("Only colleagues read it. It can never be sent.").wait_for()
    assert page.get_by_label("Internal note").input_value() == ""
    page.get_by_role("link", name="Reply to the person").click()
    page.get_by_label("Your message").wait_for()
    assert page.get_by_label("Your message").input_value() == "Dear Ana, we have asked"


def test_the_letter_follows_what_is_typed(desk: Desk) -> None:
    page = desk.page
    page.goto(page_of(desk.decided, "response"))
    page.get_by_label("How the letter begins").fill("Gracias por su paciencia, Ana.")
    page.locator("#letter").get_by_text("Gracias por su paciencia, Ana.").wait_for()


def test_the_filters_open_in_place_and_narrow_the_list(desk: Desk) -> None:
    page = desk.page
    page.goto("/desk/?queue=open")
    page.get_by_role("link", name="Filter").click()
    page.get_by_label("Stage").select_option("decided")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**stage=decided**")
    assert page.get_by_text(desk.decided.reference).count() == 1
    assert page.get_by_text(desk.case.reference).count() == 0


def test_a_decision_by_keyboard_alone(desk: Desk) -> None:
    page = desk.page
    page.goto(page_of(desk.case, "decision", 1))
    page.get_by_label("Upheld", exact=False).first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("The meter shows two readings.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Decide"
    page.keyboard.press("Enter")
    page.get_by_text("Point 1 is decided.").wait_for()


def test_an_absence_and_a_corrected_row_by_keyboard_alone(desk: Desk) -> None:
    page = desk.page
    page.goto("/desk/absences")
    page.get_by_label("First day away").fill("2027-02-01")
    page.get_by_label("Last day away").fill("2027-02-05")
    page.get_by_label("Note for colleagues").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Keep it"
    page.keyboard.press("Enter")
    page.get_by_text("1 Feb 2027 to 5 Feb 2027", exact=True).wait_for()
    page.goto(desk.unread[-1])
    row = page.get_by_label("The row, corrected")
    row.fill(row.input_value().replace("el jueves", "2026-11-19"))
    row.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Try again"
    page.keyboard.press("Enter")
    page.get_by_role("link", name="The case that it became").wait_for()


def test_what_is_typed_outlives_the_session_without_scripts(desk: Desk) -> None:
    account = desk.cast.bruno
    # As the site digests it: the tests' own way is quicker.
    account.password = Argon2PasswordHasher().encode("a long pass phrase", "seasoning")
    account.save(update_fields=["password"])
    browser = desk.page.context.browser
    assert browser is not None
    context = browser.new_context(
        base_url=desk.url,
        locale="en-GB",
        java_script_enabled=False,
        viewport={"width": 320, "height": 700},
    )
    page = context.new_page()

    def sign_in(*, leads_to: str) -> None:
        page.get_by_label("Login").fill("bruno")
        page.get_by_label("Password").fill("a long pass phrase")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"**{leads_to}")

    page.goto("/desk/")
    sign_in(leads_to="/desk/")
    page.goto(f"/desk/cases/{desk.case.reference}/note")
    page.get_by_label("Internal note").fill("The meter was changed.\nNobody told her.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Keep the note").click()
    page.get_by_text("What you typed is kept for two hours").wait_for()
    sign_in(leads_to="/desk/unsent")

    assert page.get_by_role("heading", name="Typed and not sent").is_visible()
    assert page.get_by_text("The meter was changed.").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Send it again").click()
    page.wait_for_url(f"**/desk/cases/{desk.case.reference}")
    with people.acting(desk.cast):
        notes = EntryContent.objects.filter(id__case=desk.case, id__kind="case.note_written")
        assert [" ".join(one.body.split()) for one in notes] == [
            "The meter was changed. Nobody told her."
        ]
    context.close()
