"""What was wrong with a message, in words. None of it keeps the message from being read."""

from dataclasses import dataclass, field

from . import limits


def _(sentence: str) -> str:
    """Marks a sentence for the catalogues. Whoever shows it to somebody translates it."""
    return sentence


SENTENCES = {
    "too_large": _("The message has more than %(limit)s MB; only its beginning was read."),
    "empty": _("There is no message: not a single byte."),
    "no_headers": _("The message has no headers."),
    "headers_without_end": _("No empty line ends the headers; the text begins where they stop."),
    "broken_header_line": _("A header goes on in a line that is not indented."),
    "too_many_headers": _("There are too many headers; the first %(limit)s were read."),
    "header_too_long": _("The header %(name)s is too long; its beginning was read."),
    "header_twice": _("The header %(name)s stands there more than once; the first was read."),
    "no_sender": _("The message does not say who sent it."),
    "bad_address": _("An address in %(name)s cannot be read."),
    "too_many_addresses": _("%(name)s has too many addresses; the first %(limit)s were read."),
    "too_many_references": _("There are too many references; the last %(limit)s were kept."),
    "bad_date": _("The date “%(value)s” cannot be read."),
    "no_zone": _("The date “%(value)s” names no time zone that is known; it was read as UTC."),
    "raw_header": _(
        "The header %(name)s holds letters beyond ASCII without saying their encoding."
    ),
    "broken_word": _("An encoded word in the header %(name)s is broken."),
    "unknown_charset": _("The encoding “%(said)s” is not known; the text was read as %(read)s."),
    "lying_charset": _("The text says that it is %(said)s; it was read as %(read)s."),
    "no_charset": _("The text does not say its encoding; it was read as %(read)s."),
    "undecodable": _(
        "Some of the text is not %(read)s (%(count)s bytes); what stands there is a guess."
    ),
    "bad_base64": _("A part in base64 is damaged; what could be decoded was kept."),
    "bad_quoted_printable": _("A part in quoted-printable is damaged in places."),
    "bad_uuencode": _("A uuencoded file is damaged; it was left in the text."),
    "unknown_transfer_encoding": _(
        "The transfer encoding “%(said)s” is not known; the part was taken as it is."
    ),
    "bad_media_type": _("The media type “%(said)s” cannot be read."),
    "no_boundary": _("A multipart does not say what separates its parts."),
    "other_boundary": _(
        "What separates the parts of a multipart is not what its header says; it was found."
    ),
    "outside_parts": _("A part lies outside what separates the parts; it was read all the same."),
    "boundary_missing": _("A multipart has no parts; it was read as text."),
    "boundary_not_closed": _("The end of a multipart is missing; the message may be cut short."),
    "too_many_parts": _("There are more than %(limit)s parts; the rest is one attachment."),
    "too_deep": _("Parts lie deeper than %(limit)s within each other; those are attachments."),
    "messages_too_deep": _(
        "Messages lie deeper than %(limit)s within each other; the innermost was not read."
    ),
    "text_too_long": _(
        "The text is very long; its beginning is shown, all of it is an attachment."
    ),
    "text_of_html_too_long": _(
        "The text that was made of the HTML is very long; its end is left out."
    ),
    "html_said_plain": _("The text says that it is plain; it is HTML and was read so."),
    "html_too_long": _(
        "The HTML is very long; its beginning is shown, all of it is an attachment."
    ),
    "html_too_deep": _("The HTML is nested too deeply; it was flattened."),
    "bad_tnef": _("The file winmail.dat is damaged; what could be read was kept."),
    "bad_smime": _("A signed message in S/MIME cannot be opened; it is an attachment."),
    "harmful_name": _("The file name of an attachment was made harmless."),
    "unread": _("The message could not be read; it is an attachment as it came."),
    "too_many_defects": _("There are more defects than are listed here."),
}
"""What is wrong, by its code. ``%(read)s`` and the like are filled with what was found."""


@dataclass(frozen=True)
class Defect:
    """One thing that was wrong. ``code`` is stable; as a string it is a sentence in English."""

    code: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """The sentence with its gaps, as whoever translates it needs it."""
        return SENTENCES[self.code]

    def __str__(self) -> str:
        return self.sentence % dict(self.values)


@dataclass
class Defects:
    """The defects found so far: each once, in the order in which they were met."""

    found: dict[Defect, None] = field(default_factory=dict)

    def note(self, code: str, **values: str | int) -> None:
        """Remember one; the values are short, for they come from the message."""
        if len(self.found) >= limits.MOST_DEFECTS:
            self.found[Defect("too_many_defects")] = None
            return
        shown = ((name, _short(str(value))) for name, value in values.items())
        self.found[Defect(code, tuple(shown))] = None


def _short(value: str) -> str:
    bare = "".join(sign for sign in value[:200] if sign.isprintable())
    return bare if len(bare) <= 60 else f"{bare[:59]}…"
