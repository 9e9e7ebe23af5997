"""The lines, letters and documents of a dossier in words."""

from typing import Any

from django.utils.translation import gettext as _

from valedor.casefile.letters import name_of, words_on_paper
from valedor.casefile.models import Case, Entry, Letter, Message
from valedor.disputes.dossier import reasons
from valedor.disputes.dossier.contents import Contents, Filed, Written
from valedor.disputes.dossier.enclosed import name_of_document, name_of_original
from valedor.disputes.dossier.redaction import Redactor
from valedor.disputes.models import Dossier
from valedor.telling import spoken
from valedor.telling.entries import OURS, THEIRS, author_of, sentence_of
from valedor.telling.reader import Reader
from valedor.telling.values import body_of

Row = dict[str, Any]


def line_of(
    entry: Entry, contents: Contents, redactor: Redactor, dossier: Dossier, zone: str
) -> Row:
    """One line of the timeline; what was written there in full is not said twice."""
    mark = contents.mark_of_line(entry)
    return {
        "number": str(entry.sequence),
        "when": spoken.stamp(entry.at, zone),
        "who": _author(entry, contents, dossier, redactor),
        "what": redactor.text(sentence_of(entry, Reader.STAFF)),
        "body": "" if mark.startswith("L") else redactor.text(body_of(entry)),
        "mark": mark,
        "side": "theirs" if entry.kind in THEIRS else "ours" if entry.kind in OURS else "",
    }


def _author(entry: Entry, contents: Contents, dossier: Dossier, redactor: Redactor) -> str:
    by_staff = entry.by_id is not None and entry.kind not in THEIRS
    if by_staff and (dossier.copy == Dossier.Copy.REDACTED or dossier.by is None):
        return _("a member of the staff")
    return redactor.text(author_of(entry, contents.case, Reader.STAFF, names=contents.names))


def letter_of(one: Written, contents: Contents, redactor: Redactor, zone: str) -> Row:
    """A letter that went out, or words that came in."""
    if one.letter is not None:
        row = _gone_out(one.letter, contents, redactor, zone)
    else:
        assert one.message is not None  # noqa: S101 -- one of the two is there
        row = _come_in(one.message, contents, redactor, zone)
    file = name_of_original(one) if one.raw is not None else ""
    return row | {"mark": one.mark, "file": file}


def _gone_out(letter: Letter, contents: Contents, redactor: Redactor, zone: str) -> Row:
    house, sent_at = contents.house.entity.name, letter.accepted_at or letter.queued_at
    to = redactor.text(letter.recipient.name) if letter.recipient else ""
    about = [spoken.moment(sent_at, zone), _between(house, to)]
    about.append(str(Case.Channel(letter.channel).label))
    if letter.arrived_at is not None:
        about.append(_("arrived on %(when)s") % {"when": spoken.moment(letter.arrived_at, zone)})
    return {
        "title": name_of(letter.kind),
        "subject": redactor.text(letter.subject),
        "about": " · ".join(about),
        "body": redactor.text(words_on_paper(letter)),
        "side": "ours",
        "language": letter.language.partition("-")[0],
    }


def _come_in(message: Message, contents: Contents, redactor: Redactor, zone: str) -> Row:
    case = contents.case
    author = author_of(message.entry, case, Reader.STAFF, names=contents.names)
    about = [
        spoken.moment(message.at, zone),
        _between(redactor.text(author), contents.house.entity.name),
        str(Case.Channel(message.channel).label),
    ]
    return {
        "title": _title_of(message.entry),
        "subject": "",
        "about": " · ".join(about),
        "body": redactor.text(body_of(message.entry)),
        "side": "theirs",
        "language": case.language.partition("-")[0],
    }


def _between(sender: str, recipient: str) -> str:
    if not recipient:
        return sender
    return _("from %(sender)s to %(recipient)s") % {"sender": sender, "recipient": recipient}


def _title_of(entry: Entry) -> str:
    return {
        "case.received": _("What was filed"),
        "case.contested": _("The answer is contested"),
        "case.withdrawn": _("The case is withdrawn"),
    }.get(entry.kind, _("Message"))


def document_of(one: Filed, redactor: Redactor, zone: str) -> Row:
    """A document: what it is, and under which name it lies in the file, or why it does not."""
    document = one.document
    about = (
        reasons.side_in_words(document.side),
        spoken.stamp(document.at, zone),
        document.media_type,
        spoken.size(document.size),
    )
    return {
        "mark": one.mark,
        "name": redactor.text(document.name) or _("Erased document"),
        "about": " · ".join(about),
        "file": "" if one.why_not else name_of_document(one, redactor),
        "sha256": "" if one.why_not else document.sha256,
        "why_not": reasons.short(one.why_not),
    }
