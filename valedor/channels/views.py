"""The demonstration's mail: what would have been sent, for everybody to read."""

from io import BytesIO

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from valedor.channels.email import kept


def _demonstration_only() -> None:
    if not settings.DEMO:
        raise Http404


@login_not_required
@require_safe
def kept_mail(request: HttpRequest) -> HttpResponse:
    """Public, in the demonstration only: the people who get these letters are invented."""
    _demonstration_only()
    return render(request, "channels/kept_mail.html", {"letters": kept.newest()})


@login_not_required
@require_safe
def kept_letter(request: HttpRequest, name: str) -> HttpResponse:
    """One letter: its text, the source of its HTML, what goes along."""
    _demonstration_only()
    mail = kept.read(name)
    if mail is None:
        raise Http404
    return render(request, "channels/kept_letter.html", {"letter": mail})


@login_not_required
@require_safe
def kept_attachment(request: HttpRequest, name: str, number: int) -> HttpResponseBase:
    """A document that goes along, to save: never shown by the browser itself."""
    _demonstration_only()
    mail = kept.read(name)
    if mail is None or not 1 <= number <= len(mail.attachments):
        raise Http404
    file_name, _media_type, content = mail.attachments[number - 1]
    return FileResponse(
        BytesIO(content),
        as_attachment=True,
        filename=file_name or "document",
        content_type="application/octet-stream",
    )
