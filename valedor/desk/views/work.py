"""Work beside the queues: calls for attention, letters, approvals."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from valedor.casefile.access import case_for
from valedor.casefile.actors import staff
from valedor.casefile.letters import name_of, words_on_paper
from valedor.casefile.models import Letter
from valedor.casefile.reads import note_read
from valedor.channels import rules as letter_rules
from valedor.channels.email.actions.send_again import send_again
from valedor.channels.post.actions.hand_over import hand_over
from valedor.channels.post.actions.post import post
from valedor.channels.post.paper import address_of, letter_pdf
from valedor.design.forms import MomentInput
from valedor.desk.acts import Situation
from valedor.desk.acts.files import add_files, files_field
from valedor.desk.next_step import letter_state
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.queries import case as reading
from valedor.desk.queries import letters as reading_letters
from valedor.desk.queries.alarms import alarm_rows
from valedor.desk.queries.letters import WORKS
from valedor.desk.queries.teams import approvals_waiting
from valedor.desk.queue_rows import rows_of
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.handling.redress_words import in_words
from valedor.people.permissions import Permission
from valedor.procedures.house_rules import house_rules
from valedor.telling import spoken


@require_safe
@staff_page(*WORKS)
def alarms(request: StaffRequest) -> HttpResponse:
    """Calls to this member of the staff and their teams."""
    rows = alarm_rows(request.viewer, at=now())
    return page(
        request,
        "desk/alarms.html",
        {"title": _("Calls for attention"), "alarms": rows},
        place="house:alarms",
    )


@require_safe
@staff_page(*WORKS)
def marked(request: StaffRequest) -> HttpResponse:
    """Cases that came in past the rate: somebody looks before any letter goes by itself."""
    lines = reading_letters.marked_cases(request.viewer)
    rows = rows_of(lines, at=now(), reader=spoken.language())
    context = {"title": _("Possible abuse"), "rows": rows}
    return page(request, "desk/marked.html", context, place="house:marked")


# ------------------------------------------------------------------ letters
class PostedForm(forms.Form):
    """That a letter was posted: when, and what proves it."""

    use_required_attribute = False

    posted_at = forms.DateTimeField(label=gettext_lazy("When was it posted?"), widget=MomentInput())
    proof = forms.CharField(
        label=gettext_lazy("Proof"),
        help_text=gettext_lazy("The tracking number, or what the slip says."),
        required=False,
        max_length=500,
    )
    file = files_field(gettext_lazy("The slip, scanned"))


@require_safe
@staff_page(*WORKS)
def letters(request: StaffRequest) -> HttpResponse:
    """Letters to print and post, and those that came back."""
    at = now()
    rows = [
        _letter_row(one, at) for one in reading_letters.letters_needing_somebody(request.viewer)
    ]
    context = {"title": _("Letters to see to"), "letters": rows}
    return page(request, "desk/letters.html", context, place="house:letters")


def _letter_row(letter: Letter, at: object) -> dict[str, object]:
    zone = letter.case.entity.timezone
    late = letter.due_at is not None and letter.due_at <= at  # type: ignore[operator]
    return {
        "name": name_of(letter.kind),
        "url": reverse("desk:letter", args=[letter.pk]),
        "to": letter.recipient.name if letter.recipient else "",
        "reference": letter.case.reference,
        "state": letter_state(letter),
        "is_late": late,
        "came_back": letter.state == Letter.State.REFUSED,
        "answer": letter.last_answer,
        "due": spoken.end_of_limit(letter.due_at, zone) if letter.due_at else "",
        "since": spoken.stamp(letter.queued_at, zone),
    }


@require_safe
@staff_page(Permission.SEE_CASES)
def case_letters(request: StaffRequest, reference: str) -> HttpResponse:
    """Every letter of a case."""
    case, at = case_for(request.viewer, reference), now()
    rows = [_letter_row(one, at) for one in reading.letters_of(case)]
    context = {
        "title": _("Letters of %(reference)s") % {"reference": case.reference},
        "letters": rows,
        "case_url": reverse("desk:case", args=[case.reference]),
    }
    return page(request, "desk/letters.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.SEE_CASES)
def letter(request: StaffRequest, letter_id: int) -> HttpResponse:
    """One letter: what it says, and how it gets to the person."""
    found = reading_letters.letter_for(request.viewer, letter_id)
    entity = found.case.entity
    with timezone.override(entity.timezone):
        at = now()
        form = PostedForm(initial={"posted_at": timezone.localtime(at)})
        if request.method == "POST":
            return _move_letter(request, found)
        return _letter_page(request, found, form)


def _move_letter(request: StaffRequest, found: Letter) -> HttpResponse:
    """Posted, handed over, or sent once more, as the button says."""
    assert request.viewer.account is not None  # noqa: S101 -- pages are for staff
    by, at = staff(request.viewer.account), now()
    form = PostedForm(initial={"posted_at": timezone.localtime(at)})
    does = request.POST.get("do", "")
    if not _may_work(request, found):
        return _letter_page(request, found, form, said=_("Your role does not let you do this."))
    try:
        if does == "post":
            form = PostedForm(request.POST, request.FILES)
            if not form.is_valid():
                return _letter_page(request, found, form, status=422)
            if form.cleaned_data["posted_at"] > at:
                form.add_error("posted_at", _("This moment has not come yet."))
                return _letter_page(request, found, form, status=422)
            _post(request, found, form, at)
            words = _("Posted: it counts from then.")
        elif does == "hand-over":
            hand_over(found, by=by, at=at)
            words = _("The letter is handed over.")
        else:
            send_again(found, by=by, at=at)
            words = _("It is about to be sent.")
    except Refused as refused:
        return _letter_page(request, found, form, said=str(refused.refusal))
    messages.success(request, words)
    return redirect("desk:case", reference=found.case.reference)


def _may_work(request: StaffRequest, found: Letter) -> bool:
    """Whether a role at the letter's own entity lets them see to it."""
    return bool(request.viewer.within(found.entity_id).permissions & set(WORKS))


