"""What lies beside a form of the opinion: the draft so far, what was said, the papers."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from valedor.acts.office.situation import OfficeSituation
from valedor.casefile.models import Case, Document
from valedor.design.parts import DocumentRow
from valedor.review.office.models import Statement
from valedor.review.office.opinion_text import text_of
from valedor.review.office.queries import documents_of, first_words
from valedor.telling import spoken


def file_beside(situation: OfficeSituation) -> dict[str, Any]:
    """The file, for whoever drafts or signs its opinion."""
    file, fs = situation.case, situation.fs
    about = fs.proceeding.about_id is not None
    return {
        "draft": text_of(fs, language=file.language) if fs.opinion else "",
        "language": file.language,
        "said": [_brought(situation), *(_said(one, file) for one in fs.statements if one.given_at)],
        "documents": [document_row(file, one) for one in documents_of(file)],
        "company_url": reverse("desk:office_company", args=[file.reference]) if about else "",
    }


def document_row(file: Case, document: Document) -> DocumentRow:
    """A document of a file, with the side it came from."""
    return DocumentRow(
        name=document.name,
        url=reverse("desk:office_document", args=[file.reference, document.pk]),
        about=str(Document.Side(document.side).label),
    )


def _brought(situation: OfficeSituation) -> dict[str, str]:
    zone = situation.case.entity.timezone
    return {
        "who": _("The person, when they came"),
        "when": spoken.stamp(situation.fs.proceeding.brought_at, zone),
        "text": first_words(situation.case),
    }


def _said(one: Statement, file: Case) -> dict[str, str]:
    return {
        "who": one.whom or str(one.get_side_display()),
        "when": spoken.stamp(one.given_at, file.entity.timezone) if one.given_at else "",
        "text": one.text,
    }
