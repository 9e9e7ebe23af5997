"""The pages of one case, for whoever was let in to it and nobody else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer, complainant_of, viewing
from valedor.foundation.moments import now
from valedor.portal import places, queries
from valedor.portal.admission import Admission, admission_of
from valedor.procedures.house_rules import HouseRules

P = ParamSpec("P")
Answer = HttpResponse | FileResponse


@dataclass(frozen=True)
class Inside:
    """Somebody inside their case."""

    request: HttpRequest
    house: HouseRules
    case: Case
    viewer: Viewer
    admission: Admission
    at: datetime

    @property
    def by(self) -> By:
        """As whom they act."""
        return self.admission.by(self.case)

    @property
    def links(self) -> list[str]:
        """What the addresses of the case's pages are made of."""
        return [self.house.entity.key, self.case.reference]


def inside(
    view: Callable[Concatenate[Inside, P], Answer],
) -> Callable[..., Answer]:
    """A page of one case. Whoever was not let in is asked for reference and code, whether there is
    such a case or not.
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
        house = places.house_of(request, entity_key)
        found = enter(request, house, reference)
        if found is None:
            asked = urlencode({"for": reference.upper()})
            return redirect(f"{reverse('portal:sign_in', args=[house.entity.key])}?{asked}")
        with viewing(found.viewer):
            response = view(found, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return shown


def enter(request: HttpRequest, house: HouseRules, reference: str) -> Inside | None:
    """The case that this browser was let in to; nothing, and no query, for any other."""
    admission = admission_of(request, reference)
    if admission is None:
        return None
    case = queries.case_of(admission.case_id, house.entity.key, reference)
    if case is None or not admission.holds(case):
        return None
    return Inside(request, house, case, complainant_of(case.pk), admission, now())


def page_of_case(place: Inside) -> str:
    """The address of the case's own page."""
    return reverse("portal:case", args=place.links)
