"""The pages of one case, for whoever was let in to it and nobody else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer, complainant_of, the_house, viewing
from valedor.foundation.moments import now
from valedor.participants.models import Participant
from valedor.portal import access, places, posts, queries, standing
from valedor.portal.admission import Admission, admission_of, let_in
from valedor.portal.posts import Posted
from valedor.procedures.house_rules import HouseRules

P = ParamSpec("P")
Answer = HttpResponse | FileResponse


@dataclass(frozen=True)
class Inside:
    """Somebody inside their case. ``posted`` is what they posted, kept and read; ``participant``
    is whoever the person let in, where it is not they themselves.
    """

    request: HttpRequest
    house: HouseRules
    case: Case
    viewer: Viewer
    admission: Admission
    at: datetime
    posted: Posted | None = None
    participant: Participant | None = None

    @property
    def by(self) -> By:
        """As whom they act."""
        return self.admission.by(self.case, self.participant)

    @property
    def links(self) -> list[str]:
        """What the addresses of the case's pages are made of."""
        return [self.house.entity.key, self.case.reference]


def inside(
    view: Callable[Concatenate[Inside, P], Answer],
) -> Callable[..., Answer]:
    """A page of one case. Whoever was not let in is asked for reference and code, whether there is
    such a case or not.

    The page is one transaction. What is posted is committed before it begins, so that it stays
    with the house whatever happens in there. A merged case leads to the one in which it goes on,
    unless somebody asks for its own words.

    A file of the ombudsman's office opens no page but those that say so (``office_too``).
    """

    @login_not_required
    @wraps(view)
    def shown(
        request: HttpRequest,
        entity_key: str,
        reference: str,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Answer:
        house, at = places.house_of(request, entity_key), now()
        admission = admission_of(request, reference)
        if admission is None:
            return _asked_who(house, reference)
        posted = None
        if request.method == "POST":
            case = queries.case_let_in(admission.case_id, house.entity.key, reference)
            who = standing.participant_of(admission, case)
            if case is None or not admission.holds(case, who):
                return _asked_who(house, reference)
            if answer := standing.turned_away(request, house, case, who, view, admission, at=at):
                return answer
            try:
                posted = posts.keep(
                    request, house, case, at=at,
                    to_the_office=hasattr(view, "goes_to_the_office"),
                )  # fmt: skip
            except OSError:
                return places.page(request, "failed.html", house, status=503)
        with viewing(complainant_of(admission.case_id)) as viewer:
            case = queries.case_of(admission.case_id, house.entity.key, reference)
            who = standing.participant_of(admission, case)
            if case is None or not admission.holds(case, who):
                return _asked_who(house, reference)
            if answer := standing.turned_away(request, house, case, who, view, admission, at=at):
                return answer
            place = Inside(request, house, case, viewer, admission, at, posted, who)
            if case.is_of_the_office and not hasattr(view, "office_too"):
                return redirect(page_of_case(place))
            # Whoever was let in to one case was not let in to the one in which it goes on.
            is_looked_at = request.method == "POST" or "own" in request.GET or who is not None
            leads_on = case.merged_into_id is not None and not is_looked_at
            response = _on(place) if leads_on else view(place, *args, **kwargs)
            if who is not None:
                standing.note_opened(who, view, response, request, at=at)
        response["Cache-Control"] = "no-store"
        return response

    return shown


View = TypeVar("View", bound=Callable[..., Answer])


def office_too(view: View) -> View:
    """A page that a file of the ombudsman's office has, too."""
    view.office_too = True  # type: ignore[attr-defined]
    return view


def to_the_office(view: View) -> View:
    """A page whose posts go to the ombudsman: the company sees none of them."""
    view.goes_to_the_office = True  # type: ignore[attr-defined]
    return view


def _on(place: Inside) -> HttpResponse:
    """Whoever comes to a merged case is led to the one in which it goes on."""
    with viewing(the_house(place.house.entity)):
        kept = access.case_it_goes_on_in(place.case)
    response = redirect("portal:case", entity_key=place.house.entity.key, reference=kept.reference)
    let_in(response, kept, via="link", at=place.at, person_id=place.admission.person_id)
    return response


def _asked_who(house: HouseRules, reference: str) -> HttpResponse:
    asked = urlencode({"for": reference.upper()})
    return redirect(f"{reverse('portal:sign_in', args=[house.entity.key])}?{asked}")


def page_of_case(place: Inside) -> str:
    """The address of the case's own page."""
    return reverse("portal:case", args=place.links)
