"""Completing, assessing, giving out: the first steps of a case."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts import queries as reading
from valedor.acts.act import ActForm, Situation
from valedor.casefile.models import Case
from valedor.design.forms import ChoiceCards
from valedor.foundation.refusals import Refusal
from valedor.handling import rules
from valedor.handling.actions.assess import assess
from valedor.handling.actions.assign import assign
from valedor.handling.actions.clear_mark import clear_mark
from valedor.handling.actions.cure import cure
from valedor.handling.actions.give_part import finish_part, give_part
from valedor.handling.actions.hand_over import hand_over
from valedor.handling.actions.recuse import lift_recusal, recuse
from valedor.handling.actions.request_cure import request_cure
from valedor.handling.actions.take import take
from valedor.handling.eligibility import candidates
from valedor.handling.models import Assessment

ROW = {"class": "choices--row"}


class AssessmentForm(ActForm):
    """How serious and how hard (ISO 10002, initial assessment)."""

    severity = forms.ChoiceField(
        label=gettext_lazy("How serious is it?"),
        choices=Assessment.Severity.choices,
        widget=ChoiceCards(
            helps={
                1: gettext_lazy("An annoyance: nobody loses money or a service."),
                2: gettext_lazy("Money, time or a service is lost, and can be put right."),
                3: gettext_lazy("Danger, an essential service, or many people."),
            }
        ),
        error_messages={"required": gettext_lazy("Choose how serious it is.")},
    )
    difficulty = forms.ChoiceField(
        label=gettext_lazy("How hard is it?"),
        choices=Case.Difficulty.choices,
        widget=ChoiceCards(
            helps={
                "simple": gettext_lazy("What is needed is in our records."),
                "demanding": gettext_lazy("Others have to be asked."),
                "complex": gettext_lazy("It goes to the team for complex cases, in parts."),
            }
        ),
        error_messages={"required": gettext_lazy("Choose how hard it is.")},
    )
    people_affected = forms.IntegerField(
        label=gettext_lazy("How many people does it affect?"),
        min_value=1,
        max_value=10_000_000,
        initial=1,
    )
    touches_safety = forms.BooleanField(
        label=gettext_lazy("Somebody is or may be in danger."), required=False
    )
    is_vulnerable = forms.BooleanField(
        label=gettext_lazy("The person needs more care or time."), required=False
    )
    is_admissible = forms.ChoiceField(
        label=gettext_lazy("Do we deal with it?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No, it is not admitted"))],
        initial="yes",
        widget=forms.RadioSelect(attrs=ROW),
    )
    inadmission_ground = forms.CharField(
        label=gettext_lazy("Ground on which it is not admitted"),
        help_text=gettext_lazy("Only if it is not admitted. The person reads it in the answer."),
        max_length=60,
        required=False,
    )
    reasons = forms.CharField(
        label=gettext_lazy("Reasons"),
        help_text=gettext_lazy("Needed where it is not admitted; welcome otherwise."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


def first_assessment(situation: Situation) -> Mapping[str, Any]:
    """What the last assessment said, else what the person said of themselves."""
    last, case = situation.state.assessment, situation.case
    if last is None:
        return {"touches_safety": case.touches_safety, "is_vulnerable": case.is_vulnerable}
    return {
        "severity": last.severity,
        "difficulty": last.difficulty,
        "people_affected": last.people_affected,
        "touches_safety": last.touches_safety,
        "is_vulnerable": last.is_vulnerable,
        "is_admissible": "yes" if last.is_admissible else "no",
        "inadmission_ground": last.inadmission_ground,
        "reasons": last.reasons,
    }


def do_assess(situation: Situation, given: Mapping[str, Any]) -> str:
    assess(
        situation.case,
        severity=int(given["severity"]),
        difficulty=given["difficulty"],
        touches_safety=given["touches_safety"],
        is_vulnerable=given["is_vulnerable"],
        people_affected=given["people_affected"],
        is_admissible=given["is_admissible"] == "yes",
        inadmission_ground=given["inadmission_ground"],
        reasons=given["reasons"],
        by=situation.by,
        at=situation.at,
    )
    return _("Assessed.")


# ------------------------------------------------------------------ who takes it
class AssignmentForm(ActForm):
    """Somebody by name, or whoever of a team has most room."""

    holder = forms.ChoiceField(
        label=gettext_lazy("Who takes it?"), widget=forms.RadioSelect(), required=False
    )
    team = forms.ChoiceField(label=gettext_lazy("Team"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy(
            "With a reason it can go to somebody in spite of language, competence or load."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def prepare(self) -> None:
        case, state = self.situation.case, self.situation.state
        teams = reading.teams_of(case)
        self.teams = {str(team.pk): team for team in teams}
        chosen = self.teams.get(str(self.data.get("team") or case.team_id or "")) or (
            teams[0] if teams else None
        )
        options = [("", _("Whoever of the team has most room"))]
        self.members = {}
        if chosen is not None:
            for one in candidates(state, chosen, at=self.situation.at):
                self.members[str(one.account.pk)] = one.account
                load = _("%(name)s, %(number)s of %(most)s cases") % {
                    "name": one.account.name,
                    "number": one.open_cases,
                    "most": one.account.most_open_cases,
                }
                against = "; ".join(str(refusal) for refusal in one.against)
                options.append((str(one.account.pk), f"{load} — {against}" if against else load))
        self.fields["holder"].choices = options  # type: ignore[attr-defined]
        self.fields["team"].choices = [(key, str(one.name)) for key, one in self.teams.items()]  # type: ignore[attr-defined]
        if chosen is not None:
            self.fields["team"].initial = str(chosen.pk)


def do_assign(situation: Situation, given: Mapping[str, Any]) -> str:
    teams = {str(team.pk): team for team in reading.teams_of(situation.case)}
    accounts = reading.accounts_by([int(given["holder"])]) if given["holder"] else []
    made = assign(
        situation.case,
        holder=accounts[0] if accounts else None,
        team=teams.get(given["team"]),
        reason=given["reason"],
        by=situation.by,
        at=situation.at,
    )
    if made.holder is None:
        return _("Nobody of the team can take it now; it waits there, and they were called.")
    return _("Given to %(name)s.") % {"name": made.holder.name}


def do_take(situation: Situation, given: Mapping[str, Any]) -> str:
    take(situation.case, by=situation.by, at=situation.at)
    return _("This case is yours now.")


class HandoverForm(ActForm):
    """To a colleague, or back to the team."""

    holder = forms.ChoiceField(label=gettext_lazy("To whom?"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why do you hand it over?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why you hand it over.")},
    )

    def prepare(self) -> None:
        colleagues = reading.colleagues_of(self.situation.case)
        self.fields["holder"].choices = [  # type: ignore[attr-defined]
            ("", _("Back to the team")),
            *(
                (str(one.pk), one.name)
                for one in colleagues
                if one.pk != self.situation.case.holder_id
            ),
        ]


def do_hand_over(situation: Situation, given: Mapping[str, Any]) -> str:
    accounts = reading.accounts_by([int(given["holder"])]) if given["holder"] else []
    hand_over(
        situation.case,
        holder=accounts[0] if accounts else None,
        reason=given["reason"],
        by=situation.by,
        at=situation.at,
    )
    return _("The case is handed over.")


class RecusalForm(ActForm):
    """A tie with a party, or a hand in what is complained of."""

    account = forms.ChoiceField(label=gettext_lazy("Who takes no part?"))
    reason = forms.CharField(
        label=gettext_lazy("What ties them to the case?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say what ties them to the case.")},
    )

    def prepare(self) -> None:
        me = self.situation.viewer.account
        assert me is not None  # noqa: S101 -- pages are for staff
        people = [(str(me.pk), _("I do not: %(name)s") % {"name": me.name})]
        if self.situation.refusals["assign"] is None:
            others = reading.staff_of(self.situation.case)
            people += [(str(one.pk), one.name) for one in others if one.pk != me.pk]
        self.fields["account"].choices = people  # type: ignore[attr-defined]


def do_recuse(situation: Situation, given: Mapping[str, Any]) -> str:
    account = reading.accounts_by([int(given["account"])])[0]
    recuse(
        situation.case,
        account=account,
        reason=given["reason"],
        by=situation.by,
        at=situation.at,
    )
    return _("%(name)s takes no part in this case any more.") % {"name": account.name}


class ReasonForm(ActForm):
    """A reason, and nothing else."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write the reason.")},
    )


