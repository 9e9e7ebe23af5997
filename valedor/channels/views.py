"""The demonstration's mail, for everybody to read, and what they let arrive."""

from datetime import datetime
from io import BytesIO

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from valedor.casefile.viewing import the_house, viewing
from valedor.channels import playing_in
from valedor.channels.email import kept
from valedor.channels.forms import MAILS, PlayCallForm, PlayInForm, Way
from valedor.channels.models import Call
from valedor.channels.telephone import playing
from valedor.channels.telephone.first_words import words_for
from valedor.channels.telephone.numbers import spoken
from valedor.foundation.moments import now


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
@require_http_methods(["GET", "HEAD", "POST"])
def play_in(request: HttpRequest) -> HttpResponse:
    """Let a mail, an SMS or a letter arrive, in the demonstration only."""
    _demonstration_only()
    form = PlayInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given, at = form.cleaned_data, now()
        if given["way"] in MAILS:
            playing_in.play_mail(
                form.place, name=given["name"], address=given["address"],
                subject=given["subject"], text=given["text"], at=at,
            )  # fmt: skip
        elif given["way"] == Way.LETTER:
            playing_in.play_letter(form.place, text=given["text"], at=at)
            messages.success(
                request,
                _("It is scanned. Within seconds it stands among the letters that came in."),
            )
            return redirect("channels:play_in")
        else:
            playing_in.play_sms(form.place, number=given["address"], text=given["text"], at=at)
        messages.success(
            request, _("It has arrived. Within seconds it is on the desk and its receipt is here.")
        )
        return redirect("channels:kept_mail")
    status = 422 if form.errors else 200
    return render(request, "channels/play_in.html", {"form": form}, status=status)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def play_call(request: HttpRequest) -> HttpResponse:
    """Let it ring, and let a call that rings be answered and end, in the demonstration only."""
    _demonstration_only()
    at = now()
    form = PlayCallForm(request.POST if "entity" in request.POST else None)
    if request.method == "POST":
        if "call" in request.POST:
            return _play_on(request, at)
        if form.is_valid():
            number = form.cleaned_data["number"]
            playing.play(form.line, playing.KIND.OFFERED, number=number, at=at)
            messages.success(request, _("It rings: look at the calls on the desk."))
            return redirect("channels:play_call")
    with viewing(the_house()):
        rows = [
            {
                "call": one,
                "who": spoken(one.caller) if one.caller else "",
                "answers": playing.KIND.ANSWERED in playing.next_of(one),
                "staff": playing.attendants(one.entity),
                "say": words_for(one.entity, one.caller, at=at)
                if one.state == Call.State.RINGING
                else [],
            }
            for one in playing.played_calls()
        ]
    status = 422 if form.errors else 200
    context = {"form": form, "rows": rows}
    return render(request, "channels/play_call.html", context, status=status)


def _play_on(request: HttpRequest, at: datetime) -> HttpResponse:
    """What happens next to one of the calls that go on."""
    with viewing(the_house()):
        found = {str(one.pk): one for one in playing.played_calls()}
        call = found.get(request.POST["call"])
        if call is None or call.line is None:
            raise Http404
        does = request.POST.get("do", "")
        kinds = playing.next_of(call)
        by_name = {one.username: one for one in playing.attendants(call.entity)}
    operator = None
    if does == "hang_up":
        kind = kinds[-1]
    elif does == "answer" and playing.KIND.ANSWERED in kinds:
        kind, operator = playing.KIND.ANSWERED, by_name.get(request.POST.get("operator", ""))
    else:
        raise Http404
    playing.play(call.line, kind, call=call.name_at_switch, operator=operator, at=at)
    return redirect("channels:play_call")


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
