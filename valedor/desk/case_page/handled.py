"""What was found, decided and offered, and what is still to be answered."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from valedor.acts import Situation
from valedor.casefile.models import Case
from valedor.design.parts import Fact
from valedor.desk.case_page.addresses import url_of
from valedor.desk.queue_rows import severity_words
from valedor.handling import rules
from valedor.handling.models import Decision, Finding, Redress
from valedor.handling.redress_words import in_words
from valedor.people.permissions import Permission
from valedor.procedures.vocabulary_tables import vocabulary
from valedor.telling import spoken

_TONES = {
    Decision.Outcome.UPHELD: ("good", "check"),
    Decision.Outcome.PARTLY_UPHELD: ("good", "check"),
    Decision.Outcome.NOT_UPHELD: ("", "close"),
    Decision.Outcome.INADMISSIBLE: ("", "close"),
}


def assessment_of(situation: Situation) -> dict[str, Any]:
    """What the assessment says, and the answers on limits that nobody knows yet."""
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


def held_by(case: Case, names: Mapping[int, str]) -> str:
    """Who is responsible, or the team where nobody is yet."""
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


def points_of(situation: Situation) -> list[dict[str, Any]]:
    """Every grievance with what was decided of it."""
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


def redress_of(situation: Situation) -> list[dict[str, Any]]:
    """What was offered, how far it has got, and what can be done with it."""
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


def findings_of(situation: Situation) -> list[dict[str, Any]]:
    """What was established, on whose facts."""
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


def inquiries_of(situation: Situation) -> list[dict[str, Any]]:
    """What areas and the person were asked, and what they answered."""
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


def parts_of(situation: Situation, names: Mapping[int, str]) -> list[dict[str, Any]]:
    """The parts of a case that several people handle."""
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


def recused_of(situation: Situation, names: Mapping[int, str]) -> list[dict[str, str]]:
    """Who takes no part in the case."""
    case = situation.case
    if not case.recused:
        return []
    may = situation.refusals["assign"] is None
    return [
        {"name": names[key], "url": url_of(case, "recusals", key) if may else ""}
        for key in sorted(case.recused)
        if key in names
    ]
