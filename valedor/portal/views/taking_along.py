"""The person takes their file along: one sealed document for whoever looks at it next."""

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from valedor.disputes.actions.ask_for_dossier import ask_for_dossier
from valedor.disputes.dossier.rules import why_not_make
from valedor.disputes.models import Dossier
from valedor.handling.queries import case_state
from valedor.portal.forms import TakeAlongForm
from valedor.portal.inside import Inside, inside, office_too, to_the_office
from valedor.portal.posts import Posted
from valedor.portal.standing import ACT, let_in_too
from valedor.portal.views.asking import ask_once_more


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
@office_too
@to_the_office
@let_in_too(ACT)
def dossier(place: Inside) -> HttpResponse:
    """Ask for the dossier. It holds what the person sees, and nobody else sees that they asked."""
    form = TakeAlongForm(place.posted.post.fields if place.posted else None)

    def do(_posted: Posted) -> None:
        ask_for_dossier(
            place.case,
            body=form.cleaned_data["body"],
            copy=Dossier.Copy.FULL,
            language=get_language() or place.case.language,
            viewer=place.viewer,
            by=place.by,
            at=place.at,
        )

    return ask_once_more(
        place,
        do,
        title=_("Take your file along"),
        words=_(
            "One PDF with everything that you see of this case: what happened day by day, letters, "
            "evidence, decisions and time limits, with the original files in it. It is sealed, so "
            "that whoever gets it sees that nothing was changed. The company is not told."
        ),
        action=_("Make the dossier"),
        refusal=str(why_not_make(case_state(place.case), place.viewer) or ""),
        done=_("It is being put together. In a minute or two it stands among your papers here."),
        form=form,
    )
