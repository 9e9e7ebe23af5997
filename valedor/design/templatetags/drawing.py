"""What a page draws a hundred times, drawn once and kept: icons, and components with few faces."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

_GLYPH = '<svg class="icon{}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>'
_LABELLED = (
    '<svg class="icon{}" viewBox="0 0 16 16" role="img" aria-label="{}" focusable="false">{}</svg>'
)


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """A glyph of our own: ``name`` is its file in ``design/icons`` without ``.svg``.

    ``label`` is what it says where no word stands beside it, ``css`` one more class. Raises
    ``TemplateDoesNotExist`` for an icon that is not there.
    """
    if label:
        return format_html(_LABELLED, f" {css}" if css else "", label, _glyph(name))
    return _unlabelled(name, css)


@cache
def _unlabelled(name: str, css: str) -> SafeString:
    return format_html(_GLYPH, f" {css}" if css else "", _glyph(name))


@cache
def _glyph(name: str) -> SafeString:
    drawn = get_template(f"design/icons/{name}.svg").render()
    return mark_safe(drawn.strip())  # noqa: S308 -- a file of ours, nothing typed is in it


@register.simple_tag
def spans(words: Iterable[str]) -> SafeString:
    """Words one after another, each in an element of its own."""
    return mark_safe("".join(f"<span>{conditional_escape(word)}</span>" for word in words))  # noqa: S308


@register.simple_tag
def drawn(component: str, **handed: Any) -> SafeString:
    """A component as ``{% include … only %}`` draws it, kept for the next row that hands it the
    same.

    For what shows few things over and over: a stage, a severity, how far a clock has run. Never
    for what a person said or is called, for what is kept here outlives its erasure.
    """
    # A text that is safe and the same text unsafe are equal, and drawn differently.
    key = tuple((name, value, type(value)) for name, value in handed.items())
    return _drawn(component, get_language() or "", key)


@lru_cache(maxsize=4096)
def _drawn(component: str, _language: str, key: tuple[tuple[str, Any, type], ...]) -> SafeString:
    handed = {name: value for name, value, _kind in key}
    return mark_safe(get_template(f"design/components/{component}.html").render(handed))  # noqa: S308
