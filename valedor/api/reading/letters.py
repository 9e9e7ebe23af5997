"""Letters on paper: what waits to be printed, what was printed, the file for the printer."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from valedor.acts.desk import Desk
from valedor.acts.reading import printing
from valedor.acts.reading.post_room import WORKS, companys_post
from valedor.api.acting_at_desk import acts_on
from valedor.api.asking import as_json, note
from valedor.api.looking import (
    LIST_PROBLEMS,
    ONE_PROBLEMS,
    as_person,
    local,
    looking,
    one_of,
    there,
)
from valedor.api.schemas import DeskActView
from valedor.casefile.letters import name_of
from valedor.casefile.models import Letter
from valedor.channels.post.models import PrintRun
from valedor.channels.post.printing import enclosures_of, stack_of
from valedor.channels.post.sheets import SheetTrouble
from valedor.foundation.refusals import Refusal, Refused

router = Router()


class LetterLine(Schema):
    """A letter on paper. What becomes of it are acts of its case: ``letter-posting/{number}``…"""

    number: int
    reference: str
    name: str
    recipient: str
    state: str
    due_at: datetime | None


class LettersToPrint(Schema):
    """What waits at an entity to be printed, the letter due first on top, and what cannot be
    printed: nobody knows an address.
    """

    entity: str
    letters: list[LetterLine]
    without_address: list[LetterLine]
    acts: list[DeskActView]


class ToPrint(Schema):
    """What waits to be printed, by entity; at most a hundred letters each."""

    entities: list[LettersToPrint]


class PrintRunLine(Schema):
    """Letters that were printed together."""

    number: int
    entity: str
    at: datetime
    by: str
    letters: int


class PrintRuns(Schema):
    """The runs of the last sixty days, the newest first; at most twenty."""

    runs: list[PrintRunLine]


class PrintedLetter(LetterLine):
    """A letter of a run. ``reason`` says why it was printed once more; ``enclosed`` are the names
    of what goes into its envelope.
    """

    reason: str
    enclosed: list[str]


class PrintRunView(Schema):
    """A run with its letters. The file for the printer is at its address, with ``/pdf``."""

    number: int
    entity: str
    at: datetime
    by: str
    letters: list[PrintedLetter]


@router.get(
    "/letters/to-print",
    auth=as_person(*WORKS),
    response={200: ToPrint} | ONE_PROBLEMS,
    summary="List the letters that wait to be printed",
    operation_id="list_letters_to_print",
    tags=["letters"],
)
def list_letters_to_print(request: HttpRequest) -> HttpResponse:
    """What waits, by entity. The act ``printing`` makes a run of it."""
    with looking(request, "print") as (viewer, at):
        entities = [
            LettersToPrint(
                entity=house.entity.key,
                letters=[LetterLine(**_letter(one)) for one in house.letters],
                without_address=[LetterLine(**_letter(one)) for one in house.homeless],
                acts=acts_on(Desk(viewer, at, house.entity.key), "printing"),
            )
            for house in printing.to_print(companys_post(viewer))
        ]
        return as_json(ToPrint(entities=entities))


@router.get(
    "/print-runs",
    auth=as_person(*WORKS),
    response={200: PrintRuns} | ONE_PROBLEMS,
    summary="List what was printed together",
    operation_id="list_print_runs",
    tags=["letters"],
)
def list_print_runs(request: HttpRequest) -> HttpResponse:
    """The runs of late, the newest first."""
    with looking(request, "print") as (viewer, at):
        runs = [
            PrintRunLine(**_run(one), letters=one.letters)  # type: ignore[attr-defined]
            for one in printing.runs_of(companys_post(viewer), at=at)
        ]
        return as_json(PrintRuns(runs=runs))


@router.get(
    "/print-runs/{int:number}",
    auth=as_person(*WORKS),
    response={200: PrintRunView} | ONE_PROBLEMS,
    summary="Read a run of letters",
    operation_id="read_print_run",
    tags=["letters"],
)
def read_print_run(request: HttpRequest, number: int) -> HttpResponse:
    """The letters of one run, with what else goes into each envelope."""
    with looking(request, "print_run") as (viewer, _at):
        room = companys_post(viewer)
        run = printing.run_for(room, number)
        letters = [
            PrintedLetter(
                **_letter(one.letter),
                reason=one.reason,
                enclosed=[document.name for document in enclosures_of(one.letter)],
            )
            for one in printing.printings_of_run(room, run)
        ]
        return as_json(PrintRunView(**_run(run), letters=letters))


@router.get(
    "/print-runs/{int:number}/pdf",
    auth=as_person(*WORKS),
    response={200: None, 409: ONE_PROBLEMS[404]} | LIST_PROBLEMS,
    summary="Fetch a run of letters for the printer",
    operation_id="fetch_print_run",
    tags=["letters"],
)
def fetch_print_run(
    request: HttpRequest,
    number: int,
    sides: str = Query("one"),  # type: ignore[type-arg]
) -> HttpResponse:
    """One PDF: each letter with its enclosures, for paper printed on one side or on ``both``.

    ``X-Left-Out`` counts the enclosures that could not be opened: they are printed by themselves.
    """
    with looking(request, "print_run_pdf", "sides") as (viewer, _at):
        both = one_of(request, "sides", ("one", "both")) == "both"
        room = companys_post(viewer)
        run = printing.run_for(room, number)
        printings = printing.printings_of_run(room, run)
        if not printings:
            raise Refused(Refusal("nothing_to_print", _("No letter of this run is left to print.")))
        try:
            stack = stack_of(run, printings, both_sides=both)
        except SheetTrouble:
            words = _("The file could not be made. Print the letters one by one from their pages.")
            raise Refused(Refusal("run_unprintable", words)) from None
        for letter in (one.letter for one in printings):
            note(request, letter.case, "letter", letter=letter.pk)
        response = HttpResponse(stack.content, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="letters-{run.pk}.pdf"'
        response["X-Left-Out"] = str(len(stack.left_out))
        return response


def _letter(one: Letter) -> dict[str, Any]:
    entity = one.case.entity
    return {
        "number": one.pk,
        "reference": one.case.reference,
        "name": name_of(one.kind),
        "recipient": one.recipient.name if one.recipient else "",
        "state": one.state,
        "due_at": local(one.due_at, entity),
    }


def _run(run: PrintRun) -> dict[str, Any]:
    at = there(run.at, run.entity)
    return {"number": run.pk, "entity": run.entity.key, "at": at, "by": run.by.username}
