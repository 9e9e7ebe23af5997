"""What a message that no machine could read says to a person: its text, and what it names."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.reading.mails import mail_of_held
from valedor.acts.reading.scans import scan_of
from valedor.casefile.arrivals import content_of
from valedor.casefile.models import Case, RawMessage
from valedor.channels.email.reading import read
from valedor.channels.email.sorting import MACHINE, TOO_MANY
from valedor.channels.models import Mail
from valedor.channels.post.models import Scan
from valedor.channels.web_form.multipart import Part, Unreadable
from valedor.channels.web_form.reading import Post, read_post
from valedor.foundation.references import read_reference
from valedor.foundation.refusals import Refused

SHOWN = 20_000
_OURS = {"token", "step", "csrfmiddlewaretoken", "seen"}
_TROUBLES = {
    "unreadable": gettext_lazy("What was sent could not be read as a form."),
    "missing from the disk": gettext_lazy("Its bytes are missing from the disk."),
    "incomplete": gettext_lazy("The form was sent and is not complete."),
    "not from a page of the case": gettext_lazy(
        "It came from a page that had been open for too long, or that is not ours."
    ),
    "unreadable call event": gettext_lazy(
        "The switchboard told of a call in a way that no program of ours could read."
    ),
    "unreadable SMS": gettext_lazy("This SMS could not be read."),
    "too many SMS": gettext_lazy("Too many SMS came from this number within an hour."),
    "unreadable mail": gettext_lazy("A mail came that no program of ours could register."),
    "our own mail": gettext_lazy("It was sent by this house itself: it would turn in a circle."),
    "from a machine": gettext_lazy("A mail program wrote it by itself, about no case of ours."),
    "came back, of no letter of ours": gettext_lazy(
        "A mail came back, and which letter it was cannot be told."
    ),
    "too many from one address": gettext_lazy(
        "Very many mails came from this address within an hour."
    ),
    "spam": gettext_lazy("It looks like advertising or fraud that nobody wants."),
    "empty": gettext_lazy("There is nothing in it."),
    "of an erased case": gettext_lazy("It belongs to a case whose content was erased."),
    "no fax in it": gettext_lazy("A mail came to the fax mailbox and encloses no pages."),
    "nobody holds the office": gettext_lazy("It came while nobody held the office."),
    "scanned letter": gettext_lazy("A letter on paper was scanned."),
    "scan broken": gettext_lazy(
        "The file is damaged: no page of it can be opened. Scan the letter once more."
    ),
    "scan encrypted": gettext_lazy(
        "The file is protected by a password. Scan the letter without one."
    ),
    "scan no_pages": gettext_lazy("The file has no pages. Scan the letter once more."),
    "scan too_many_pages": gettext_lazy(
        "The file has more than 600 pages. Scan the stack in parts."
    ),
    "scan too_large": gettext_lazy(
        "The file is too large to be opened. Scan the stack in parts, or with fewer dots an inch."
    ),
    "scan no_scan": gettext_lazy(
        "The file is neither PDF nor TIFF, JPEG or PNG. Save it, and scan the letter once more."
    ),
    "scan only_separators": gettext_lazy("There is nothing in it but separator sheets."),
    "left unread": gettext_lazy("It arrived, and the program that was to read it ended."),
}


@dataclass
class Reading:
    """A message as far as it can be read."""

    text: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    is_lost: bool = False
    is_cut: bool = False
    post: Post = field(default_factory=Post)

    def said(self, *names: str) -> str:
        """The first of some fields that says something."""
        return next((self.fields[name] for name in names if self.fields.get(name)), "")

    @property
    def narrative(self) -> str:
        """What the person tells, or all there is where no field says so."""
        return self.said("narrative", "text", "message") or ("" if self.fields else self.text)


def trouble_of(raw: RawMessage) -> str:
    """Why it waits, as a sentence."""
    if raw.trouble in _TROUBLES:
        return str(_TROUBLES[raw.trouble])
    status, _blank, code = raw.trouble.partition(" ")
    if status.isdecimal():
        words = _("The interface for programs refused it: %(code)s.")
        return words % {"code": code.replace("_", " ") or status}
    return raw.trouble or _("It could not be read.")


def sender_of(mail: Mail) -> str:
    """Who wrote a mail, as it says."""
    name, address = mail.sender_name, mail.sender_address
    return f"{name} <{address}>" if name and address else name or address


def spare_in_words(raw: RawMessage) -> str:
    """What a person says of a mail that a program took for something else."""
    if raw.trouble == MACHINE:
        return _("A person wrote it: register it")
    if raw.trouble == TOO_MANY:
        return _("It is meant: register it")
    return _("It is no spam: register it")


def reading_of(raw: RawMessage) -> Reading:
    """Read what can be read, whatever the message says of itself."""
    if raw.channel == Case.Channel.EMAIL and (mail := mail_of_held(raw)) is not None:
        return _of_mail(mail)
    scan = scan_of(raw)
    if scan is not None:
        return _of_scan(raw, scan)
    try:
        content = content_of(raw)
    except FileNotFoundError:
        return Reading(is_lost=True)
    text = _decoded(content)
    reading = Reading(text=text[:SHOWN], is_cut=len(text) > SHOWN)
    try:
        reading.post = read_post(content, raw.media_type)
    except Unreadable:
        reading.fields = _fields_of_json(text)
    else:
        reading.fields = _fields_of_post(reading.post)
    return reading


def _of_mail(mail: Mail) -> Reading:
    """A mail that was read when it arrived, with its files."""
    fields = {
        "name": mail.sender_name,
        "email": mail.sender_address,
        "subject": mail.subject,
        "narrative": mail.text or mail.quoted,
    }
    reading = Reading(text=(mail.text or mail.quoted)[:SHOWN])
    reading.fields = {name: said for name, said in fields.items() if said}
    try:
        attached = read(content_of(mail.raw)).attachments
    except FileNotFoundError:
        reading.is_lost = True
        return reading
    reading.post.files = [
        Part("file", one.name, one.media_type, one.content, 0, one.size) for one in attached
    ]
    return reading


def _of_scan(raw: RawMessage, scan: Scan) -> Reading:
    """A letter on paper: what a program read in it, and the file itself."""
    reading = Reading(text=scan.text[:SHOWN], is_cut=len(scan.text) > SHOWN)
    if scan.text:
        reading.fields = {"narrative": scan.text[:SHOWN]}
    try:
        content = content_of(raw)
    except FileNotFoundError:
        reading.is_lost = True
        return reading
    if content:
        reading.post.files = [Part("file", scan.name, raw.media_type, content, 0, len(content))]
    return reading


def reference_of(raw: RawMessage) -> str:
    """The case that a message was on its way to, where its envelope says so."""
    told = [str(raw.envelope.get("case") or ""), *str(raw.envelope.get("path") or "").split("/")]
    for word in told:
        try:
            return read_reference(word)
        except Refused:
            continue
    return ""


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return "".join(sign for sign in text if sign in "\n\t" or sign.isprintable())


def _fields_of_post(post: Post) -> dict[str, str]:
    return {
        name: "\n".join(value for value in post.fields.getlist(name) if value)
        for name in post.fields
        if name not in _OURS and any(post.fields.getlist(name))
    }


def _fields_of_json(text: str) -> dict[str, str]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return _flat(said) if isinstance(said, dict) else {}


def _flat(said: Mapping[str, Any]) -> dict[str, str]:
    """The plain values; those of an inner object (the complainant) under their own names."""
    found: dict[str, str] = {}
    for name, value in said.items():
        if isinstance(value, Mapping):
            found |= {inner: text for inner, text in _flat(value).items() if inner not in found}
        elif isinstance(value, list):
            found[name] = "\n".join(str(one) for one in value)
        elif value is not None:
            found[name] = str(value)
    return found
