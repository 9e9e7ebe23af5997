"""A complainant in front of the pages, who fills in forms as a browser without JavaScript does."""

import html
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.test import Client

PUBLISHED = datetime(2026, 3, 1, tzinfo=UTC)
CODE = re.compile(r"\b([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})\b")


def text_of(response: Any) -> str:
    """A page as text."""
    return str(response.content.decode())


def hidden_fields(page: str) -> dict[str, list[str]]:
    """The hidden fields of the pages' forms."""
    found: dict[str, list[str]] = {}
    pattern = r'<input type="hidden" name="([^"]+)" value="([^"]*)"'
    for name, value in re.findall(pattern, page):
        found.setdefault(name, []).append(html.unescape(value))
    return found


def token_of(page: str) -> str:
    """The form's own token."""
    return hidden_fields(page)["token"][-1]


@dataclass
class Visitor:
    """Somebody with a browser."""

    language: str = "en"
    address: str = "192.0.2.7"
    client: Client = field(default_factory=Client)

    def get(self, url: str) -> Any:
        return self.client.get(
            url, headers={"accept-language": self.language}, REMOTE_ADDR=self.address
        )

    def post(self, url: str, data: Any = None, **more: Any) -> Any:
        return self.client.post(
            url,
            data or {},
            headers={"accept-language": self.language},
            REMOTE_ADDR=self.address,
            **more,
        )

    def post_bytes(self, url: str, body: bytes, media_type: str) -> Any:
        return self.client.generic(
            "POST", url, body, content_type=media_type, REMOTE_ADDR=self.address
        )

    # -------------------------------------------------------------- the form
    def answers(self, **more: Any) -> dict[str, Any]:
        """What somebody writes into the form."""
        return {
            "kind": "claim",
            "category": "other",
            "narrative": "They charged me twice. I called and nobody answered.",
            "name": "Ana Puig",
            "answer_channel": "email",
            "email": "ana@example.org",
            **more,
        }

    def begin(self, entity: str = "besos") -> str:
        """Open the form; its token."""
        return token_of(text_of(self.get(f"/{entity}/complain")))

    def review(self, entity: str = "besos", **more: Any) -> Any:
        """Fill in the form and ask to check it."""
        answers = {"token": self.begin(entity), "step": "review", **self.answers(**more)}
        return self.post(f"/{entity}/complain", answers)

    def send(self, reviewed: Any, entity: str = "besos") -> Any:
        """Send what was checked."""
        fields = hidden_fields(text_of(reviewed))
        return self.post(f"/{entity}/complain", {**fields, "step": "send"})

    def file(self, entity: str = "besos", **more: Any) -> "Filed":
        """The whole form at once; what its receipt says."""
        reviewed = self.review(entity, **more)
        assert reviewed.status_code == 200, text_of(reviewed)
        sent = self.send(reviewed, entity)
        assert sent.status_code == 302, text_of(sent)
        receipt = self.get(sent["Location"])
        found = CODE.search(text_of(receipt))
        assert found is not None
        return Filed(sent["Location"].rsplit("/", 1)[1], found[1], receipt)

    def sign_in(self, reference: str, access_code: str, entity: str = "besos") -> Any:
        """Type reference and code."""
        return self.post(f"/{entity}/case", {"reference": reference, "access_code": access_code})


@dataclass
class Filed:
    """What somebody holds after filing."""

    reference: str
    access_code: str
    receipt: HttpResponse
