"""Everything that the page of a case shows, ready to be drawn."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from valedor.acts import ACTS, GROUPS, Act, Situation
from valedor.acts.identity import state_of_check
from valedor.bookings.calendar_file import place_of
from valedor.bookings.words import slot_in_words
from valedor.casefile.letters import name_of
from valedor.casefile.models import Case, Deadline, Kind, Stage
from valedor.design.parts import Fact, MenuItem
from valedor.desk import keys, rails, telling
from valedor.desk.alike import signs_in_words
from valedor.desk.next_step import letter_state, next_step, steps_of
from valedor.desk.queries.case import CaseFile, OtherCase
from valedor.desk.queries.joining import Together
from valedor.desk.queries.repeating import Repeated
from valedor.desk.queue_rows import severity_words
from valedor.foundation.moments import local_day
from valedor.handling import rules
from valedor.handling.models import Decision, Finding, Redress
from valedor.handling.redress_words import in_words
from valedor.incidents.collective.models import Membership
from valedor.people.models import ContactPoint
from valedor.people.permissions import Permission
from valedor.procedures.vocabulary_tables import vocabulary
from valedor.telling import limits, spoken

COMPOSER = ("message", "note", "area-question")


def context_of(situation: Situation, file: CaseFile) -> dict[str, Any]:
    """The page of a case, but for its composer."""
    case, state, viewer = situation.case, situation.state, situation.viewer
    zone = case.entity.timezone
    drawn = rails.rails_of(file.deadlines, file.events, state, at=situation.at)
    return {
        "case": case,
        "title": case.subject or _("Without a title"),
        "about": _about(case, file.deadlines),
        "tags": _tags(case),
        "steps": steps_of(state),
        "next": next_step(situation),
        "entries": telling.tell(
            file.entries, case=case, zone=zone, names=file.names, documents=file.documents
        ),
        "earlier": file.earlier,
        "held_by": [Fact(name=pgettext("who", "Held by"), value=_held_by(case, file.names))],
        "rails": [one for one in drawn if one.state != "met"],
        "finished": [one for one in drawn if one.state == "met"],
        "finished_words": limits.finished_words(file.deadlines),
        "person": _person(situation, file),
        "others": _others(case, file.others),
        "together": _together(situation, file.together),
        "repeated": _repeated(situation, file.repeated),
        "held_answer": url_of(case, "answer-taken-back")
        if situation.refusals["take_back_answer"] is None
        else "",
        "goes_on": _goes_on(situation, file.together),
        "assessment": _assessment(situation),
        "points": _points(situation),
        "redress": _redress(situation),
        "findings": _findings(situation),
        "inquiries": _inquiries(situation),
        "parts": _parts(situation, file.names),
        "recused": _recused(situation, file.names),
        "letters": [
            {
                "name": name_of(one.kind),
                "state": letter_state(one),
                "is_late": one.state == "refused",
            }
            for one in file.letters
        ],
        "letters_url": reverse("desk:case_letters", args=[case.reference]),
        "booking": _booking(situation),
        "order": _order(situation),
        "groups": _groups(situation),
        "case_keys": keys.of_case(situation),
        "similar_url": _similar(case),
        "reads_url": reverse("desk:case_reads", args=[case.reference])
        if viewer.permissions & {Permission.AUDIT, Permission.ASSIGN}
        else "",
        "receipt_url": reverse("desk:receipt", args=[case.reference]),
        "memberships": _memberships(situation, file.memberships),
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


def url_of(case: Case, noun: str, item: int | None = None) -> str:
    """The page of an act."""
    if item is None:
        return reverse("desk:act", args=[case.reference, noun])
    return reverse("desk:act_on", args=[case.reference, noun, item])


def _memberships(situation: Situation, found: Sequence[Membership]) -> list[dict[str, Any]]:
    """The wider incidents that the case belongs to, or may: for those who work on it."""
    works = {Permission.HANDLE, Permission.ANSWER_ENQUIRIES} & situation.viewer.permissions
    return [
        {
            "title": str(one.incident.title),
            "url": reverse("desk:incident", args=[one.incident_id]),
            "case": one.case_id,
            "is_proposed": one.state == Membership.State.PROPOSED,
            "signs": ", ".join(str(Membership.Sign(sign).label) for sign in one.signs),
            "may": bool(works),
        }
        for one in found
        if one.state == Membership.State.JOINED or one.incident.closed_at is None
    ]


# ------------------------------------------------------------------ heading
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


# ------------------------------------------------------------------ the person
def _person(situation: Situation, file: CaseFile) -> list[Fact]:
    case = situation.case
    person, mandate = case.complainant, situation.state.mandate
    facts = [Fact(name=_("Name"), value=person.name if person else _("Anonymous"))]
    if mandate is not None:
        facts.append(Fact(name=_("Spoken for by"), value=mandate.representative.name))
        if mandate.basis:
            facts.append(Fact(name=_("Why they may"), value=mandate.basis))
        if mandate.expires_on:
            facts.append(
                Fact(
                    name=pgettext("end of a mandate", "Until"), value=spoken.day(mandate.expires_on)
                )
            )
    names = {
        ContactPoint.Kind.EMAIL: _("E-mail"),
        ContactPoint.Kind.TELEPHONE: _("Telephone"),
        ContactPoint.Kind.POST: _("Address"),
    }
    if is_shown := state_of_check(situation, file.identity_check):
        facts.append(Fact(name=_("Who they are"), value=is_shown))
    for point in file.points:
        known = _("verified") if point.verified_at else _("not verified")
        if point.failed_at:
            known = _("a letter came back")
        shown = " ".join(point.value.split())
        value = shown if point.kind == ContactPoint.Kind.POST else f"{shown} ({known})"
        facts.append(Fact(name=names[ContactPoint.Kind(point.kind)], value=value))
    facts.append(
        Fact(
            name=_("Language"),
            value=_("%(language)s, by %(channel)s")
            % {
                "language": spoken.language_name(case.language),
                "channel": _in_a_sentence(str(Case.Channel(case.answer_channel).label)),
            },
        )
    )
    if case.contract_number:
        facts.append(Fact(name=_("Contract"), value=case.contract_number))
    if person is not None and person.place:
        facts.append(Fact(name=_("Place"), value=person.place))
    answer = situation.state.response
    if answer is not None and answer.react_by is not None and answer.accepted_at is None:
        until = spoken.end_of_limit(answer.react_by, case.entity.timezone)
        facts.append(Fact(name=_("May say that they do not agree until"), value=until))
    if answer is not None and answer.contest_by is not None:
        until = spoken.end_of_limit(answer.contest_by, case.entity.timezone)
        facts.append(Fact(name=_("May take the answer further until"), value=until))
    return facts


def _order(situation: Situation) -> list[Fact]:
    """What was ordered, as it was asked and answered; nothing where nothing was."""
    order = situation.order if situation.case.kind == Kind.ORDER else None
    if order is None:
        return []
    told = [
        (_("Ordered"), str(order.product.name)),
        (_("Ready on"), spoken.day(order.ready_on) if order.ready_on else ""),
        (_("Brought to"), order.address),
        *((question, answer) for question, answer in order.answers),
        (_("State"), str(order.get_state_display())),
    ]
    return [Fact(name=name, value=value) for name, value in told if value]


def _booking(situation: Situation) -> list[Fact]:
    """What was booked, when and where; nothing where nothing was."""
    booking = situation.booking if situation.case.kind == Kind.BOOKING else None
    if booking is None:
        return []
    zone, language = situation.case.entity.timezone, spoken.language()
    facts = [
        (_("Service"), str(booking.service.name)),
        (_("When"), slot_in_words(booking.starts_at, booking.ends_at, zone, language)),
        (_("Where"), place_of(booking, language)),
        (_("State"), str(booking.get_state_display())),
    ]
    return [Fact(name=name, value=value) for name, value in facts if value]


def _others(case: Case, others: Sequence[OtherCase]) -> list[dict[str, str]]:
    zone = case.entity.timezone
    return [
        {
            "url": reverse("desk:case", args=[one.reference]),
            "reference": one.reference,
            "subject": one.subject,
            "about": f"{Stage(one.stage).label}, "
            f"{spoken.short_day(spoken.local(one.received_at, zone).date())}",
        }
        for one in others
    ]


def _together(situation: Situation, together: Sequence[Together]) -> list[dict[str, str]]:
    """Related cases, those that go on here, and what was a part of this one."""
    how = {
        "merged": _("goes on here"),
        "related": _("related"),
        "origin": _("this one was a part of it"),
        "part": _("was a part of this one"),
    }
    case, may = situation.case, situation.refusals["relate"] is None
    shown = []
    for one in together:
        if one.what not in how:
            continue
        url, back = reverse("desk:case", args=[one.reference]), ""
        if one.what == "merged":
            url, back = (
                f"{url}?own",
                reverse("desk:act_on", args=[one.reference, "mergers", one.row]),
            )
        elif one.what == "related":
            back = url_of(case, "relations", one.row)
        shown.append(
            {
                "url": url,
                "reference": one.reference,
                "subject": one.subject,
                "how": how[one.what],
                "back": back if may else "",
            }
        )
    return shown


def _repeated(situation: Situation, repeated: Sequence[Repeated]) -> list[dict[str, str]]:
    """Open cases that may be about the same, with what speaks for it and the two ways out."""
    case, here = situation.case, situation.viewer.within(situation.case.entity_id)
    may_merge = situation.refusals["merge"] is None
    may_part = bool(here.permissions & {Permission.HANDLE, Permission.ANSWER_ENQUIRIES})
    return [
        {
            "reference": one.reference,
            "url": reverse("desk:case", args=[one.reference]),
            "subject": one.subject,
            "when": spoken.short_day(local_day(one.received_at, case.entity.timezone)),
            "signs": signs_in_words(one.signs),
            "told": _("The receipt told the person of the first one.") if one.is_told else "",
            "merge_url": url_of(case, "merger") if may_merge else "",
            "part_url": reverse(
                "desk:act_on",
                args=[one.reference if one.is_later else case.reference, "repetitions", one.row],
            )
            if may_part
            else "",
        }
        for one in repeated
    ]


def _goes_on(situation: Situation, together: Sequence[Together]) -> dict[str, str]:
    """Where a merged case goes on, if the viewer sees that one."""
    kept = next((one for one in together if one.what == "kept"), None)
    if kept is None:
        return {}
    return {
        "reference": kept.reference,
        "url": reverse("desk:case", args=[kept.reference]),
        "back": url_of(situation.case, "mergers", kept.row)
        if situation.viewer.within(situation.case.entity_id).may(Permission.HANDLE)
        else "",
    }


# ------------------------------------------------------------------ assessment
def _assessment(situation: Situation) -> dict[str, Any]:
    case, last = situation.case, situation.state.assessment
    facts = []
    if last is not None:
        facts.append(Fact(name=_("Difficulty"), value=str(Case.Difficulty(last.difficulty).label)))
        facts.append(Fact(name=_("People affected"), value=str(last.people_affected)))
        if not last.is_admissible:
            facts.append(Fact(name=_("Not admitted"), value=last.inadmission_ground))
    facts.append(
        Fact(
            name=pgettext("of a case", "Subject"),
            value=str(case.category.name) if case.category else _("not chosen yet"),
        )
    )
    if case.area is not None:
        facts.append(Fact(name=_("Area"), value=str(case.area.name)))
    if case.remedy_sought:
        facts.append(Fact(name=_("Asks for"), value=case.remedy_sought))
    return {
        "severity": case.severity,
        "severity_words": severity_words(case.severity),
        "facts": facts,
        "unanswered": [str(vocabulary("facts")[key]) for key in _unanswered(situation)],
        "facts_url": url_of(case, "facts"),
    }


def _held_by(case: Case, names: Mapping[int, str]) -> str:
    team = str(case.team.name) if case.team else ""
    holder = names.get(case.holder_id or 0, "")
    if holder and team:
        return f"{holder} ({team})"
    return holder or (_("%(team)s, nobody yet") % {"team": team} if team else _("nobody yet"))


def _unanswered(situation: Situation) -> list[str]:
    from valedor.acts.correcting import asked_facts

    if situation.case.closed_at is not None:
        return []
    known, case = vocabulary("facts"), situation.case
    answered = {known[key].group for key in case.facts if key in known and known[key].group}
    return [
        key
        for key in asked_facts(situation)
        if case.facts.get(key) is None and known[key].group not in (answered - {""})
    ]


# ------------------------------------------------------------------ points, redress, findings
_TONES = {
    Decision.Outcome.UPHELD: ("good", "check"),
    Decision.Outcome.PARTLY_UPHELD: ("good", "check"),
    Decision.Outcome.NOT_UPHELD: ("", "close"),
    Decision.Outcome.INADMISSIBLE: ("", "close"),
}


def _points(situation: Situation) -> list[dict[str, Any]]:
    case, state = situation.case, situation.state
    may = situation.refusals["decide"] is None
    points = []
    for point in state.grievances:
        decision = state.decisions.get(point.pk)
        tone, icon = _TONES.get(decision.outcome, ("", "")) if decision else ("", "")  # type: ignore[call-overload]
        points.append(
            {
                "number": point.ordinal,
                "text": point.text,
                "outcome": str(Decision.Outcome(decision.outcome).label) if decision else "",
                "reasons": decision.reasons if decision else "",
                "tone": tone,
                "icon": icon,
                "url": url_of(case, "decision", point.ordinal) if may else "",
            }
        )
    return points


def _redress(situation: Situation) -> list[dict[str, Any]]:
    case, state, viewer = situation.case, situation.state, situation.viewer
    shown = []
    for one in state.redress:
        links = []
        if one.state == Redress.State.ACCEPTED:
            links.append((_("Carried out…"), url_of(case, "execution", one.pk)))
        if one.state == Redress.State.OFFERED:
            links.append((_("What they say to it…"), url_of(case, "settlement", one.pk)))
        if one.state == Redress.State.AWAITING_APPROVAL and viewer.may(Permission.APPROVE):
            links.append((_("Approve…"), url_of(case, "approval", one.pk)))
        if rules.why_not_withdraw_redress(state, viewer, one) is None:
            links.append((_("Do not offer it…"), url_of(case, "redress-withdrawal", one.pk)))
        shown.append(
            {
                "what": in_words(one, state.house, spoken.language()),
                "state": str(Redress.State(one.state).label),
                "is_done": one.state == Redress.State.CARRIED_OUT,
                "proof": one.proof_text,
                "links": links,
            }
        )
    return shown


def _findings(situation: Situation) -> list[dict[str, Any]]:
    state, viewer = situation.state, situation.viewer
    return [
        {
            "text": one.text,
            "side": str(Finding.Side(one.side).label),
            "is_disputed": one.is_disputed,
            "url": url_of(situation.case, "findings", one.pk)
            if rules.why_not_withdraw_finding(state, viewer, one) is None
            else "",
        }
        for one in state.findings
    ]


def _inquiries(situation: Situation) -> list[dict[str, Any]]:
    state, viewer, case = situation.state, situation.viewer, situation.case
    shown = []
    for one in state.inquiries:
        links = []
        if one.to == "area" and rules.why_not_answer_inquiry(viewer, one) is None:
            links.append((_("Write down the answer…"), url_of(case, "area-answers", one.pk)))
        if rules.why_not_withdraw_question(state, viewer, one) is None:
            links.append((_("Withdraw the question…"), url_of(case, "questions", one.pk)))
        until = spoken.end_of_limit(one.answer_by, case.entity.timezone) if one.answer_by else ""
        shown.append(
            {
                "to": _("to an area") if one.to == "area" else _("to the person"),
                "question": one.question,
                "until": until,
                "is_late": one.answer_by is not None and one.answer_by <= situation.at,
                "links": links,
            }
        )
    return shown


def _parts(situation: Situation, names: Mapping[int, str]) -> list[dict[str, Any]]:
    state = situation.state
    return [
        {
            "who": names.get(part.member_id, ""),
            "task": part.task,
            "is_done": part.done_at is not None,
            "outcome": part.outcome,
            "url": url_of(situation.case, "parts", part.pk)
            if rules.why_not_finish_part(state, situation.viewer, part) is None
            else "",
        }
        for part in state.parts
    ]


def _recused(situation: Situation, names: Mapping[int, str]) -> list[dict[str, str]]:
    case = situation.case
    if not case.recused:
        return []
    may = situation.refusals["assign"] is None
    return [
        {"name": names[key], "url": url_of(case, "recusals", key) if may else ""}
        for key in sorted(case.recused)
        if key in names
    ]


def _similar(case: Case) -> str:
    if case.category is None:
        return ""
    return f"{reverse('desk:queues')}?queue=open&category={case.category.key}"


# ------------------------------------------------------------------ what can be done
def _groups(situation: Situation) -> list[dict[str, Any]]:
    """Every act with its button, greyed with the rule's own sentence where it may not be done."""
    groups = []
    for key, title in GROUPS.items():
        acts = []
        for act in ACTS.values():
            if act.group != key or (act.concerns and not act.concerns(situation)):
                continue
            refusal = act.refusal(situation)
            if refusal is not None and refusal.code in _NOT_WORTH_SHOWING:
                continue
            acts.append(
                {
                    "id": f"act-{act.noun}",
                    "label": str(act.title),
                    "icon": act.icon,
                    "url": url_of(situation.case, act.noun),
                    "refusal": str(refusal) if refusal else "",
                }
            )
        if acts:
            acts.sort(key=lambda one: bool(one["refusal"]))
            groups.append({"title": str(title), "acts": acts})
    return groups


# What does not concern a case at all needs no grey button with a sentence.
_NOT_WORTH_SHOWING = frozenset(
    {
        "not_marked",
        "nothing_asked",
        "not_complex",
        "not_closed",
        "already_protected",
        "not_protected",
    }
)


def tabs_of(case: Case, chosen: str, allowed: Sequence[Act]) -> list[MenuItem]:
    """What can be written: to the person, for colleagues, to an area."""
    names = {
        "message": _("Reply to the person"),
        "note": _("Internal note"),
        "area-question": _("Ask an area"),
    }
    address = reverse("desk:case", args=[case.reference])
    return [
        MenuItem(
            name=names[act.noun],
            url=f"{address}?write={act.noun}#composer",
            is_current=act.noun == chosen,
        )
        for act in allowed
    ]


def _in_a_sentence(name: str) -> str:
    """A name that stands alone elsewhere; what is written in capitals stays so."""
    return name if name.isupper() else name[:1].lower() + name[1:]
