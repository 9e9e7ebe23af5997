"""Letters on their way out: what each says, how it gets to the person, and what came back."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from valedor.acts import EVERY_ACT, Situation
from valedor.acts import queries as reading_acts
from valedor.acts.act import ActForm, NothingToAsk
from valedor.acts.doing import do
from valedor.acts.reading.post_room import WORKS, PostRoom, companys_post
from valedor.casefile.access import case_for
from valedor.casefile.letters import name_of, words_on_paper
from valedor.casefile.models import Case, Letter
from valedor.casefile.reads import note_read
from valedor.channels import rules as letter_rules
from valedor.channels.post.paper import post_point_of, sealed_answer
from valedor.channels.post.printing import printings_of
from valedor.design.parts import MenuItem
from valedor.desk.next_step import letter_state
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.queries import case as reading
from valedor.desk.queries import letters as reading_letters
from valedor.desk.rooms import address, address_of_case, place_of
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.people.permissions import Permission
from valedor.review.office.access import file_for
from valedor.telling import spoken


# ------------------------------------------------------------------ lists
@require_safe
@staff_page(*WORKS)
def letters(request: StaffRequest) -> HttpResponse:
    """Letters to print and post, and those that came back."""
    return letters_page(request, companys_post(request.viewer))


def letters_page(request: StaffRequest, room: PostRoom) -> HttpResponse:
    """The same for the company or the ombudsman's office."""
    at = now()
    rows = [_row(one, at, room) for one in reading_letters.letters_needing_somebody(room)]
    context = {
        "title": _("Letters to see to"),
        "letters": rows,
        "tabs": tabs_of(room, address(room, "letters")),
        "nothing": _("No letter waits"),
        "why": _("Letters to print and post stand here, and those that came back."),
    }
    return page(request, "desk/letters.html", context, place=place_of(room))


@require_safe
@staff_page(*WORKS)
def letters_out(request: StaffRequest) -> HttpResponse:
    """Letters that were posted and of which nothing proves yet that they arrived."""
    return letters_out_page(request, companys_post(request.viewer))


def letters_out_page(request: StaffRequest, room: PostRoom) -> HttpResponse:
    """The same for the company or the ombudsman's office."""
    at = now()
    rows = [_row(one, at, room) for one in reading_letters.letters_out(room, at=at)]
    context = {
        "title": _("Letters on their way"),
        "letters": rows,
        "is_out": True,
        "tabs": tabs_of(room, address(room, "letters_out")),
        "nothing": _("No letter is on its way"),
        "why": _("Letters that were posted stand here until it is proved that they arrived."),
    }
    return page(request, "desk/letters.html", context, place=place_of(room))


def tabs_of(room: PostRoom, here: str) -> list[MenuItem]:
    """The lists of letters, beside one another."""
    places = [
        (_("To see to"), address(room, "letters")),
        (_("To print"), address(room, "print")),
        (_("On their way"), address(room, "letters_out")),
    ]
    return [MenuItem(name=name, url=url, is_current=url == here) for name, url in places]


def _row(letter: Letter, at: datetime, room: PostRoom) -> dict[str, Any]:
    zone = letter.case.entity.timezone
    return {
        "name": name_of(letter.kind),
        "url": address(room, "letter", letter.pk),
        "to": letter.recipient.name if letter.recipient else "",
        "reference": letter.case.reference,
        "state": letter_state(letter),
        "is_late": letter.due_at is not None and letter.due_at <= at,
        "came_back": letter.state == Letter.State.REFUSED,
        "answer": letter.last_answer,
        "due": spoken.end_of_limit(letter.due_at, zone) if letter.due_at else "",
        "posted": spoken.stamp(letter.accepted_at, zone) if letter.accepted_at else "",
        "days": (at - letter.accepted_at).days if letter.accepted_at else 0,
    }


@require_safe
@staff_page(Permission.SEE_CASES)
def case_letters(request: StaffRequest, reference: str) -> HttpResponse:
    """Every letter of a case."""
    case, at = case_for(request.viewer, reference), now()
    room = companys_post(request.viewer)
    rows = [_row(one, at, room) for one in reading.letters_of(case)]
    context = {
        "title": _("Letters of %(reference)s") % {"reference": case.reference},
        "letters": rows,
        "case_url": reverse("desk:case", args=[case.reference]),
        "nothing": _("No letter waits"),
        "why": _("Letters to print and post stand here, and those that came back."),
    }
    return page(request, "desk/letters.html", context)


# ------------------------------------------------------------------ one letter
_BUTTONS = {
    "post": "letter-posting",
    "prove": "letter-delivery",
    "take-back": "letter-return",
    "hand-over": "letter-handover",
    "send": "letter-sending",
    "send-to": "letter-sending-elsewhere",
    "print-again": "letter-printing",
}
"""By what a button says the act that it does."""


