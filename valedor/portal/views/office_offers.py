"""To settle before the ombudsman: yes or no to what the company proposes, or something else."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from valedor.clocks.fresh import end_of_day
from valedor.foundation.money import currency_of
from valedor.foundation.refusals import refuse_if
from valedor.portal.forms import ProposalForm
from valedor.portal.inside import Inside, inside, office_too, page_of_case
from valedor.portal.office import open_offer_of, to_counter
from valedor.portal.posts import Posted
from valedor.portal.standing import ACT, let_in_too, why_not_money
from valedor.portal.views.asking import ask_once_more
from valedor.review.office.actions.settle import answer, in_words, propose
from valedor.review.office.models import Offer, Statement
from valedor.review.office.queries import proceeding_of
from valedor.review.office.rules import why_not_propose
from valedor.telling import spoken

_USUAL = timedelta(days=14)
_THEIRS = Statement.Side.COMPLAINANT


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
@office_too
@let_in_too(ACT)
def offer(place: Inside) -> HttpResponse:
    """Say yes or no to what the company proposes."""
    if not place.case.is_of_the_office:
        raise Http404
    waiting = open_offer_of(place)
    if waiting is None:
        return redirect(page_of_case(place))
    accepts = place.request.GET.get("answer") == "yes"
    money = why_not_money(place, [waiting.amount]) if accepts else None

    def do(_posted: Posted) -> None:
        refuse_if(money)
        answer(place.case, offer=waiting, side=_THEIRS, accept=accepts, by=place.by, at=place.at)

    return ask_once_more(
        place,
        do,
        title=_("Accept the proposal") if accepts else _("Decline the proposal"),
        words=_("The matter ends with it, and the company carries out what it proposes.")
        if accepts
        else _("The ombudsman goes on. Declining takes no right away."),
        action=_("Accept it") if accepts else _("Decline it"),
        refusal=str(money or ""),
        done=_("Your word is with both sides."),
    )


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
@office_too
@let_in_too(ACT)
def proposal(place: Inside) -> HttpResponse:
    """Propose to settle; where the company has proposed something, instead of that."""
    if not place.case.is_of_the_office:
        raise Http404
    waiting = open_offer_of(place)
    theirs = to_counter(place, waiting)
    refusal = why_not_propose(
        proceeding_of(place.case), waiting, side=_THEIRS, at=place.at, instead_of=theirs
    )
    form = _form_of(place)

    def do(_posted: Posted) -> None:
        given, entity = form.cleaned_data, place.house.entity
        refuse_if(why_not_money(place, [given["amount"]]))
        end = end_of_day(given["answer_by"], ZoneInfo(entity.timezone))
        propose(
            place.case,
            side=_THEIRS,
            option=given["option"],
            amount=given["amount"],
            currency=currency_of(entity.country) if given["amount"] is not None else "",
            text=given["text"],
            answer_by=end,
            by=place.by,
            at=place.at,
            instead_of=theirs,
        )

    return ask_once_more(
        place,
        do,
        title=_("Propose something else") if theirs else _("Propose to settle"),
        words=_words_for(place, theirs),
        action=_("Decline it and propose this") if theirs else _("Propose it"),
        refusal=str(refusal or ""),
        done=_("The company reads your proposal. You hear what it says to it."),
        form=form,
    )


def _words_for(place: Inside, theirs: Offer | None) -> str:
    said = _(
        "If the company accepts, the matter ends and it carries out what you agreed. Until then "
        "the ombudsman goes on, and you lose no right."
    )
    if theirs is None:
        return said
    offered = in_words(theirs, place.house, spoken.language())
    return _("The company proposes: %(what)s") % {"what": offered} + " " + said


def _form_of(place: Inside) -> ProposalForm:
    """The form as it was sent, or as it comes back in another language."""
    house, posted = place.house, place.posted
    zone = ZoneInfo(house.entity.timezone)
    initial: dict[str, Any] = {"answer_by": (place.at.astimezone(zone) + _USUAL).date()}
    options = [(one.key, str(one.name)) for one in house.redress_options]
    currency = currency_of(house.entity.country)
    if posted is not None and not posted.is_step:
        return ProposalForm(posted.post.fields, options=options, currency=currency)
    if posted is not None:
        initial |= {name: posted.post.text(name) for name in ProposalForm.base_fields}
    return ProposalForm(initial=initial, options=options, currency=currency)
