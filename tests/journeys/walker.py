"""Somebody who walks through pages without JavaScript: reads a page, fills in its form, sends it.

What is sent is what the page's own form holds, so a form that lost a field fails its test.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

_NOT_TEXT = {"script", "style", "template"}
_PLAIN = {"text", "hidden", "email", "tel", "search", "date", "datetime-local", "number", "url"}


@dataclass
class Form:
    """A form of a page: what it would send if nobody typed anything, and what can be chosen."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)  # name → label → value
    buttons: list[tuple[str, str]] = field(default_factory=list)  # name, value

    def filled(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """What is sent with these fields filled in; a choice may be named by its label."""
        known = set(self.values) | set(self.choices)
        unknown = set(fields) - known
        assert not unknown, f"{self.action} has no field {unknown}; it has {sorted(known)}"
        return self.values | {name: self._value(name, given) for name, given in fields.items()}

    def _value(self, name: str, given: Any) -> Any:
        if isinstance(given, list | tuple):
            return [self._value(name, one) for one in given]
        if isinstance(given, SimpleUploadedFile):
            return given
        offered = self.choices.get(name)
        if offered is None or str(given) in offered.values():
            return str(given)
        for label, value in offered.items():
            if label.startswith(str(given)):
                return value
        raise AssertionError(f"{name} offers {offered}, not {given}")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.text: list[str] = []
        self._form: Form | None = None
        self._silent = 0
        self._select = self._area = ""
        self._option: list[str] | None = None
        self._link: list[str] | None = None
        self._choice: tuple[str, str] | None = None  # A box whose label follows.

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._silent += tag in _NOT_TEXT
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "a" and "href" in given:
            self._link = [given["href"]]
        elif self._form is not None:
            self._field(self._form, tag, given)

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, value = given.get("name", ""), given.get("value", "")
        kind = given.get("type", "text" if tag == "input" else "submit")
        if tag == "button" and kind == "submit":
            form.buttons.append((name, value))
        elif not name or "disabled" in given:
            return
        elif tag == "select":
            self._select = name
            form.choices[name] = {}
        elif tag == "option":
            pass
        elif tag == "textarea":
            self._area = name
            form.values[name] = [""]
        elif kind in {"checkbox", "radio"}:
            self._choice = (name, value or "on")
            form.choices.setdefault(name, {})[value or "on"] = value or "on"
            if "checked" in given:
                form.values.setdefault(name, []).append(value or "on")
        elif kind == "file":
            form.choices.setdefault(name, {})
        elif kind in _PLAIN:
            form.values.setdefault(name, []).append(value)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _NOT_TEXT
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = ""
        elif tag == "a" and self._link:
            self.links.append((self._link[0], " ".join(self._link[1:]).strip()))
            self._link = None
        elif tag in {"select", "optgroup"} and tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._area and self._form is not None:
            self._form.values[self._area][-1] += data
            return
        words = " ".join(data.split())
        if not words:
            return
        self.text.append(words)
        if self._link:
            self._link.append(words)
        if self._choice and self._form is not None:
            name, value = self._choice
            self._form.choices[name][words] = value
            self._choice = None
        if self._option is not None and self._form is not None and self._select:
            self._form.choices[self._select][words] = self._option[0]


class _Options(_Reader):
    """Options of a select carry their value before their words."""

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        super()._field(form, tag, given)
        if tag == "option" and self._select:
            self._option = [given.get("value", "")]
            chosen = form.values.setdefault(self._select, [])
            if "selected" in given:
                form.values[self._select] = [self._option[0]]
            elif not chosen:
                chosen.append(self._option[0])

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        if tag == "option":
            self._option = None


@dataclass
class Page:
    """What came back."""

    url: str
    status: int
    html: str
    text: str
    forms: list[Form]
    links: list[tuple[str, str]]
    headers: Mapping[str, str]

    def form(self, where: str = "", step: str = "") -> Form:
        """The form that posts to an address ending so (to this page itself, where none is named),
        with a button of this value.
        """
        for one in self.forms:
            action = urlsplit(urljoin(self.url, one.action)).path
            has_step = not step or any(value == step for _name, value in one.buttons)
            is_page = not where and action == urlsplit(self.url).path
            goes_there = bool(where) and action.endswith(where)
            if (is_page or goes_there) and one.method == "post" and has_step:
                return one
        found = [(one.action, one.buttons) for one in self.forms]
        raise AssertionError(f"no form {where} {step} on {self.url}, only {found}:\n{self.text}")

    def link(self, part: str) -> str:
        """The first address that contains this."""
        found = next((url for url, _words in self.links if part in url), None)
        assert found is not None, f"no link {part} on {self.url}: {self.links}"
        return found

    def says(self, *words: str) -> None:
        """The page holds each of these."""
        for one in words:
            assert one in self.text, f"“{one}” is not on {self.url}:\n{self.text}"

    def hides(self, *words: str) -> None:
        """The page holds none of these, nor does its source."""
        for one in words:
            assert one not in self.html, f"“{one}” is on {self.url}"


@dataclass
class Walker:
    """Somebody with a browser."""

    language: str = "en"
    address: str = "192.0.2.7"
    client: Client = field(default_factory=Client)
    page: Page | None = None

    def open(self, url: str, *, expect: int = 200) -> Page:
        """Go to an address, wherever it leads."""
        return self._arrived(self.client.get(url, follow=True, **self._with()), url, expect)

    def submit(self, where: str = "", *, step: str = "", expect: int = 200, **fields: Any) -> Page:
        """Send a form of this page, with its button of this value, and go where it leads."""
        assert self.page is not None
        form = self.page.form(where, step)
        data = form.filled(fields)
        data |= {name: value for name, value in form.buttons if step and value == step and name}
        url = urljoin(self.page.url, form.action)
        return self._arrived(self.client.post(url, data, follow=True, **self._with()), url, expect)

    def _with(self) -> dict[str, Any]:
        return {"headers": {"accept-language": self.language}, "REMOTE_ADDR": self.address}

    def _arrived(self, response: Any, url: str, expect: int) -> Page:
        if response.redirect_chain:
            url = urljoin(url, response.redirect_chain[-1][0])
        self.page = page_of(response, url)
        assert response.status_code == expect, f"{response.status_code}: {self.page.text}"
        return self.page


def page_of(response: Any, url: str) -> Page:
    """A response as somebody reads it."""
    is_html = str(response.headers.get("Content-Type", "")).startswith("text/html")
    html = response.content.decode() if is_html else ""
    reader = _Options()
    reader.feed(html)
    return Page(
        url,
        response.status_code,
        html,
        " ".join(reader.text),
        reader.forms,
        reader.links,
        response.headers,
    )


def a_file(name: str, content: bytes) -> SimpleUploadedFile:
    """A file to choose in a form."""
    return SimpleUploadedFile(name, content)
