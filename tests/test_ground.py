"""The ground itself: a live site, a browser on it, and what axe says."""

import pytest
from django.http import HttpRequest
from playwright.sync_api import Page

from tests.ground import LiveSite, axe_violations


@pytest.mark.browser
def test_a_page_that_is_not_there_is_found_fit_for_everyone(
    live_site: LiveSite, page: Page
) -> None:
    answer = page.goto("/nowhere/at/all?lang=ca")
    assert answer is not None
    assert answer.status == 404
    assert page.locator("html").get_attribute("lang") == "ca"
    assert axe_violations(page) == []


@pytest.mark.browser
def test_axe_finds_what_is_wrong(page: Page) -> None:
    page.set_content("<main><img src='data:,'><input></main>")
    assert any(line.startswith("image-alt") for line in axe_violations(page))


def test_the_error_page_needs_nothing(settings: object) -> None:
    from django.views.defaults import server_error

    answer = server_error(HttpRequest())
    assert answer.status_code == 500
    assert b"our mistake" in answer.content
