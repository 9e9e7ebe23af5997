"""The language of a page: asked for, kept, preferred, and else the page's own."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from valedor.foundation.language import LanguageMiddleware, fall_back_to, supported


def answer(path: str = "/", default: str = "", cookie: str = "", accept: str = "") -> HttpResponse:
    request = RequestFactory().get(path, headers={"Accept-Language": accept} if accept else {})
    if cookie:
        request.COOKIES["language"] = cookie

    def page(request: HttpRequest) -> HttpResponse:
        if default:
            fall_back_to(request, default)
        return HttpResponse(translation.get_language())

    return LanguageMiddleware(page)(request)


@pytest.mark.parametrize(
    ("given", "spoken"),
    [
        ({}, "en"),
        ({"default": "ca"}, "ca"),
        ({"accept": "fr, pt-PT;q=0.8, es;q=0.5", "default": "ca"}, "pt-br"),
        ({"accept": "pt-BR", "default": "ca"}, "pt-br"),
        ({"accept": "fr", "default": "ca"}, "ca"),
        ({"accept": "es", "cookie": "pt-br"}, "pt-br"),
        ({"accept": "es", "cookie": "tlh"}, "es"),
        ({"path": "/?lang=ca", "cookie": "es", "accept": "en"}, "ca"),
        ({"path": "/?lang=klingon", "cookie": "es"}, "es"),
    ],
)
def test_what_is_asked_for_wins(given: dict[str, str], spoken: str) -> None:
    response = answer(**given)
    assert response.content.decode() == spoken
    assert response["Content-Language"] == spoken


def test_only_what_is_asked_for_is_remembered() -> None:
    assert answer("/?lang=pt-BR").cookies["language"].value == "pt-br"
    assert not answer("/", accept="es").cookies
    assert not answer("/?lang=<script>").cookies


def test_the_language_ends_with_the_request() -> None:
    before = translation.get_language()
    answer("/?lang=ca")
    assert translation.get_language() == before


@pytest.mark.parametrize("code", ["pt-BR", "PT-br", "pt_BR ", "pt"])
def test_brazilian_portuguese_by_any_name(code: str) -> None:
    assert supported(code.replace("_", "-")) == "pt-br"
