"""Papers of a case: letters to read, documents and the receipt to fetch."""

from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from valedor.casefile.documents import document_for, download_response
from valedor.casefile.letters import name_of, words_on_paper
from valedor.casefile.receipts import sealed_receipt
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.portal import places, queries
from valedor.portal.inside import Inside, inside, office_too, page_of_case
from valedor.portal.standing import READ, let_in_too
from valedor.telling import spoken


@require_safe
@inside
@office_too
@let_in_too(READ, opens="letter")
def letter(place: Inside, letter_id: int) -> HttpResponse:
    """A letter as it went out."""
    found = next((one for one in queries.file_of(place.case).letters if one.pk == letter_id), None)
    if found is None:
        raise Http404
    found.case = place.case
    context = {
        "case": place.case,
        "letter": found,
        "name": name_of(found.kind),
        "text": words_on_paper(found),
        "language": found.language,
        "when": spoken.moment(found.queued_at, place.house.entity.timezone),
        "back_url": page_of_case(place),
    }
    return places.page(place.request, "letter.html", place.house, context)


@require_safe
@inside
@office_too
@let_in_too(READ, opens="document")
def document(place: Inside, document_id: int) -> HttpResponse | FileResponse:
    """A document of the case, to be saved."""
    found = document_for(place.viewer, document_id)
    if found.case_id != place.case.pk:
        raise Http404
    return download_response(found)


@require_safe
@inside
@let_in_too(READ, opens="receipt")
def receipt(place: Inside) -> HttpResponse | FileResponse:
    """The receipt as a file. Until the worker has filed it, the same one is made on the spot."""
    documents = queries.file_of(place.case).documents
    kept = next((one for one in documents if one.purpose == "receipt"), None)
    if kept is not None and kept.erased_at is None:
        return download_response(document_for(place.viewer, kept.pk))
    try:
        made = sealed_receipt(place.case, at=now())
    except Refused:
        sentence = _("The content of this case was erased; its receipt is gone with it.")
        return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=410)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{place.case.reference}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
