"""Letters of the ombudsman's office: to see to, to print, on their way; the same pages as the
company's, with its own letters alone.
"""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from valedor.acts.reading.post_room import offices_post
from valedor.desk.pages import StaffRequest, staff_page
from valedor.desk.views import letters as shared
from valedor.desk.views import printing as shared_printing
from valedor.people.permissions import Permission


@require_safe
@staff_page(Permission.WORK_IN_OFFICE)
def letters(request: StaffRequest) -> HttpResponse:
    """Letters to print and post, and those that came back."""
    return shared.letters_page(request, offices_post(request.viewer))


@require_safe
@staff_page(Permission.WORK_IN_OFFICE)
def letters_out(request: StaffRequest) -> HttpResponse:
    """Letters that were posted and of which nothing proves yet that they arrived."""
    return shared.letters_out_page(request, offices_post(request.viewer))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.WORK_IN_OFFICE)
def letter(request: StaffRequest, letter_id: int) -> HttpResponse:
    """One letter: what it says, and how it gets to the person."""
    return shared.letter_of_room(request, offices_post(request.viewer), letter_id)


@require_safe
@staff_page(Permission.WORK_IN_OFFICE)
def letter_paper(request: StaffRequest, letter_id: int) -> HttpResponse:
    """A letter as a page for a window envelope."""
    return shared.paper_of_room(request, offices_post(request.viewer), letter_id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.WORK_IN_OFFICE)
def to_print(request: StaffRequest) -> HttpResponse:
    """What waits to be printed."""
    return shared_printing.to_print_page(request, offices_post(request.viewer))


@require_safe
@staff_page(Permission.WORK_IN_OFFICE)
def print_run(request: StaffRequest, run_id: int) -> HttpResponse:
    """The letters of one run."""
    return shared_printing.print_run_page(request, offices_post(request.viewer), run_id)


@require_safe
@staff_page(Permission.WORK_IN_OFFICE)
def print_run_pdf(request: StaffRequest, run_id: int) -> HttpResponse:
    """The whole run for the printer."""
    return shared_printing.print_run_file(request, offices_post(request.viewer), run_id)
