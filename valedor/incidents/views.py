"""The link of a call: who opens it sees what it is about; only its button takes the emergency."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.incidents.duty import paging
from valedor.incidents.duty.actions.take import take
from valedor.incidents.duty.links import called_by, stands


# Whoever holds the link was called by it: it is signed for one account and one emergency, and says
# no more than the call did.
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_duty(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows, POST takes. A link that is forged, too old or of no account any more is 404."""
    call_id = paging.call_of(token)
    call = called_by(call_id) if call_id is not None else None
    if call is None:
        raise Http404
    trouble = ""
    with translation.override(call.account.language):
        if request.method == "POST":
            try:
                take(call.call_out, by=call.account, at=now())
            except Refused as refused:
                trouble = str(refused.refusal)
            else:
                return redirect("incidents:take_duty", token=token)
        context = {**stands(call), "trouble": trouble}
        status = 409 if trouble else 200
        return render(request, "incidents/take_duty.html", context, status=status)
