"""Printing letters together: what waits, what was printed, and one file for the printer."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from valedor.acts.reading import printing as reading
from valedor.acts.reading.post_room import WORKS, PostRoom, companys_post
from valedor.casefile.letters import name_of
from valedor.casefile.models import Letter
from valedor.casefile.reads import note_read
from valedor.channels.post.models import PrintRun
from valedor.channels.post.print_rules import MOST_A_RUN
from valedor.channels.post.printing import enclosures_of, stack_of
from valedor.channels.post.sheets import SheetTrouble
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.rooms import address, place_of
from valedor.desk.views.letters import tabs_of
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refusal, Refused
from valedor.telling import spoken


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*WORKS)
def to_print(request: StaffRequest) -> HttpResponse:
    """What waits to be printed; printed, it is a run that can be saved as often as needed."""
    return to_print_page(request, companys_post(request.viewer))


def to_print_page(request: StaffRequest, room: PostRoom) -> HttpResponse:
    """The same for the company or the ombudsman's office."""
    at, said = now(), ""
    if request.method == "POST":
        try:
            key = request.POST.get("entity", "")
            run = reading.print_of(room, key, by=request.user, at=at)
        except Refused as refused:
            said = str(refused.refusal)
        else:
            return redirect(address(room, "print_run", run.pk))
    houses = [
        {
            "entity": house.entity,
            "letters": [_letter_row(one, room) for one in house.letters],
            "homeless": [_letter_row(one, room) for one in house.homeless],
            "is_more": len(house.letters) == MOST_A_RUN,
        }
        for house in reading.to_print(room)
    ]
    context = {
        "title": _("Letters to print"),
        "tabs": tabs_of(room, address(room, "print")),
        "houses": houses,
        "is_one_house": len(houses) == 1,
        "runs": [_run_row(one, room) for one in reading.runs_of(room, at=at)],
        "said": said,
    }
    status = 409 if said else 200
    return page(request, "desk/print.html", context, status=status, place=place_of(room))


def _letter_row(letter: Letter, room: PostRoom) -> dict[str, str]:
    zone = letter.case.entity.timezone
    return {
        "name": name_of(letter.kind),
        "url": address(room, "letter", letter.pk),
        "to": letter.recipient.name if letter.recipient else "",
        "reference": letter.case.reference,
        "due": spoken.end_of_limit(letter.due_at, zone) if letter.due_at else "",
    }


def _run_row(run: PrintRun, room: PostRoom) -> dict[str, Any]:
    return {
        "url": address(room, "print_run", run.pk),
        "when": spoken.stamp(run.at, run.entity.timezone),
        "by": run.by.name,
        "entity": run.entity.name,
        "letters": run.letters,  # type: ignore[attr-defined]
    }


@require_safe
@staff_page(*WORKS)
def print_run(request: StaffRequest, run_id: int) -> HttpResponse:
    """The letters of one run, with what else goes into each envelope."""
    return print_run_page(request, companys_post(request.viewer), run_id)


def print_run_page(request: StaffRequest, room: PostRoom, run_id: int) -> HttpResponse:
    """The same for the company or the ombudsman's office."""
    run = reading.run_for(room, run_id)
    rows = [
        _letter_row(one.letter, room)
        | {
            "reason": one.reason,
            "enclosed": ", ".join(document.name for document in enclosures_of(one.letter)),
        }
        for one in reading.printings_of_run(room, run)
    ]
    context = {
        "title": _("Printed on %(when)s") % {"when": spoken.stamp(run.at, run.entity.timezone)},
        "run": run,
        "rows": rows,
        "pdf_url": address(room, "print_run_pdf", run.pk),
        "list_url": address(room, "print"),
    }
    return page(request, "desk/print_run.html", context, place=place_of(room))


@require_safe
@staff_page(*WORKS)
def print_run_pdf(request: StaffRequest, run_id: int) -> HttpResponse:
    """The whole run for the printer: each letter with its enclosures, for one side or both."""
    return print_run_file(request, companys_post(request.viewer), run_id)


def print_run_file(request: StaffRequest, room: PostRoom, run_id: int) -> HttpResponse:
    """The same for the company or the ombudsman's office."""
    run, at = reading.run_for(room, run_id), now()
    printings = reading.printings_of_run(room, run)
    if not printings:
        raise Refused(Refusal("nothing_to_print", _("No letter of this run is left to print.")))
    try:
        stack = stack_of(run, printings, both_sides="both" in request.GET)
    except SheetTrouble:
        words = _("The file could not be made. Print the letters one by one from their pages.")
        raise Refused(Refusal("run_unprintable", words)) from None
    for document in stack.left_out:
        words = _("“%(name)s” could not be opened: print it by itself and add it to %(reference)s.")
        messages.warning(
            request, words % {"name": document.name, "reference": document.case.reference}
        )
    for letter in (printing.letter for printing in printings):
        note_read(request.viewer, letter.case, "letter", at, {"letter": letter.pk})
    response = HttpResponse(stack.content, content_type="application/pdf")
    name = f"letters-{run.at:%Y-%m-%d}-{run.pk}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
