"""A browser without scripts, and what somebody of the staff types in it."""

import html
import re
from typing import Any

from django.contrib.sessions.models import Session
from django.test import Client

from tests.cast import Cast, acting
from valedor.casefile.models import Case, EntryContent
from valedor.people.models import Account

PASSWORD = "a long pass phrase"
NOTE = "Ana called. She says: “the meter was changed” & <nobody> told her.\r\nSecond line."
WHERE = "/desk/unsent"


class Browser:
    """A browser without scripts: it sends the forms that pages show it, tokens and all."""

    def __init__(self, language: str = "en") -> None:
        self.client = Client(enforce_csrf_checks=True, headers={"accept-language": language})
        self.shown: Any = None

    @property
    def text(self) -> str:
        return html.unescape(self.shown.content.decode())

    def open(self, address: str) -> Any:
        self.shown = self.client.get(address, follow=True)
        return self.shown

    def send(self, form: str = "", *, files: Any = None, **typed: Any) -> Any:
        """Fill in and send the form of the page that has ``form`` in it; follow where it leads."""
        address, fields = self.form(form)
        self.shown = self.client.post(
            address or self.shown.request["PATH_INFO"],
            fields | typed | (files or {}),
            follow=True,
            headers={"origin": "http://testserver"},
        )
        return self.shown

    def form(self, part: str = "") -> tuple[str, dict[str, str]]:
        for found in re.findall(r"<form[^>]*method=\"post\".*?</form>", self.mark_up, re.DOTALL):
            if part in found:
                action = re.search(r'<form[^>]*action="([^"]*)"', found)
                hidden = re.findall(
                    r'<input type="hidden" name="([^"]*)" value="([^"]*)"', found, re.DOTALL
                )
                values = {html.unescape(name): html.unescape(value) for name, value in hidden}
                return html.unescape(action[1]) if action else "", values
        raise AssertionError(f"there is no form with {part}: {self.mark_up}")

    @property
    def mark_up(self) -> str:
        return str(self.shown.content.decode())

    def sign_in(self, account: Account, password: str = PASSWORD) -> Any:
        if not self.shown or "/accounts/login/" not in self.shown.request["PATH_INFO"]:
            self.open("/accounts/login/")
        return self.send('name="password"', login=account.username, password=password)


def sessions_end() -> None:
    Session.objects.all().delete()


def notes_of(case: Case, cast: Cast) -> list[str]:
    with acting(cast):
        noted = EntryContent.objects.filter(id__case=case, id__kind="case.note_written")
        return list(noted.values_list("body", flat=True))


def at_the_note(browser: Browser, case: Case) -> None:
    browser.open(f"/desk/cases/{case.reference}/note")
    assert 'name="text"' in browser.mark_up
