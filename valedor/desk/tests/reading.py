"""Reading pages in tests."""

import html
import re

from django.http import HttpResponseBase
from django.test import Client

from valedor.casefile.models import Case


def words_of(response: HttpResponseBase) -> str:
    """What stands on a page, without its mark-up."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())  # type: ignore[attr-defined]
    return " ".join(html.unescape(text).split())


def page_of(case: Case, noun: str = "", item: int | None = None) -> str:
    """The address of a case, or of an act on it."""
    return "/".join(
        str(part) for part in ("/desk/cases", case.reference, noun, item) if part not in ("", None)
    )


def act(client: Client, case: Case, noun: str, item: int | None = None, **given: object) -> None:
    """Do something to a case as its page does, and be led back."""
    response = client.post(page_of(case, noun, item), given)
    assert response.status_code == 302, (noun, response.status_code, words_of(response)[:2000])
