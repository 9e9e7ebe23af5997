"""Everything that the page of a case shows, ready to be drawn."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from valedor.acts import Situation
from valedor.casefile.letters import name_of
from valedor.casefile.models import Case, Deadline, Kind
from valedor.design.parts import Fact
from valedor.desk import keys, rails, telling
from valedor.desk.case_page.acts import groups_of
from valedor.desk.case_page.addresses import url_of
from valedor.desk.case_page.bodies import disputes_of
from valedor.desk.case_page.handled import (
    assessment_of,
    findings_of,
    held_by,
    inquiries_of,
    parts_of,
    points_of,
    recused_of,
    redress_of,
)
from valedor.desk.case_page.office import asked_of, may_answer_the_office
from valedor.desk.case_page.person import (
    booking_of,
    order_of,
    others_of,
    person_of,
    products_to_name,
    similar_to,
)
from valedor.desk.case_page.together import goes_on_in, memberships_of, repeated_of, together_of
from valedor.desk.next_step import letter_state, next_step, steps_of
from valedor.desk.queries.case import CaseFile
from valedor.people.permissions import Permission
from valedor.telling import limits, spoken
from valedor.telling.turns import Room, turns_in_words, turns_of_case


def context_of(situation: Situation, file: CaseFile) -> dict[str, Any]:
    """The page of a case, but for its composer."""
    case, state, viewer = situation.case, situation.state, situation.viewer
    zone = case.entity.timezone
    asked = may_answer_the_office(situation, file.asked_by_the_office)
    drawn = rails.rails_of(file.deadlines, file.events, state, at=situation.at)
    return {
        "case": case,
        "title": case.subject or _("Without a title"),
        "about": _about(case, file.deadlines),
        "tags": _tags(case),
        "whose_turn": turns_in_words(turns_of_case(state, at=situation.at), Room.COMPANY, zone),
        "steps": steps_of(state),
        "next": next_step(situation, asked),
        "asked_by_the_office": asked_of(situation, asked),
        "entries": telling.tell(
            file.entries, case=case, zone=zone, names=file.names, documents=file.documents
        ),
        "earlier": file.earlier,
        "held_by": [Fact(name=pgettext("who", "Held by"), value=held_by(case, file.names))],
        "rails": [one for one in drawn if one.state != "met"],
        "finished": [one for one in drawn if one.state == "met"],
        "finished_words": limits.finished_words(file.deadlines),
        "person": person_of(situation, file),
        "others": others_of(case, file.others),
        "together": together_of(situation, file.together),
        "repeated": repeated_of(situation, file.repeated),
        "held_answer": url_of(case, "answer-taken-back")
        if situation.refusals["take_back_answer"] is None
        else "",
        "goes_on": goes_on_in(situation, file.together),
        "assessment": assessment_of(situation),
        "points": points_of(situation),
        "redress": redress_of(situation),
        "disputes": disputes_of(situation),
        "findings": findings_of(situation),
        "inquiries": inquiries_of(situation),
        "parts": parts_of(situation, file.names),
        "recused": recused_of(situation, file.names),
        "letters": [
            {
                "name": name_of(one.kind),
                "state": letter_state(one),
                "is_late": one.state == "refused",
            }
            for one in file.letters
        ],
        "letters_url": reverse("desk:case_letters", args=[case.reference]),
        "booking": booking_of(situation),
        "order": order_of(situation),
        "products": products_to_name(situation),
        "groups": groups_of(situation),
        "case_keys": keys.of_case(situation),
        "similar_url": similar_to(case),
        "reads_url": reverse("desk:case_reads", args=[case.reference])
        if viewer.permissions & {Permission.AUDIT, Permission.ASSIGN}
        else "",
        "receipt_url": reverse("desk:receipt", args=[case.reference]),
        "memberships": memberships_of(situation, file.memberships),
        "papers_url": reverse("desk:papers", args=[case.reference])
        if viewer.within(case.entity_id).may(Permission.REGISTER)
        else "",
        "person_url": reverse("desk:person", args=[case.complainant_id])
        if case.complainant_id
        and viewer.permissions & {Permission.REGISTER, Permission.CORRECT, Permission.AUDIT}
        else "",
        "persons_url": f"{reverse('desk:persons')}?q={case.reference}"
        if case.complainant_id and viewer.permissions & {Permission.CORRECT, Permission.AUDIT}
        else "",
    }


def _about(case: Case, deadlines: Sequence[Deadline]) -> list[str]:
    received = spoken.stamp(case.received_at, case.entity.timezone)
    if case.received_precision != Case.Precision.MOMENT:
        received = spoken.short_day(spoken.local(case.received_at, case.entity.timezone).date())
    laws = dict.fromkeys(
        (
            limits.law_of(one)
            if one.binds and one.role == Deadline.Role.LAW
            else _("%(law)s (own promise)") % {"law": limits.law_of(one)}
        )
        for one in deadlines
        if one.duty == "respond" and limits.law_of(one)
    )
    return [
        str(Kind(case.kind).label),
        f"{Case.Channel(case.channel).label}, {received}",
        case.entity.name,
        *laws,
    ]


def _tags(case: Case) -> list[dict[str, str]]:
    marks = [
        (case.touches_safety, _("Safety"), "late", "alert"),
        (case.is_vulnerable, _("Needs more care"), "apart", "diamond"),
        (case.is_protected, _("Protected"), "apart", "shield"),
        (case.is_marked_abuse, _("Possible abuse"), "warn", "flag"),
    ]
    return [
        {"words": words, "tone": tone, "icon": icon} for is_so, words, tone, icon in marks if is_so
    ]
