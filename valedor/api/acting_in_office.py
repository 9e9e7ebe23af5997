"""Acts of the ombudsman's office on its files, by a token that somebody of the office made for
themselves: what their page would let them do.

Whoever is not of the office is told so before any file is looked for, as on the page. What an act
answers is kept for a call that is sent again, beside the walls of cases: so it holds no word of the
file. The file itself says what came of it.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from valedor.acts.office import OFFICE_ACTS
from valedor.acts.office.situation import OfficeSituation
from valedor.api import schemas
from valedor.api.acting import Table
from valedor.api.asking import KEY_PARAMETER, as_json
from valedor.api.authentication import Bearer
from valedor.people.permissions import Permission
from valedor.programs.models import ApiToken
from valedor.review.office.access import file_for

router = Router(tags=["office"], auth=Bearer(ApiToken.Scope.ACT, (Permission.WORK_IN_OFFICE,)))

OF_FILE = "/office/files/{reference}/acts"
NAMED = f"{OF_FILE}/{{noun}}"
ON_A_THING = f"{NAMED}/{{int:item}}"
ON_FILES = Table(OFFICE_ACTS, "office/files/", file_for, OfficeSituation)
_PROBLEMS = dict.fromkeys((401, 403, 404), schemas.ProblemDocument)
_POST_PROBLEMS = dict.fromkeys((400, 401, 403, 404, 409, 413, 422), schemas.ProblemDocument)


class OfficeActDone(Schema):
    """What came of an act: what its page says. ``last_sequence`` is null where the person does not
    see the file any more, as after a recusal.
    """

    reference: str
    words: str
    remarks: list[str]
    last_sequence: int | None


_DOING: dict[str, Any] = {
    "response": {200: OfficeActDone} | _POST_PROBLEMS,
    "openapi_extra": {"parameters": [KEY_PARAMETER]},
}


@router.get(
    OF_FILE,
    response={200: schemas.Acts} | _PROBLEMS,
    summary="List the acts on a file of the ombudsman",
    operation_id="list_office_acts",
)
def list_office_acts(request: HttpRequest, reference: str) -> HttpResponse:
    """Which acts are open to the person now, with what each asks; of the others why not."""
    return ON_FILES.listed(request, reference)


@router.get(
    NAMED,
    response={200: schemas.ActView} | _PROBLEMS,
    summary="Read an act",
    operation_id="read_office_act",
)
def read_office_act(request: HttpRequest, reference: str, noun: str) -> HttpResponse:
    """Whether it is open to the person now, and what it asks; else why not."""
    return ON_FILES.shown(request, reference, noun, None)


@router.get(
    ON_A_THING,
    response={200: schemas.ActView} | _PROBLEMS,
    summary="Read an act",
    operation_id="read_office_act_on",
)
def read_office_act_on(request: HttpRequest, reference: str, noun: str, item: int) -> HttpResponse:
    """The same of an act on one thing of the file: a statement, a point."""
    return ON_FILES.shown(request, reference, noun, item)


@router.post(NAMED, summary="Do an act", operation_id="do_office_act", **_DOING)
def do_office_act(request: HttpRequest, reference: str, noun: str) -> HttpResponse:
    """Do it as the person would. What is left out of the body is as their page shows it."""
    return _done(request, reference, noun, None)


@router.post(ON_A_THING, summary="Do an act", operation_id="do_office_act_on", **_DOING)
def do_office_act_on(request: HttpRequest, reference: str, noun: str, item: int) -> HttpResponse:
    """The same on one thing of the file."""
    return _done(request, reference, noun, item)


def _done(request: HttpRequest, reference: str, noun: str, item: int | None) -> HttpResponse:
    with ON_FILES.doing(request, reference, noun, item) as (situation, words, _before):
        file = ON_FILES.again(situation)
        answer = OfficeActDone(
            reference=situation.case.reference,
            words=words,
            remarks=list(situation.said),
            last_sequence=file.last_sequence if file else None,
        )
    return as_json(answer)
