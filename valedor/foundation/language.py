"""The language of a page: ``?lang=``, then the cookie it set, then what the browser asks for.

Where none of them says anything, the page's own default holds: ``fall_back_to`` lets a view name
the language of the entity it shows.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

_CHOSEN = "valedor_language_was_chosen"


def supported(code: str) -> str | None:
    """The code under which we have this language (``pt-BR`` and ``pt`` are ``pt-br``), or None."""
    try:
        return translation.get_supported_language_variant(code.strip().lower()[:20])
    except LookupError:
        return None


def fall_back_to(request: HttpRequest, code: str) -> None:
    """Speak this language for the rest of the request, unless the reader chose one."""
    if getattr(request, _CHOSEN, False):
        return
    language = supported(code)
    if language:
        translation.activate(language)
        request.LANGUAGE_CODE = language


def _chosen(request: HttpRequest) -> str | None:
    asked = supported(request.GET.get("lang", ""))
    if asked:
        return asked
    kept = supported(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
    if kept:
        return kept
    header = request.headers.get("Accept-Language", "")
    for code, _quality in parse_accept_lang_header(header):
        preferred = supported(code) if code != "*" else None
        if preferred:
            return preferred
    return None


class LanguageMiddleware:
    """Activates the reader's language and remembers the one asked for with ``?lang=``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = _chosen(request)
        setattr(request, _CHOSEN, chosen is not None)
        language = chosen or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        asked = supported(request.GET.get("lang", ""))
        if asked:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                asked,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
            )
        return response