@dataclass
class _Desk:
    """One letter before somebody, with the forms of what can be said of it."""

    request: StaffRequest
    room: PostRoom
    letter: Letter
    at: datetime
    forms: dict[str, ActForm] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.situation = Situation(
            case=self._case(),
            viewer=self.request.viewer,
            at=self.at,
            item=self.letter.pk,
            files=self.request.FILES.getlist("file"),
        )
        self.others = reading_acts.other_ways(self.letter)
        self.forms = {
            does: self._form(does)
            for does, noun in _BUTTONS.items()
            if EVERY_ACT[noun].form is not NothingToAsk
        }

    def _case(self) -> Case:
        """The case of the letter, by the one door to it."""
        find = file_for if self.room.is_of_the_office else case_for
        return find(self.request.viewer, self.letter.case.reference)

    def _form(self, does: str, *data: Any) -> ActForm:
        act = EVERY_ACT[_BUTTONS[does]]
        initial = dict(act.initial(self.situation)) if act.initial else {}
        return act.form(self.situation, *data, initial=initial, auto_id=f"id_{does}_%s")

    @property
    def may(self) -> bool:
        """Whether a role at the letter's own entity lets them see to it."""
        here = self.request.viewer.within(self.letter.entity_id)
        return bool(here.permissions & set(self.room.rights))

    def filled(self, does: str) -> ActForm:
        """The form of what is said, as it was sent."""
        self.forms[does] = self._form(does, self.request.POST, self.request.FILES)
        return self.forms[does]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.SEE_CASES)
def letter(request: StaffRequest, letter_id: int) -> HttpResponse:
    """One letter: what it says, and how it gets to the person."""
    return letter_of_room(request, companys_post(request.viewer), letter_id)


def letter_of_room(request: StaffRequest, room: PostRoom, letter_id: int) -> HttpResponse:
    """The same for the company or the ombudsman's office."""
    found = reading_letters.letter_for(room, letter_id)
    with timezone.override(found.case.entity.timezone):
        desk = _Desk(request, room, found, now())
        if request.method == "POST":
            return _move(desk)
        return _letter_page(desk)


def _move(desk: _Desk) -> HttpResponse:
    """Whatever the button says became of it."""
    does = desk.request.POST.get("do", "")
    if does not in _BUTTONS:
        raise Http404
    if not desk.may:
        return _letter_page(desk, said=_("Your role does not let you do this."))
    form = desk.filled(does)
    try:
        if not form.is_valid():
            return _letter_page(desk, status=422)
        act = EVERY_ACT[_BUTTONS[does]]
        words = do(act, desk.situation, form, typed={})
    except Refused as refused:
        return _letter_page(desk, said=str(refused.refusal))
    for sentence in desk.situation.said:  # What was not taken, by its name.
        messages.warning(desk.request, sentence)
    messages.success(desk.request, words)
    return redirect(address_of_case(desk.room, desk.letter.case.reference))


def _letter_page(desk: _Desk, *, said: str = "", status: int = 0) -> HttpResponse:
    found, zone = desk.letter, desk.letter.case.entity.timezone
    by_hand = letter_rules.why_not_deliver_by_hand(found)
    by_mail = letter_rules.why_not_send_again(found)
    point = post_point_of(found)
    printed = printings_of(found)
    is_out = found.state == Letter.State.ACCEPTED and found.channel == Case.Channel.LETTER
    context = {
        "title": _("%(letter)s to %(name)s")
        % {
            "letter": name_of(found.kind),
            "name": found.recipient.name if found.recipient else "—",
        },
        "letter": found,
        "case": found.case,
        "case_url": address_of_case(desk.room, found.case.reference),
        "paper_url": address(desk.room, "letter_paper", found.pk),
        "text": words_on_paper(found),
        "state": letter_state(found),
        "address": point.value if point else "",
        "address_failed": point is not None and point.failed_at is not None,
        "forms": {key.replace("-", "_"): form for key, form in desk.forms.items()},
        "said": said,
        "may": desk.may,
        "by_hand": str(by_hand) if by_hand else "",
        "by_mail": str(by_mail) if by_mail else "",
        "is_out": is_out,
        "is_proved": found.arrived_at is not None,
        "proved": spoken.stamp(found.arrived_at, zone) if found.arrived_at and is_out else "",
        "is_back": found.state == Letter.State.REFUSED and bool(found.returned),
        "printed": [
            {
                "when": spoken.stamp(one.at, zone),
                "by": one.by.name,
                "reason": one.reason,
                "url": address(desk.room, "print_run", one.run.pk),
            }
            for one in printed
            if one.run is not None
        ],
        "waits_again": any(one.run is None for one in printed),
        "others": desk.others,
        "telephones": reading_letters.telephones_of(found),
        "correct_url": ""  # The office writes once more.
        if desk.room.is_of_the_office
        else reverse("desk:act_on", args=[found.case.reference, "letter-correction", found.pk]),
    }
    status = status or (409 if said else 200)
    return page(desk.request, "desk/letter.html", context, status=status)


@require_safe
@staff_page(Permission.SEE_CASES)
def letter_paper(request: StaffRequest, letter_id: int) -> HttpResponse:
    """A letter as a page for a window envelope."""
    return paper_of_room(request, companys_post(request.viewer), letter_id)


def paper_of_room(request: StaffRequest, room: PostRoom, letter_id: int) -> HttpResponse:
    """The same for the company or the ombudsman's office."""
    found = reading_letters.letter_for(room, letter_id)
    at = now()
    note_read(request.viewer, found.case, "letter", at, {"letter": found.pk})
    response = HttpResponse(sealed_answer(found, at=at), content_type="application/pdf")
    name = f"{found.case.reference}-{found.kind}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
