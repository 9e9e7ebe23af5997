"""HTML made harmless for whoever parses it: what is nested without end is flattened.

A parser of HTML repairs as browsers do, which takes time and memory by the square of what was left
open: some kilobytes can ask for gigabytes. Only HTML that might do so is looked at here; it is
written anew, tag by tag, each closed in its turn.
"""

import re

_MOST_TAGS = 4_000
_MOST_REPAIRS = 400_000
_MOST_ENTITIES = 4_000
_LONGEST_TAG = 8_000
_DEEPEST = 200
_LONGEST_TEXT = 4_000
# Both cases written out: twice as fast as a pattern that ignores case.
_FORMATTING = re.compile(
    r"<(?:[aAbBiIsSuU]|[bB][iI][gG]|[cC][oO][dD][eE]|[eE][mM]|[fF][oO][nN][tT]|[nN][oO][bB][rR]"
    r"|[sS](?:[mM][aA][lL][lL]|[tT][rR](?:[iI][kK][eE]|[oO][nN][gG]))|[tT][tT])[\s/>]"
)
_LONG = re.compile(rf"<[^<]{{{_LONGEST_TAG}}}")
_TOKEN = re.compile(
    r"<!--|<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:_-]{0,40})|<(?P<other>[!?/])|<+(?=<)|<|[^<]+"
)
# Quotation marks count only after a sign of equality, as for browsers. Never tried a second time.
_REST = re.compile(r"""((?>[^>"'=]|=\s*"[^"]*"|=\s*'[^']*'|["'=])*+)>""")
_RAW = frozenset({
    "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes",
    "noscript", "plaintext", "svg", "math", "template", "select", "object", "applet",
})  # fmt: skip
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr",
})  # fmt: skip
_OF_TABLES = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th"})
_CELLS = frozenset({"td", "th"})
_LISTS = frozenset({"ul", "ol"})
_TABLES = frozenset({"table"})
_SIBLINGS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "p": (frozenset({"p"}), frozenset({"td", "th", "li", "div", "blockquote"})),
    "li": (frozenset({"li"}), _LISTS | _CELLS),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"}) | _CELLS),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"}) | _CELLS),
    "tr": (frozenset({"tr"}), _TABLES),
    "td": (frozenset({"td", "th"}), _TABLES),
    "th": (frozenset({"td", "th"}), _TABLES),
}
_KEPT = re.compile(
    r"""[\s"'](href|src|alt|title|width|height|colspan|rowspan|start|dir|lang|background|style"""
    r"""|srcset|poster)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""",
    re.IGNORECASE,
)


def is_harmful(html: str) -> bool:
    """Whether it might take long to parse. Ordinary mail is far from it."""
    tags = html.count("<")
    if tags > _MOST_TAGS or html.count("&") > _MOST_ENTITIES or _LONG.search(html):
        return True
    opened = tags - html.count("</")
    if opened * opened < 4 * _MOST_REPAIRS:
        return False
    formatting = len(_FORMATTING.findall(html))
    return formatting * (opened - formatting) > _MOST_REPAIRS


def flattened(html: str) -> tuple[str, bool]:
    """The same content in tags that are closed in their turn, and whether depth was lost."""
    pieces: list[str] = []
    open_tags: list[str] = []
    is_flatter = False
    position = 0
    while found := _TOKEN.match(html, position):
        begins, position = found.span()
        name = (found["name"] or "").lower()
        if found[0] == "<!--":
            position = _past(html, "-->", position)
            continue
        if not name and not found["other"]:
            pieces += _text(found[0].replace("<", "&lt;"))
            continue
        rest = _REST.match(html, position)
        if rest is None:  # A tag that never ends: what follows is no HTML.
            pieces += _text(html[begins:].replace("<", "&lt;"))
            break
        position = rest.end()
        if found["close"]:
            _close(name, open_tags, pieces)
        elif name in _RAW:
            position = _after(html, name, position)
        elif name in _VOID:
            pieces.append(_tag(name, rest[1]))
        elif name:
            _close_sibling(name, open_tags, pieces)
            if len(open_tags) >= _DEEPEST:
                is_flatter = True
                continue
            open_tags.append(name)
            pieces.append(_tag(name, rest[1]))
    pieces += [f"</{name}>" for name in reversed(open_tags)]
    return "".join(pieces), is_flatter


def _tag(name: str, rest: str) -> str:
    kept = "".join(f" {one[1]}={one[2]}" for one in _KEPT.finditer(rest[:_LONGEST_TAG]))
    return f"<{name}{kept}>"


def _close(name: str, open_tags: list[str], pieces: list[str]) -> None:
    """Close a tag, and before it what was opened in it.

    A tag that is not open closes nothing, and neither does one from within a table's cell.
    """
    place = _place({name}, frozenset() if name in _OF_TABLES else _CELLS, open_tags)
    if place >= 0:
        pieces += [f"</{one}>" for one in reversed(open_tags[place:])]
        del open_tags[place:]


def _close_sibling(name: str, open_tags: list[str], pieces: list[str]) -> None:
    """Close what ends where the next of its kind begins."""
    if name in _SIBLINGS:
        siblings, within = _SIBLINGS[name]
        place = _place(siblings, within, open_tags)
        if place >= 0:
            pieces += [f"</{one}>" for one in reversed(open_tags[place:])]
            del open_tags[place:]


def _place(names: set[str] | frozenset[str], within: frozenset[str], open_tags: list[str]) -> int:
    """The innermost open tag of these names that lies within the nearest of the others."""
    for place in range(len(open_tags) - 1, -1, -1):
        if open_tags[place] in names:
            return place
        if open_tags[place] in within:
            break
    return -1


def _text(text: str) -> list[str]:
    """Text in stretches that a parser keeps apart: it grows them by the square of their length."""
    if len(text) <= _LONGEST_TEXT:
        return [text]
    stretches = []
    position = 0
    while position < len(text):
        ends = min(position + _LONGEST_TEXT, len(text))
        entity = text.rfind("&", max(position + 1, ends - 40), ends)
        ends = entity if 0 < entity < ends and ends < len(text) else ends
        stretches += [text[position:ends], "<!---->"]
        position = ends
    return stretches


def _after(html: str, name: str, position: int) -> int:
    """Past an element whose content nobody reads."""
    found = re.compile(rf"</{name}[\s/>]", re.IGNORECASE).search(html, position)
    return len(html) if found is None else _past(html, ">", found.end() - 1)


def _past(html: str, mark: str, position: int) -> int:
    ends = html.find(mark, position)
    return len(html) if ends < 0 else ends + len(mark)
