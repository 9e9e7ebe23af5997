"""Acts on cases by API: what a person's page would let them do, done by a program for them.

The forms, rules and actions are those of the pages (``valedor.acts``); here a body becomes a form,
and what becomes of it an answer.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Router

from valedor.acts import EVERY_ACT, Act, Situation
from valedor.acts.doing import changes_since, do
from valedor.api import queries, schemas
from valedor.api.asking import KEY_PARAMETER, as_json, case_named, note, token_of_call
from valedor.api.authentication import Bearer
from valedor.api.filling import Sent, as_typed, filled
from valedor.api.shapes import shape_of
from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer, viewing
from valedor.foundation import moments
from valedor.foundation.refusals import Refusal, Refused, refuse_if
from valedor.programs.models import ApiToken
from valedor.programs.tokens import viewer_of

router = Router(tags=["acts"], auth=Bearer(ApiToken.Scope.ACT))

OF_CASE = "/cases/{reference}/acts"
NAMED = f"{OF_CASE}/{{noun}}"
ON_A_THING = f"{NAMED}/{{int:item}}"
CHANGED = Refusal(
    "changed_meanwhile",
    _("Others wrote in this case after what “seen” says: read on, then send it again."),
)
_PROBLEMS = dict.fromkeys((401, 403, 404), schemas.ProblemDocument)
_POST_PROBLEMS = dict.fromkeys((400, 401, 403, 404, 409, 413, 422), schemas.ProblemDocument)
_DOING: dict[str, Any] = {
    "response": {200: schemas.ActDone} | _POST_PROBLEMS,
    "openapi_extra": {"parameters": [KEY_PARAMETER]},
}


@dataclass(frozen=True)
class Table:
    """Acts that are done to cases of one sort: where they lie, and how a person stands before one
    of those cases. Both raise ``Http404`` for a case that is not there, or not for the viewer.
    """

    acts: Mapping[str, Act]
    place: str
    """The address of such a case below the interface's own: ``cases/``."""
    named: Callable[[Viewer, str], Case]
    """The case that an address names."""
    standing: Callable[..., Situation] = Situation

    def listed(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Those that have to do with a case now."""
        with self._before(request, reference) as situation:
            case = situation.case
            views = [
                self._view_of(act, _before_a_thing(situation, item))
                for act in self.acts.values()
                if act.concerns is None or act.concerns(situation)
                for item in (act.items(situation) if act.items else [None])
            ]
            note(request, case, "acts")
        answer = schemas.Acts(
            reference=case.reference,
            stage=case.stage,
            last_sequence=case.last_sequence,
            acts=views,
        )
        return as_json(answer)

    def shown(
        self, request: HttpRequest, reference: str, noun: str, item: int | None
    ) -> HttpResponse:
        """How one stands."""
        act = self._act_named(noun, item)
        with self._before(request, reference, item) as situation:
            view = self._view_of(act, situation)
            note(request, situation.case, "acts")
        return as_json(view)

    @contextmanager
    def doing(
        self, request: HttpRequest, reference: str, noun: str, item: int | None
    ) -> Iterator[tuple[Situation, str, int]]:
        """Do one: with the situation in which it was done, what it says, and the last line of the
        timeline before it.
        """
        act = self._act_named(noun, item)
        with self._before(request, reference, item) as situation:
            case, sent = situation.case, Sent(request)
            situation.files = sent.files
            refuse_if(act.refusal(situation))
            seen = sent.take_seen(act)
            form = filled(act, situation, sent)
            if changes_since(act, situation, seen):
                raise Refused(CHANGED)
            before = case.last_sequence
            words = do(act, situation, form, typed=as_typed(form), drops=False)
            note(request, case, "act", act=noun, item=item)
            yield situation, words, before

    def again(self, situation: Situation) -> Case | None:
        """The case as it is now; nothing where what was done shut its own author out, such as a
        recusal.
        """
        try:
            return self.named(situation.viewer, situation.case.reference)
        except Http404:
            return None

    def _act_named(self, noun: str, item: int | None) -> Act:
        act = self.acts.get(noun)
        if act is None or act.with_item is (item is None):
            raise Http404
        return act

    @contextmanager
    def _before(
        self, request: HttpRequest, reference: str, item: int | None = None
    ) -> Iterator[Situation]:
        """A case as the person stands before it, by the clocks of its entity."""
        viewer = viewer_of(token_of_call(request))
        with viewing(viewer):
            case = self.named(viewer, reference)
            situation = self.standing(case=case, viewer=viewer, at=moments.now(), item=item)
            with timezone.override(situation.zone):
                yield situation

    def _view_of(self, act: Act, situation: Situation) -> schemas.ActView:
        refusal = act.refusal(situation)
        body = None
        if refusal is None:
            initial = dict(act.initial(situation)) if act.initial else {}
            body = shape_of(act.form(situation, initial=initial))
        place = f"/{situation.item}" if situation.item is not None else ""
        case = f"{self.place}{situation.case.reference}"
        return schemas.ActView(
            noun=act.noun,
            item=situation.item,
            title=act.title_for(situation),
            explanation=str(act.words),
            address=f"/api/v1/{case}/acts/{act.noun}{place}",
            is_open=refusal is None,
            why_not=schemas.WhyNot(code=refusal.code, detail=str(refusal)) if refusal else None,
            takes_files=act.with_files,
            body=body,
        )


def _before_a_thing(situation: Situation, item: int | None) -> Situation:
    """The same, looking at one thing of it; what is known of the case already stays known."""
    if item is None:
        return situation
    one = copy(situation)
    one.item = item
    return one


ON_CASES = Table(EVERY_ACT, "cases/", case_named)


@router.get(
    OF_CASE,
    response={200: schemas.Acts} | _PROBLEMS,
    summary="List the acts on a case",
    operation_id="list_acts",
)
def list_acts(request: HttpRequest, reference: str) -> HttpResponse:
    """Which acts are open to the person now, with what each asks; of the others why not."""
    return ON_CASES.listed(request, reference)


@router.get(
    NAMED,
    response={200: schemas.ActView} | _PROBLEMS,
    summary="Read an act",
    operation_id="read_act",
)
def read_act(request: HttpRequest, reference: str, noun: str) -> HttpResponse:
    """Whether it is open to the person now, and what it asks; else why not."""
    return ON_CASES.shown(request, reference, noun, None)


@router.get(
    ON_A_THING,
    response={200: schemas.ActView} | _PROBLEMS,
    summary="Read an act",
    operation_id="read_act_on",
)
def read_act_on(request: HttpRequest, reference: str, noun: str, item: int) -> HttpResponse:
    """The same of an act on one thing of the case: a point, a finding, something offered."""
    return ON_CASES.shown(request, reference, noun, item)


@router.post(NAMED, summary="Do an act", operation_id="do_act", **_DOING)
def do_act(request: HttpRequest, reference: str, noun: str) -> HttpResponse:
    """Do it as the person would. What is left out of the body is as their page shows it."""
    return _done(request, reference, noun, None)


@router.post(ON_A_THING, summary="Do an act", operation_id="do_act_on", **_DOING)
def do_act_on(request: HttpRequest, reference: str, noun: str, item: int) -> HttpResponse:
    """The same on one thing of the case."""
    return _done(request, reference, noun, item)


def _done(request: HttpRequest, reference: str, noun: str, item: int | None) -> HttpResponse:
    with ON_CASES.doing(request, reference, noun, item) as (situation, words, before):
        case = ON_CASES.again(situation)
        answer = schemas.ActDone(
            reference=situation.case.reference,
            words=words,
            succeeded=not situation.is_bad_news,
            remarks=list(situation.said),
            access_code=situation.code or None,
            next=situation.next_noun or None,
            stage=case.stage if case else None,
            last_sequence=case.last_sequence if case else None,
            entries=queries.entries_since(situation.viewer, case, before) if case else [],
        )
    return as_json(answer)
