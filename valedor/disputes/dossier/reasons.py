"""Why something is not in a dossier, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from valedor.casefile.models import Document
from valedor.disputes.dossier import contents


def short(reason: str) -> str:
    """Why the bytes of a document do not go along, beside its name."""
    return {
        contents.ERASED_DOCUMENTS: _("It was erased."),
        contents.QUARANTINED: _("It is in quarantine: something harmful was found in it."),
        contents.MISSING: _("It is missing from the disk of the house."),
        contents.NOT_CHOSEN: _("It is not in this redacted copy."),
    }.get(reason, "")


def in_words(left_out: Mapping[str, int], taken_out: int) -> list[str]:
    """Everything that is not in a dossier, one sentence for each reason."""
    counted = dict(left_out)
    if taken_out:
        counted[contents.WORDS] = taken_out
    said = [_sentence(reason, number) for reason, number in counted.items()]
    return [
        *said,
        _("Whatever its maker may not see themselves, such as what another house keeps."),
    ]


def _sentence(reason: str, number: int) -> str:
    sentence = {
        contents.WORKING_LINES: ngettext(
            "%(number)s line that only the house that made this sees: its working papers.",
            "%(number)s lines that only the house that made this sees: its working papers.",
            number,
        ),
        contents.WORKING_DOCUMENTS: ngettext(
            "%(number)s document that only the house that made this sees: its working papers.",
            "%(number)s documents that only the house that made this sees: its working papers.",
            number,
        ),
        contents.SAID_IN_MEDIATION: ngettext(
            "%(number)s line of what was said in mediation: it is confidential.",
            "%(number)s lines of what was said in mediation: they are confidential.",
            number,
        ),
        contents.PAPERS_OF_MEDIATION: ngettext(
            "%(number)s document handed over in mediation: it is confidential.",
            "%(number)s documents handed over in mediation: they are confidential.",
            number,
        ),
        contents.ERASED_LINES: ngettext(
            "The personal part of %(number)s line: it was erased by an act that the file records.",
            "The personal part of %(number)s lines: it was erased by an act that the file records.",
            number,
        ),
        contents.ERASED_DOCUMENTS: ngettext(
            "%(number)s document: it was erased by an act that the file records.",
            "%(number)s documents: they were erased by an act that the file records.",
            number,
        ),
        contents.QUARANTINED: ngettext(
            "%(number)s document in quarantine: something harmful was found in it.",
            "%(number)s documents in quarantine: something harmful was found in them.",
            number,
        ),
        contents.MISSING: ngettext(
            "%(number)s document that is missing from the disk of the house.",
            "%(number)s documents that are missing from the disk of the house.",
            number,
        ),
        contents.NOT_CHOSEN: ngettext(
            "%(number)s document, so that nothing about third persons leaves with it.",
            "%(number)s documents, so that nothing about third persons leaves with them.",
            number,
        ),
        contents.RAW_MESSAGES: ngettext(
            "The original of %(number)s mail, with its addresses.",
            "The originals of %(number)s mails, with their addresses.",
            number,
        ),
        contents.WORDS: ngettext(
            "%(number)s address, number or name, in whose place a mark stands.",
            "%(number)s addresses, numbers and names, in whose place a mark stands.",
            number,
        ),
    }[reason]
    return sentence % {"number": number}


def side_in_words(side: str) -> str:
    """From whom a document comes."""
    return {
        Document.Side.COMPLAINANT: _("from the complainant"),
        Document.Side.COMPANY: _("from the organisation"),
        Document.Side.OMBUDSMAN: _("from the ombudsman"),
        Document.Side.BODY: _("from an outside body"),
    }.get(Document.Side(side), side)
