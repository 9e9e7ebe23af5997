"""A text from HTML, for messages that have no other: what a person would read aloud.

Links keep their address, tables their rows, lists their points, quotations their ``>``. It reads
what ``html`` made safe, so every tag is written in one way and closed in its turn.
"""

import html
import re
from dataclasses import dataclass, field

_TOKEN = re.compile(r"<(/?)([a-z0-9]+)((?: [a-z]+=\"[^\"]*\")*)>|([^<]+)")
_ATTRIBUTE = re.compile(r' (href|alt|start)="([^"]*)"')
_DEEPEST = 40
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_FILLING = re.compile("[\u00ad\u034f\u200b\u2060\ufeff]+")
_ONLY_FILLING = re.compile(r"[\s\u200c\u200d\u2007]+")
_WITHIN_LINES = frozenset({
    "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "wbr",
})  # fmt: skip
_PARAGRAPHS = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "dl", "table",
    "figure",
})  # fmt: skip
_BLOCKS = _PARAGRAPHS | frozenset({
    "div", "li", "dt", "dd", "tr", "center", "details", "figcaption", "caption", "td", "th",
    "thead", "tbody", "tfoot",
})  # fmt: skip


@dataclass
class _Block:
    """Something that is laid out on its own: the whole text, a quotation, a cell."""

    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)

    def end_line(self) -> None:
        """What was collected becomes a line."""
        if self.line:
            text = "".join(self.line).strip(" ")
            self.line = []
            if text:
                self.lines.append(text)

    def end_paragraph(self) -> None:
        """An empty line, unless there is one."""
        self.end_line()
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def ended(self) -> list[str]:
        """Its lines without empty ones around them."""
        self.end_line()
        begins, ends = 0, len(self.lines)
        while begins < ends and not self.lines[begins]:
            begins += 1
        while ends > begins and not self.lines[ends - 1]:
            ends -= 1
        return self.lines[begins:ends]


