"""The person tells the company that they turned to another body."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from valedor.casefile.viewing import the_house, viewing
from valedor.design.forms import DayInput
from valedor.disputes.actions.turn_to_body import turn_to_body
from valedor.disputes.models import Referral
from valedor.disputes.referral.bodies import forum_of, forums
from valedor.disputes.referral.rules import why_not_tell
from valedor.foundation.moments import local_day
from valedor.handling.queries import case_state
from valedor.handling.who_hears import dispute_of
from valedor.portal.inside import Inside, inside
from valedor.portal.posts import Posted
from valedor.portal.views.asking import ask_once_more


class TurnedToForm(forms.Form):
    """Where, when, and under which number."""

    body = forms.ChoiceField(
        label=gettext_lazy("Where did you turn to?"),
        error_messages={
            "required": gettext_lazy("Choose the body from the list."),
            "invalid_choice": gettext_lazy("Choose the body from the list."),
        },
    )
    filed_on = forms.DateField(
        label=gettext_lazy("On which day?"),
        widget=DayInput(),
        error_messages={
            "required": gettext_lazy("Say on which day."),
            "invalid": gettext_lazy("Write a day, for example 2026-11-20."),
        },
    )
    body_reference = forms.CharField(
        label=gettext_lazy("The number that they gave you, if you have it"),
        max_length=80,
        required=False,
    )
    use_required_attribute = False

    def __init__(self, place: Inside, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on = local_day(place.at, place.house.entity.timezone)
        dispute = dispute_of(place.house, place.case.complainant_id)
        self.fields["body"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose the body from the list.")),
            *((one.key, one.name) for one in forums(place.house, dispute, on=on)),
        ]


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
def turned_to(place: Inside) -> HttpResponse:
    """Nobody need tell it: but whoever does has the dates of that body on their page, too."""
    posted = place.posted
    asked = posted is not None and not posted.is_step
    form = TurnedToForm(place, posted.post.fields if posted and asked else None)
    refusal = why_not_tell(case_state(place.case), place.viewer)

    def do(_posted: Posted) -> None:
        given, case = form.cleaned_data, place.case
        on = local_day(place.at, place.house.entity.timezone)
        with viewing(the_house(place.house.entity)):
            forum = forum_of(place.house, given["body"], language=case.language, on=on)
        turn_to_body(
            case,
            forum=forum,
            side=Referral.Side.COMPLAINANT,
            filed_on=given["filed_on"],
            body_reference=given["body_reference"],
            by=place.by,
            at=place.at,
        )

    return ask_once_more(
        place,
        do,
        title=_("I turned to another body"),
        words=_(
            "You need not tell us: it takes no right away from you either way. If you do, its "
            "dates stand here beside ours, and we answer it sooner."
        ),
        action=_("Tell them so"),
        refusal=str(refusal or ""),
        done=_("It stands on the page of your case."),
        form=form,
    )
