"""A dossier in words: everything that its pages say, in the language that was asked for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from valedor.casefile.models import Case
from valedor.disputes.dossier import papers, reasons
from valedor.disputes.dossier.clocks import clocks_of
from valedor.disputes.dossier.contents import Contents
from valedor.disputes.dossier.cover import cover_of
from valedor.disputes.dossier.decided import decisions_of
from valedor.disputes.dossier.redaction import Redactor
from valedor.disputes.models import Dossier
from valedor.procedures.vocabulary_tables import word
from valedor.telling import spoken

Row = dict[str, Any]
# Stand for the two numbers of a page until the typesetter knows them.
_PAGE, _PAGES = "\x02", "\x03"


def told(dossier: Dossier, contents: Contents, redactor: Redactor, *, at: datetime) -> Row:
    """The values of ``dossier.typ``. Called with the dossier's language switched on."""
    case, entity = contents.case, contents.house.entity
    zone = entity.timezone
    values: Row = {
        "entity": entity.name,
        "title": _("Dossier %(reference)s") % {"reference": case.reference},
        "reference": case.reference,
        "foot": f"{entity.name} · {case.reference} · {dossier.get_copy_display()}",
        "page_of": _page_of(),
        "words": _words(),
        "cover": cover_of(dossier, contents, redactor, zone, at),
        "case": _case_rows(contents, redactor, zone),
        "points": [redactor.text(one.text) for one in contents.grievances],
        "timeline": [
            papers.line_of(one, contents, redactor, dossier, zone) for one in contents.entries
        ],
        "letters": [papers.letter_of(one, contents, redactor, zone) for one in contents.written],
        "documents": [papers.document_of(one, redactor, zone) for one in contents.filed],
        "decisions": decisions_of(contents, redactor, zone),
        "clocks": clocks_of(contents, redactor, zone, at=at),
        "checking": _checking(case),
    }
    # Last: what was taken out is counted while the rest is put in words.
    values["left_out"] = reasons.in_words(contents.left_out, redactor.count)
    return values


def _page_of() -> list[str]:
    """The number of a page, as the words around its two numbers."""
    said = _("page %(page)s of %(pages)s") % {"page": _PAGE, "pages": _PAGES}
    before, _mark, rest = said.partition(_PAGE)
    between, _mark, after = rest.partition(_PAGES)
    return [before, between, after]


def _words() -> Mapping[str, str]:
    return {
        "contents": _("Contents"),
        "case": _("The case"),
        "points": _("What it is about, point by point"),
        "timeline": _("What happened, day by day"),
        "when": _("When"),
        "what": _("What"),
        "letters": _("Letters and messages"),
        "documents": _("Evidence and other documents"),
        "decisions": _("What was decided"),
        "clocks": _("Time limits"),
        "left_out": _("What is not in it, and why"),
        "checking": _("How to check this dossier"),
        "nothing": _("There is none."),
        "attached": _("In this file as"),
        "grounds": _("Grounds"),
        "reasons": _("Reasons"),
        "duty": _("Limit"),
        "start": _("Began"),
        "due": _("Last day"),
        "result": _("What came of it"),
    }


# ------------------------------------------------------------------ the case
def _case_rows(contents: Contents, redactor: Redactor, zone: str) -> list[list[str]]:
    case = contents.case
    rows = [
        (_("Reference"), case.reference),
        (_("What it is"), str(case.get_kind_display())),
        (_("Subject"), redactor.text(case.subject)),
        (_("Received"), spoken.moment(case.received_at, zone)),
        (_("Registered"), spoken.moment(case.registered_at, zone)),
        (_("How it came"), str(case.get_channel_display())),
        (_("Contract"), redactor.text(case.contract_number)),
        (_("Asked for"), redactor.text(case.remedy_sought)),
        (_("Where it stands"), str(case.get_stage_display())),
        (_("Before whom"), ", ".join(word("instances", one.kind) for one in contents.instances)),
    ]
    return [[name, value] for name, value in rows if value]


def _checking(case: Case) -> Row:
    return {
        "lines": [
            _(
                "The seal is an electronic signature over every byte (PAdES). A reader of PDF "
                "shows it; one that does not know the authority of the certificate calls its "
                "signer unknown, which says nothing against the file."
            ),
            _(
                "The file manifest.json inside lists every other file with its SHA-256, its size "
                "and the line or letter that it belongs to."
            ),
            _(
                "With the program Valedor anybody checks seal, manifest and files, without an "
                "account and without a database:"
            ),
        ],
        "command": "valedor verify dossier.pdf",
        "chain": _(
            "The lines of the case form a chain of digests. When this dossier was made it ended "
            "with line %(number)s and this digest:"
        )
        % {"number": case.last_sequence},
        "hash": bytes(case.last_hash).hex(),
    }
