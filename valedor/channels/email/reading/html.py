"""HTML of a message, made safe once: it runs nothing, loads nothing, hides nothing.

What is allowed is listed; everything else goes. The parsing and the writing are ammonia's (nh3),
which reads HTML as browsers do.
"""

import binascii
import re
from dataclasses import dataclass
from urllib.parse import unquote

import nh3

from . import html_limits, limits
from .defects import Defects

_TAGS = set({
    "a", "abbr", "b", "blockquote", "br", "caption", "center", "cite", "code", "col",
    "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1",
    "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p",
    "pre", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "table",
    "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "wbr",
})  # fmt: skip
_WITHOUT_CONTENT = set({
    "script", "style", "title", "svg", "math", "object", "applet", "iframe", "noembed",
    "noframes", "noscript", "template", "select", "audio", "video", "canvas",
})  # fmt: skip
_ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href", "title"},
    "blockquote": {"type"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start", "type"},
    "li": {"value"},
    "table": {"background"},
    "td": {"colspan", "rowspan", "align", "valign", "background"},
    "th": {"colspan", "rowspan", "align", "valign", "background"},
    "col": {"span"},
    "colgroup": {"span"},
}
_LINK = re.compile(r"https?://[^\s]|mailto:|tel:", re.IGNORECASE)
_REMOTE = re.compile(r"\s*(?:(?:https?|ftp):|//|\\\\)", re.IGNORECASE)
# These are searched in lower case: patterns that ignore case are slow.
_REMOTE_STYLES = (
    re.compile(r"url\(\s{0,20}(?:[\"']|&quot;|&#39;)?\s{0,20}(?:https?:)?//"),
    re.compile(r"@import\s{1,20}[\"']\s{0,20}(?:https?:)?//"),
)
_REMOTE_ELEMENT = re.compile(
    r"<(?:link|iframe|frame|script|embed|object|video|audio|source|track|input|bgsound|body)\s"
    r"[^<>]{0,2000}?\b(?:src|href|data|poster|background)\s*=\s*[\"']?\s{0,20}(?:https?:)?//"
)
_PICTURE_WITHIN = re.compile(
    r"data:image/(png|jpe?g|gif|webp|bmp);base64,([A-Za-z0-9+/=\s]{20,})", re.IGNORECASE
)
_EMPTY_PICTURE = re.compile(r'<img(?: (?:width|height|title|dir|lang|alt)="")*(?: (?:width|height)'
                            r'="[^"]*")*(?: alt="")?>')  # fmt: skip
_MOST_PICTURES = 200
_FORGED = re.compile(r"[^!-~]")


@dataclass(frozen=True)
class SafeHtml:
    """HTML that may be shown as it is, what it asked for from elsewhere, and the pictures in it."""

    html: str
    remote_loads: int
    shown: frozenset[str]
    """The content ids of the pictures that it shows."""
    pictures: tuple[tuple[str, str, bytes], ...]
    """Content id, media type and bytes of pictures that were written into the HTML itself."""


def safe(html: str, defects: Defects) -> SafeHtml:
    """What may be shown of a message's HTML."""
    pictures: list[tuple[str, str, bytes]] = []
    if "data:image/" in html:
        html = _without_pictures(html, pictures)
    if len(html) > limits.LONGEST_HTML:
        html = html[: limits.LONGEST_HTML]
        defects.note("html_too_long")
    remote_loads = _loads_of_styles_and_elements(html) if "//" in html else 0
    if html_limits.is_harmful(html):
        html, is_flatter = html_limits.flattened(html)
        if is_flatter:
            defects.note("html_too_deep")
    shown: set[str] = set()

    def allowed(tag: str, attribute: str, value: str) -> str | None:
        nonlocal remote_loads
        if tag not in _TAGS:  # Counted already, where it is removed as a whole.
            return None
        if attribute == "href":
            return value.strip() if _LINK.match(value.strip()) else None
        if attribute in {"src", "background"}:
            if attribute == "src" and value[:4].lower() == "cid:":
                content_id = _FORGED.sub("", unquote(value[4:]))
                shown.add(content_id)
                return f"cid:{content_id}"
            remote_loads += 1 if _REMOTE.match(value) else 0
            return None
        if attribute == "type" and tag == "blockquote":
            return value if value == "cite" else None
        return value

    cleaned = nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_WITHOUT_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=allowed,
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        link_rel="noopener noreferrer nofollow",
    )
    cleaned = _EMPTY_PICTURE.sub("", cleaned).replace("\0", "").strip()
    return SafeHtml(cleaned, remote_loads, frozenset(shown), tuple(pictures))


def _loads_of_styles_and_elements(html: str) -> int:
    """How often what is removed as a whole would have asked for something."""
    lowered = html.lower()
    patterns = (*_REMOTE_STYLES, _REMOTE_ELEMENT)
    return sum(sum(1 for _one in pattern.finditer(lowered)) for pattern in patterns)


def length_without_pictures(html: str) -> int:
    """How long it is as HTML: pictures that are written into it count as what they are."""
    return len(_PICTURE_WITHIN.sub("", html)) if "data:image/" in html else len(html)


def _without_pictures(html: str, pictures: list[tuple[str, str, bytes]]) -> str:
    """Pictures written into the HTML become attachments, shown in their place."""

    def kept(found: "re.Match[str]") -> str:
        if len(pictures) >= _MOST_PICTURES:
            return found[0]
        plain = "".join(found[2].split()).rstrip("=")
        plain = plain[: len(plain) - (len(plain) % 4 == 1)]
        try:
            content = binascii.a2b_base64(plain + "=" * (-len(plain) % 4))
        except (binascii.Error, ValueError):
            return found[0]
        kind = found[1].lower().replace("jpg", "jpeg")
        content_id = f"picture-{len(pictures) + 1}@html"
        pictures.append((content_id, f"image/{kind}", content))
        return f"cid:{content_id}"

    return _PICTURE_WITHIN.sub(kept, html)


def of_text(text: str) -> str:
    """A plain text that stands between HTML, as HTML."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "<p>" + escaped.strip().replace("\n", "<br>\n") + "</p>"
