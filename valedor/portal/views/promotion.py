"""What the person said yes to, and the way to take it back. Nobody is asked for a yes here."""

from typing import Any

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from valedor.foundation.refusals import Refused
from valedor.people.actions.promotion import withdraw_consent
from valedor.people.models import PromotionConsent
from valedor.portal import places
from valedor.portal.inside import Inside, inside, page_of_case
from valedor.portal.posts import token_for
from valedor.portal.queries import consents_of
from valedor.telling import spoken


# The token of the form is one of its own case (see ``acts``).
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
def promotion(place: Inside) -> HttpResponse:
    """Every consent with its date and origin; one that holds is withdrawn by one button."""
    found = consents_of(place.case)
    if not found or place.case.complainant is None:
        raise Http404
    posted, said, status = place.posted, "", 200
    if posted is not None and not posted.is_step:
        said = posted.trouble()
        status = 422
        if not said:
            try:
                withdraw_consent(
                    place.case.complainant,
                    entity=place.house.entity,
                    channel=PromotionConsent.Channel.WEB_FORM,
                    by=None,
                    at=place.at,
                )
            except Refused as refused:
                said, status = str(refused.refusal), 409
            else:
                posted.join(place.case)
                notices.success(
                    place.request,
                    _("You have withdrawn it. Nothing promotional is sent to you any more."),
                )
                return redirect(page_of_case(place))
    context = {
        "case": place.case,
        "consents": [_told(place, one) for one in found],
        "holds": any(one.withdrawn_at is None for one in found),
        "trouble": said,
        "token": token_for(place.case),
        "back_url": page_of_case(place),
    }
    return places.page(place.request, "promotion.html", place.house, context, status=status)


def _told(place: Inside, one: PromotionConsent) -> dict[str, Any]:
    zone = place.house.entity.timezone
    told = {
        "day": spoken.moment(one.given_at, zone),
        "channel": one.get_channel_display(),
        "giver": one.get_giver_display(),
    }
    return {
        "how": _("%(day)s · %(channel)s · %(giver)s") % told,
        "words": one.words,
        "version": one.version,
        "language": one.language,
        "ended": _("Withdrawn on %(day)s.") % {"day": spoken.moment(one.withdrawn_at, zone)}
        if one.withdrawn_at
        else "",
    }
