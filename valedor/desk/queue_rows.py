"""Cases as rows of a list: queues, search, team overview."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from valedor.casefile.models import Case, Kind, Stage
from valedor.casefile.queries import CaseLine
from valedor.casefile.snippets import Part
from valedor.design.parts import QueueRow, Rail, Tone
from valedor.desk import rails
from valedor.handling.models import Assessment
from valedor.telling import spoken

_TONES: dict[str, tuple[Tone, str]] = {
    Stage.INCOMPLETE: ("", "hand"),
    Stage.AWAITING_COMPLAINANT: ("", "hand"),
    Stage.ANSWERED_NOT_SENT: ("warn", "clock"),
    Stage.ANSWERED: ("good", "check"),
    Stage.CONTESTED: ("warn", "undo"),
    Stage.CLOSED: ("good", "check"),
}


def severity_words(severity: int) -> str:
    """How serious, in a word."""
    if not severity:
        return _("not assessed yet")
    return str(Assessment.Severity(severity).label)


def rows_of(
    lines: Sequence[CaseLine],
    *,
    at: datetime,
    reader: str,
    excerpts: Mapping[int, SafeString] | None = None,
    may_take: bool = False,
    several_entities: bool = False,
) -> list[QueueRow]:
    """A row for each case, with the rail of its next limit. ``reader`` is the page's language."""
    of_case = rails.next_rails(lines, at=at)
    return [
        _row(
            line,
            of_case.get(line.id),
            reader,
            (excerpts or {}).get(line.id, SafeString("")),
            may_take=may_take,
            several_entities=several_entities,
        )
        for line in lines
    ]


def _row(
    line: CaseLine,
    rail: Rail | None,
    reader: str,
    excerpt: SafeString,
    *,
    may_take: bool,
    several_entities: bool,
) -> QueueRow:
    tone, icon = _TONES.get(line.stage, ("", ""))
    about = [line.person or _("anonymous"), line.category or str(Kind(line.kind).label)]
    if line.kind not in {Kind.COMPLAINT, Kind.CLAIM} and line.category:
        about.append(str(Kind(line.kind).label))
    if line.language != reader:
        about.append(spoken.language_name(line.language))
    if several_entities:
        about.append(line.entity_key)
    marks = [
        (line.kind == Kind.INCIDENT and line.closed_at is None, _("emergency")),
        (line.touches_safety, _("safety")),
        (line.is_vulnerable, _("vulnerable person")),
        (line.is_protected, _("protected")),
        (line.is_marked_abuse, _("possible abuse")),
    ]
    about += [f"◆ {words}" for is_so, words in marks if is_so]
    takes = may_take and line.holder_id is None and line.closed_at is None
    return QueueRow(
        url=reverse("desk:case", args=[line.reference]),
        reference=line.reference,
        subject=line.subject or (_("Erased") if line.erased_at else _("Without a title")),
        stage=str(Stage(line.stage).label),
        severity=line.severity,
        severity_words=severity_words(line.severity),
        about=about,
        tone=tone,
        icon=icon,
        holder=line.holder,
        initials=spoken.initials(line.holder),
        assign_url=reverse("desk:act", args=[line.reference, "taking"]) if takes else "",
        rail=rail,
        excerpt=excerpt,
    )


def marked(parts: Sequence[Part]) -> SafeString:
    """What a search found, its words marked."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", text) if is_marked else text,)
            for text, is_marked in parts
        ),
    )


def channel_name(channel: str) -> str:
    """How a contact came."""
    return str(Case.Channel(channel).label) if channel in Case.Channel.values else channel