class _Writer:
    def __init__(self, *, has_preformatted: bool) -> None:
        self.has_preformatted = has_preformatted
        self.blocks: list[_Block] = [_Block()]
        self.lists: list[int] = []
        self.links: list[tuple[str, int]] = []
        self.preformatted = 0
        self.own: list[bool] = []
        """Of every quotation and cell that is open, whether it is laid out on its own."""

    @property
    def block(self) -> _Block:
        return self.blocks[-1]

    def text(self, raw: str) -> None:
        text = html.unescape(raw).replace("\xa0", " ") if "&" in raw else raw
        if self.preformatted:
            first, *others = text.split("\n")
            self.block.line.append(_indented(first))
            for other in others:
                self.block.lines.append("".join(self.block.line).rstrip())
                self.block.line = [_indented(other)]
            return
        if self.has_preformatted:
            text = _BLANKS.sub(" ", text)
        line = self.blocks[-1].line
        if text.startswith(" ") and (not line or line[-1].endswith(" ")):
            text = text[1:]
        if text and (line or not _ONLY_FILLING.fullmatch(text)):
            line.append(text)

    def opened(self, name: str, rest: str) -> None:
        attributes = dict(_ATTRIBUTE.findall(rest)) if rest else {}
        if name == "br":
            # A second one in a row is an empty line.
            if self.block.line:
                self.block.end_line()
            elif self.block.lines and self.block.lines[-1]:
                self.block.lines.append("")
        elif name == "a":
            self.links.append((html.unescape(attributes.get("href", "")), len(self.block.line)))
        elif name == "img":
            if attributes.get("alt", "").strip():
                self.text(f"[{attributes['alt']}]")
        elif name == "hr":
            self.block.end_line()
            self.block.lines.append("---")
        elif name in {"ul", "ol"}:
            self._list(name, attributes.get("start", "1"))
        elif name == "li":
            self._point()
        elif name in {"blockquote", "td", "th"}:
            if name == "blockquote":
                self.block.end_paragraph()
            self.own.append(len(self.blocks) < _DEEPEST)
            if self.own[-1]:
                self.blocks.append(_Block())
            else:
                self.block.end_line()
        elif name == "tr":
            self.block.end_line()
            self.block.cells.append([])
        elif name == "pre":
            self.block.end_paragraph()
            self.preformatted += 1
        elif name in _PARAGRAPHS:
            self.block.end_paragraph()
        elif name in _BLOCKS:
            self.block.end_line()

    def closed(self, name: str) -> None:
        if name == "a":
            self._end_of_link()
        elif name in {"blockquote", "td", "th"}:
            if not self.own or not self.own.pop():
                self.block.end_line()
            elif name == "blockquote":
                self._end_of_quotation()
            else:
                self._end_of_cell()
        elif name == "tr":
            self._end_of_row()
        elif name in {"ul", "ol"}:
            self.block.end_line()
            if self.lists:
                self.lists.pop()
            if not self.lists:
                self.block.end_paragraph()
        elif name == "pre":
            self.preformatted = max(0, self.preformatted - 1)
            self.block.end_paragraph()
        elif name in _PARAGRAPHS:
            self.block.end_paragraph()
        elif name in _BLOCKS:
            self.block.end_line()

    def _list(self, name: str, start: str) -> None:
        if self.lists:
            self.block.end_line()
        else:
            self.block.end_paragraph()
        first = int(start) if start.isdecimal() and len(start) < 7 else 1
        self.lists.append(first if name == "ol" else -1)

    def _point(self) -> None:
        self.block.end_line()
        indent = "  " * max(0, len(self.lists) - 1)
        number = self.lists[-1] if self.lists else -1
        if number >= 0:
            self.lists[-1] += 1
        mark = f"{number}." if number >= 0 else "-"
        self.block.line.append(_indented(f"{indent}{mark} "))

    def _end_of_link(self) -> None:
        if not self.links:
            return
        address, begins = self.links.pop()
        if not address:
            return
        line = self.block.line
        shown = "".join(line[begins:]).strip() if begins <= len(line) else ""
        bare = address.removeprefix("mailto:").removeprefix("tel:")
        if _same(shown, address) or _same(shown, bare):
            return
        if not shown:
            # A picture without a word, or a link around paragraphs.
            line.append(f" <{bare}>" if line and not line[-1].endswith(" ") else f"<{bare}>")
            return
        trailing = line[-1].endswith(" ")
        line[-1] = line[-1].rstrip()
        line.append(f" <{bare}>{' ' if trailing else ''}")

    def _end_of_quotation(self) -> None:
        lines = self.blocks.pop().ended()
        self.block.lines += [
            f"> {line}" if line and line[0] != ">" else f">{line}" for line in lines
        ]
        self.block.end_paragraph()

    def _end_of_cell(self) -> None:
        lines = self.blocks.pop().ended()
        if not self.block.cells:
            self.block.lines += lines
        elif lines:
            self.block.cells[-1].append("\n".join(lines))

    def _end_of_row(self) -> None:
        """Cells of a line each stand beside each other, others below each other."""
        if not self.block.cells:
            return
        cells = self.block.cells.pop()
        if all("\n" not in cell for cell in cells):
            if cells:
                self.block.lines.append(" | ".join(cells))
            return
        for cell in cells:
            self.block.end_paragraph()
            self.block.lines += cell.split("\n")


def _indented(text: str) -> str:
    """A line whose first blanks stay: ends of lines take away plain ones."""
    bare = text.lstrip(" ")
    return "\xa0" * (len(text) - len(bare)) + bare


def _same(shown: str, address: str) -> bool:
    """Whether a link shows where it leads."""
    looks_like_one = "." in shown or "@" in shown or shown.isdigit()
    return looks_like_one and _plain(shown) == _plain(address)


def _plain(address: str) -> str:
    bare = address.lower().strip().rstrip("/")
    for beginning in ("https://", "http://", "www."):
        bare = bare.removeprefix(beginning)
    return bare


def text_of(safe_html: str) -> str:
    """The text of HTML that was made safe."""
    has_preformatted = "<pre" in safe_html
    if not has_preformatted:  # Once for all is faster than for each stretch.
        safe_html = " ".join(safe_html.split())
    if not safe_html.isascii():
        safe_html = _FILLING.sub("", safe_html.replace("\xa0", " "))
    writer = _Writer(has_preformatted=has_preformatted)
    for close, name, rest, text in _TOKEN.findall(safe_html):
        if text:
            writer.text(text)
        elif name in _WITHIN_LINES:
            continue
        elif close:
            writer.closed(name)
        else:
            writer.opened(name, rest)
    return "\n".join(writer.block.ended()).replace("\xa0", " ")