def _post(request: StaffRequest, found: Letter, form: PostedForm, at: object) -> None:
    situation = Situation(
        case=case_for(request.viewer, found.case.reference),
        viewer=request.viewer,
        at=now(),
    )
    given = form.cleaned_data
    if not given["proof"].strip() and not request.FILES.getlist("file"):
        refusal = letter_rules.why_not_post(found, has_proof=False)
        assert refusal is not None  # noqa: S101 -- without proof there is always one
        raise Refused(refusal)
    added = add_files(situation, request.FILES.getlist("file"), purpose="proof", internal=True)
    post(
        found,
        by=situation.by,
        at=given["posted_at"],
        proof=given["proof"],
        document=added[0] if added else None,
        recorded_at=situation.at,
    )


def _letter_page(
    request: StaffRequest, found: Letter, form: PostedForm, *, said: str = "", status: int = 0
) -> HttpResponse:
    by_hand = letter_rules.why_not_deliver_by_hand(found)
    by_mail = letter_rules.why_not_send_again(found)
    may = _may_work(request, found)
    context = {
        "title": _("%(letter)s to %(name)s")
        % {
            "letter": name_of(found.kind),
            "name": found.recipient.name if found.recipient else "—",
        },
        "letter": found,
        "case": found.case,
        "case_url": reverse("desk:case", args=[found.case.reference]),
        "text": words_on_paper(found),
        "state": letter_state(found),
        "address": address_of(found),
        "form": form,
        "said": said,
        "may": may,
        "by_hand": str(by_hand) if by_hand else "",
        "by_mail": str(by_mail) if by_mail else "",
        "correct_url": reverse(
            "desk:act_on", args=[found.case.reference, "letter-correction", found.pk]
        ),
    }
    return page(request, "desk/letter.html", context, status=status or (409 if said else 200))


@require_safe
@staff_page(Permission.SEE_CASES)
def letter_paper(request: StaffRequest, letter_id: int) -> HttpResponse:
    """A letter as a page for a window envelope."""
    found = reading_letters.letter_for(request.viewer, letter_id)
    note_read(request.viewer, found.case, "letter", now(), {"letter": found.pk})
    response = HttpResponse(letter_pdf(found, at=now()), content_type="application/pdf")
    name = f"{found.case.reference}-{found.kind}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


# ------------------------------------------------------------------ approvals
@require_safe
@staff_page(Permission.APPROVE)
def approvals(request: StaffRequest) -> HttpResponse:
    """Redress that waits for an approver's yes."""
    rows = []
    for one in approvals_waiting(request.viewer):
        house = house_rules(one.entity_id)
        rows.append(
            {
                "what": in_words(one.redress, house, spoken.language()),
                "reference": one.case.reference,
                "subject": one.case.subject,
                "case_url": reverse("desk:case", args=[one.case.reference]),
                "url": reverse(
                    "desk:act_on", args=[one.case.reference, "approval", one.redress_id]
                ),
                "by": one.asked_by.name,
                "when": spoken.stamp(one.asked_at, one.case.entity.timezone),
            }
        )
    context = {"title": _("Waiting for approval"), "rows": rows}
    return page(request, "desk/approvals.html", context, place="house:approvals")