def why_not_lift(situation: Situation) -> Refusal | None:
    return rules.why_not_lift_recusal(
        situation.state, situation.viewer, account_id=situation.item or 0
    )


def do_lift_recusal(situation: Situation, given: Mapping[str, Any]) -> str:
    account = reading.accounts_by([situation.item or 0])[0]
    lift_recusal(
        situation.case,
        account=account,
        reason=given["reason"],
        by=situation.by,
        at=situation.at,
    )
    return _("%(name)s may take part again.") % {"name": account.name}


class PartForm(ActForm):
    """Who of the team does what."""

    member = forms.ChoiceField(label=gettext_lazy("Who does it?"))
    task = forms.CharField(
        label=gettext_lazy("What are they to do?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say what they are to do.")},
    )

    def prepare(self) -> None:
        self.fields["member"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), one.name) for one in reading.colleagues_of(self.situation.case)
        ]


def do_give_part(situation: Situation, given: Mapping[str, Any]) -> str:
    member = reading.accounts_by([int(given["member"])])[0]
    give_part(
        situation.case,
        member=member,
        task=given["task"],
        by=situation.by,
        at=situation.at,
    )
    return _("%(name)s has this part now.") % {"name": member.name}


class OutcomeForm(ActForm):
    """What came out of a part."""

    outcome = forms.CharField(
        label=gettext_lazy("What came out of it?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write what came out of it.")},
    )


def why_not_finish(situation: Situation) -> Refusal | None:
    part = reading.part_of(situation.case, situation.item or 0)
    return rules.why_not_finish_part(situation.state, situation.viewer, part)


def do_finish_part(situation: Situation, given: Mapping[str, Any]) -> str:
    finish_part(
        situation.case,
        part=reading.part_of(situation.case, situation.item or 0),
        outcome=given["outcome"],
        by=situation.by,
        at=situation.at,
    )
    return _("This part is done.")


def do_clear_mark(situation: Situation, given: Mapping[str, Any]) -> str:
    clear_mark(situation.case, reason=given["reason"], by=situation.by, at=situation.at)
    return _("The mark is gone; letters that waited can be let go now.")


# ------------------------------------------------------------------ completing
class CureForm(ActForm):
    """What is missing, a line each."""

    missing = forms.CharField(
        label=gettext_lazy("What is missing? One thing a line."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say what is missing.")},
    )
    words = forms.CharField(
        label=gettext_lazy("A word to the person"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


def do_request_cure(situation: Situation, given: Mapping[str, Any]) -> str:
    request_cure(
        situation.case,
        missing=given["missing"].splitlines(),
        words=given["words"],
        by=situation.by,
        at=situation.at,
    )
    return _("The person was asked to complete it.")


class CuredForm(ActForm):
    """What arrived, in short."""

    text = forms.CharField(
        label=gettext_lazy("What arrived?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


def do_cure(situation: Situation, given: Mapping[str, Any]) -> str:
    cure(situation.case, text=given["text"], by=situation.by, at=situation.at)
    return _("Complete: the clock goes on.")
