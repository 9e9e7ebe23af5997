"""The form inside the page of another site."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import Client
from playwright.sync_api import FilePayload, FrameLocator, Page

from tests.cast import FRIDAY, Cast, acting
from tests.ground import LiveSite, axe_violations
from valedor.casefile.models import Case, Document
from valedor.foundation.refusals import Refused
from valedor.people.actions.entities import change_entity
from valedor.people.models import Entity

from .conftest import the_portal
from .walking import CODE, text_of, token_of

SHOP = "https://www.besos.example"
WRITTEN = {
    "kind": "claim",
    "category": "other",
    "narrative": "The bill of October charges the same period twice.",
    "name": "Marta Soler",
    "email": "marta@example.org",
    "answer_channel": "email",
}


def let_show(entity: Entity, *sites: str) -> None:
    change_entity(entity, embedding_sites=list(sites), by=None, at=FRIDAY)


def test_only_the_sites_that_are_named_may_show_it(cast: Cast) -> None:
    let_show(cast.besos, SHOP, "https://*.ajuntament.example")
    shown = Client().get("/besos/embedded?lang=en")
    assert shown.status_code == 200
    policy = shown.headers["Content-Security-Policy"]
    assert f"frame-ancestors {SHOP} https://*.ajuntament.example" in policy
    assert "X-Frame-Options" not in shown.headers
    assert "script-src 'self'" in policy


def test_every_other_page_stays_out_of_frames(cast: Cast) -> None:
    let_show(cast.besos, SHOP)
    for address in ("/besos/complain", "/besos/", "/besos/case", "/besos/complain/expected"):
        answer = Client().get(address)
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_where_no_site_may_show_it_there_is_nothing(cast: Cast) -> None:
    assert Client().get("/besos/embedded").status_code == 404
    let_show(cast.besos, SHOP)
    assert Client().get("/ipe/embedded").status_code == 404


@pytest.mark.parametrize(
    "site",
    [
        "www.besos.example",
        "http://www.besos.example",
        "https://www.besos.example/complaints",
        "https://*",
        "https://example",
        "*",
        "https://www.besos.example; script-src *",
        "'self'",
        "https://www.besos.example https://other.example",
    ],
)
def test_what_is_no_site_is_refused(cast: Cast, site: str) -> None:
    with pytest.raises(Refused, match="site_unreadable"):
        let_show(cast.besos, site)


def test_the_receipt_comes_in_the_answer_without_a_cookie(cast: Cast) -> None:
    """As in a frame, where a browser keeps none: each request comes with nothing."""
    let_show(cast.besos, SHOP)
    address = "/besos/embedded?lang=en"
    form = text_of(Client().get(address))
    assert 'action="/besos/embedded?lang=en"' in form
    assert "Follow my case" not in form
    sent = {**WRITTEN, "token": token_of(form), "step": "review"}
    review = text_of(Client().post(address, sent))
    assert 'action="/besos/embedded?lang=en"' in review
    sent = {**WRITTEN, "token": token_of(review), "step": "send"}
    receipt = Client().post(address, sent)
    assert receipt.status_code == 200
    assert not receipt.cookies.get("received")
    code = CODE.search(text_of(receipt))
    with acting(cast):
        case = Case.objects.get()
    assert code is not None
    assert case.reference in text_of(receipt)
    assert f'/besos/case/{case.reference}"' not in text_of(receipt)
    opened = Client().post("/besos/case", {"reference": case.reference, "access_code": code[1]})
    assert opened.status_code == 302

    again = Client().post(address, sent)
    assert code[1] in text_of(again)
    with acting(cast):
        assert Case.objects.count() == 1


def test_it_speaks_the_language_of_its_address(cast: Cast) -> None:
    let_show(cast.besos, SHOP)
    for language in ("ca", "es", "pt-br", "en"):
        shown = Client(headers={"accept-language": "de"}).get(f"/besos/embedded?lang={language}")
        assert shown.headers["Content-Language"] == language
        assert f'action="/besos/embedded?lang={language}"' in text_of(shown)


@contextmanager
def another_site(line: str) -> Iterator[str]:
    """A page of somebody else's, on an origin of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f"<main><h1>Our shop</h1>{line}</main>"
            page = f"<!doctype html><html lang=en><title>A shop</title>{body}".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_words: object) -> None:
            """A test is quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        # Another host name, so that it is another site and not only another port.
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def line_for(site: LiveSite) -> str:
    return (
        f'<iframe data-valedor src="{site.url}/besos/embedded?lang=en" title="Besòs" width="100%" '
        f'height="300"></iframe><script src="{site.url}/static/scripts/embed.js" async></script>'
    )


def file_in(frame: FrameLocator) -> None:
    bill: FilePayload = {"name": "bill.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    frame.locator("[name=category]").select_option(label="Billing")
    frame.locator("[name=narrative]").fill("The bill charges the same period twice.")
    frame.locator("[name=name]").fill("Marta Soler")
    frame.locator("[name=email]").fill("marta@example.org")
    frame.locator("[name=file]").set_input_files([bill])
    frame.locator("button[value=review]:visible").last.click()
    frame.locator("button[value=send]").click()


@pytest.mark.browser
def test_files_inside_another_site(live_site: LiveSite, page: Page) -> None:
    cast = the_portal()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    with another_site(line_for(live_site)) as shop:
        let_show(cast.besos, shop)
        page.goto(shop)
        frame = page.frame_locator("iframe")
        frame.locator("h1", has_text="Tell us what happened").wait_for()
        page.wait_for_function("document.querySelector('iframe').offsetHeight > 900")
        assert axe_violations(page) == []  # The frame's page too.

        frame.locator("button[lang=ca]").click()
        frame.locator("html[lang=ca]").wait_for()
        frame.locator("button[lang=en]").click()
        frame.locator("html[lang=en]").wait_for()

        file_in(frame)
        frame.locator("h1", has_text="We have it").wait_for()
        with acting(cast):
            case = Case.objects.get()
            assert [one.name for one in Document.objects.filter(case=case, purpose="evidence")] == [
                "bill.pdf"
            ]
        shown = frame.locator("main").inner_text()
        code = CODE.search(shown)
        assert case.reference in shown
        assert code is not None
        with page.context.expect_page() as opened:
            frame.locator("a", has_text="Open the page of my case").click()
        window = opened.value
        window.fill("[name=reference]", case.reference)
        window.fill("[name=access_code]", code[1])
        window.click("button:has-text('Open my case')")
        window.wait_for_url(f"**/besos/case/{case.reference}")
    assert errors == []


@pytest.mark.browser
def test_a_site_that_is_not_named_shows_nothing(live_site: LiveSite, page: Page) -> None:
    cast = the_portal()
    let_show(cast.besos, SHOP)
    with another_site(line_for(live_site)) as shop:
        page.goto(shop)
        page.wait_for_timeout(1500)
        assert page.frame_locator("iframe").locator("form").count() == 0
