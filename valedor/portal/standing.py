"""How far somebody whom the person let in gets: asked once for every page, at the door.

A page says what it opens to (``let_in_too``). One that says nothing belongs to the person, so that
a page added tomorrow is shut to others until somebody thinks about it.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.moments import local_day
from valedor.foundation.refusals import Refusal
from valedor.participants import rules
from valedor.participants.actions.let_out import let_out_expired
from valedor.participants.models import Participant
from valedor.participants.queries import note_last_opened, participant_with_record
from valedor.portal import places
from valedor.portal.admission import Admission
from valedor.procedures.house_rules import HouseRules

if TYPE_CHECKING:
    from valedor.portal.inside import Inside

READ, WRITE, ACT, COLLECT = map(str, Participant.Scope.values)
View = TypeVar("View", bound=Callable[..., HttpResponse | FileResponse])


def let_in_too(needs: str, *, opens: str = "", to_write: str = "") -> Callable[[View], View]:
    """A page for those let in, too, as far as ``needs``; posting needs ``to_write`` where it says
    so. ``opens`` is what the person is told that they looked at.
    """

    def marked(view: View) -> View:
        view.let_in_needs = needs  # type: ignore[attr-defined]
        view.let_in_writes = to_write or needs  # type: ignore[attr-defined]
        view.let_in_opens = opens  # type: ignore[attr-defined]
        return view

    return marked


def participant_of(admission: Admission, case: Case | None) -> Participant | None:
    """Whoever the person let in that this browser is of; nobody for the person themselves.

    The house looks: a record that is of somebody let in to another case is nobody's here, and the
    complainant sees no other case.
    """
    if case is None or not admission.may_be_of_participant(case):
        return None
    with viewing(the_house(case.entity_id)):
        return participant_with_record(admission.person_id)


def turned_away(
    request: HttpRequest,
    house: HouseRules,
    case: Case,
    who: Participant | None,
    view: Callable[..., Any],
    admission: Admission,
    *,
    at: datetime,
) -> HttpResponse | None:
    """The page that says why not, for somebody let in who is out by now or asks for more than they
    were given, and for whoever acts by a mandate that is over. What they typed stands on it.
    """
    today = local_day(at, house.entity.timezone)
    if who is None:
        is_act = request.method == "POST"
        actor = admission.by(case).actor
        refusal = rules.why_mandate_over(case.mandate, actor=actor, today=today)
        return _refused(request, house, case, refusal) if refusal and is_act else None
    if refusal := rules.why_out(who, case, today=today, at=at):
        if refusal.code == "expired":
            let_out_expired(case, participant=who, at=at)
        return _refused(request, house, case, refusal, is_out=True, status=410)
    needs = "let_in_writes" if request.method == "POST" else "let_in_needs"
    if refusal := rules.why_not_do(who, getattr(view, needs, None)):
        return _refused(request, house, case, refusal)
    return None


def why_not_money(place: "Inside", amounts: Iterable[Any]) -> Refusal | None:
    """What stands against saying yes to what is offered: whoever was let in accepts no money for
    the person unless they may.
    """
    if place.participant is None:
        return None
    with_money = any(one is not None for one in amounts)
    return rules.why_not_do(place.participant, ACT, with_money=with_money)


def narrowed(place: "Inside", *, offered: Iterable[Any]) -> dict[str, str]:
    """What somebody let in may not do here, by the act, with the reason; nothing for the person."""
    if place.participant is None:
        return {}
    needed = {
        "send_message": WRITE,
        "withdraw": ACT,
        "contest": ACT,
        "accept_answer": ACT,
        "dossier": ACT,
    }
    found = {act: rules.why_not_do(place.participant, needs) for act, needs in needed.items()}
    found["accept_answer"] = why_not_money(place, [one.amount for one in offered])
    return {act: str(refusal) for act, refusal in found.items() if refusal}


def _refused(
    request: HttpRequest,
    house: HouseRules,
    case: Case,
    refusal: Refusal,
    *,
    is_out: bool = False,
    status: int = 403,
) -> HttpResponse:
    context = {
        "case": case,
        "title": _("You are not let in any more") if is_out else _("This is not yours to do"),
        "refusal": str(refusal),
        "typed": request.POST.get("text", "")[:20_000] if request.method == "POST" else "",
        "back_url": ""
        if is_out
        else reverse("portal:case", args=[house.entity.key, case.reference]),
    }
    return places.page(request, "not_yours.html", house, context, status=status)


def out_page(
    request: HttpRequest, house: HouseRules, case: Case, who: Participant, *, at: datetime
) -> HttpResponse | None:
    """What somebody sees who comes by a link or a code of their own and is out by now."""
    today = local_day(at, house.entity.timezone)
    refusal = rules.why_out(who, case, today=today, at=at)
    if refusal is None:
        return None
    if refusal.code == "expired":
        let_out_expired(case, participant=who, at=at)
    return _refused(request, house, case, refusal, is_out=True, status=410)


def note_opened(
    who: Participant,
    view: Callable[..., Any],
    response: HttpResponse | FileResponse,
    request: HttpRequest,
    *,
    at: datetime,
) -> None:
    """Keep what somebody let in looked at last: the person sees it."""
    what = getattr(view, "let_in_opens", "")
    if what and request.method == "GET" and response.status_code == 200:
        note_last_opened(who, what, at=at)
