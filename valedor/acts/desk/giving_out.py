"""Many cases given out at once: some that were chosen, and everything of somebody who leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from valedor.acts.desk import queries as reading
from valedor.acts.desk.desk_act import Desk, DeskForm
from valedor.casefile.access import case_for
from valedor.casefile.actors import staff
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal, Refused
from valedor.handling.actions.assign import assign
from valedor.handling.actions.redistribute import pass_on
from valedor.people.models import Account, Team

AT_ONCE = 50


@dataclass
class GivenOut:
    """How many have somebody now, how many wait, and what was refused, by its reference."""

    done: int = 0
    waiting: int = 0
    refused: list[str] = field(default_factory=list)

    @property
    def words(self) -> tuple[str, str]:
        """How many are given out, and how many wait; empty where none."""
        done = ngettext("%(number)s case given out.", "%(number)s cases given out.", self.done)
        waiting = ngettext(
            "%(number)s case waits: nobody of its team can take it, and they were called.",
            "%(number)s cases wait: nobody of their team can take them, and they were called.",
            self.waiting,
        )
        return (
            done % {"number": self.done} if self.done else "",
            waiting % {"number": self.waiting} if self.waiting else "",
        )


def give_out(
    viewer: Viewer,
    references: Sequence[str],
    *,
    team: Team,
    holder: Account | None,
    reason: str,
    at: datetime,
) -> GivenOut:
    """Each case on its own: what is refused for one does not stop the others."""
    assert viewer.account is not None  # noqa: S101 -- acts are done by staff
    told = GivenOut()
    for reference in references:
        try:
            made = assign(
                case_for(viewer, reference),
                holder=holder,
                team=team,
                reason=reason,
                by=staff(viewer.account),
                at=at,
            )
        except Refused as refused:
            told.refused.append(f"{reference}: {refused.refusal}")
        except Http404:
            told.refused.append(_("%(case)s is not here any more.") % {"case": reference})
        else:
            told.done += made.holder_id is not None
            told.waiting += made.holder_id is None
    return told


def pass_all_on(viewer: Viewer, person: Account, *, reason: str, at: datetime) -> GivenOut:
    """Everything open that somebody holds; nothing is left with nobody."""
    assert viewer.account is not None  # noqa: S101 -- acts are done by staff
    told = GivenOut()
    for line in reading.held_by(viewer, person):
        try:
            case = case_for(viewer, line.reference)
            made = pass_on(case, by=staff(viewer.account), at=at, reason=reason)
        except Refused as refused:
            told.refused.append(f"{line.reference}: {refused.refusal}")
            continue
        told.done += made is not None and made.holder_id is not None
        told.waiting += made is None or made.holder_id is None
    return told


class References(forms.MultipleChoiceField):
    """Cases by their references; each is fetched by access and refused on its own."""

    def valid_value(self, value: str) -> bool:
        return len(value) <= 40


class GivingOutForm(DeskForm):
    """Which cases, and to whom."""

    cases = References(
        label=gettext_lazy("Which cases?"),
        error_messages={"required": gettext_lazy("Choose at least one case.")},
    )
    team = forms.ChoiceField(label=gettext_lazy("Team"))
    holder = forms.ChoiceField(
        label=gettext_lazy("To whom?"),
        help_text=gettext_lazy("Whoever of the team has most room, if you name nobody."),
        required=False,
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=1000)

    def prepare(self) -> None:
        self.teams = {one.key: one for one in reading.teams_led(self.situation.viewer)}
        self.fields["team"].choices = [(key, str(one.name)) for key, one in self.teams.items()]  # type: ignore[attr-defined]
        chosen = self.teams.get(str(self.data.get("team", "")))
        teams = [chosen] if chosen else list(self.teams.values())
        self.members = {one.username: one for team in teams for one in reading.members_of(team)}
        self.fields["holder"].choices = [  # type: ignore[attr-defined]
            ("", _("Whoever of the team has most room")),
            *((key, one.name) for key, one in self.members.items()),
        ]

    def clean_cases(self) -> list[str]:
        """No more than a page of a queue holds."""
        given: list[str] = self.cleaned_data["cases"]
        if len(given) > AT_ONCE:
            words = _("At most %(number)s cases at once.") % {"number": AT_ONCE}
            raise forms.ValidationError(words)
        return given


def do_give_out(desk: Desk, given: Mapping[str, Any]) -> str:
    form_teams = {one.key: one for one in reading.teams_led(desk.viewer)}
    team = form_teams[given["team"]]
    members = {one.username: one for one in reading.members_of(team)}
    told = give_out(
        desk.viewer,
        given["cases"],
        team=team,
        holder=members.get(given["holder"]),
        reason=given["reason"],
        at=desk.at,
    )
    return _told(desk, told)


class LeavingForm(DeskForm):
    """Why somebody's cases go to others."""

    reason = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=1000)


def people_led(desk: Desk) -> list[tuple[str, str]]:
    """Whoever works in a team of its author's."""
    found = {
        one.username: one.name
        for team in reading.teams_led(desk.viewer)
        for one in reading.members_of(team)
    }
    return sorted(found.items())


def why_not_pass_on(desk: Desk) -> Refusal | None:
    """Nothing stands against it; somebody of another team is not there."""
    _person(desk)
    return None


def do_pass_all_on(desk: Desk, given: Mapping[str, Any]) -> str:
    told = pass_all_on(desk.viewer, _person(desk), reason=given["reason"], at=desk.at)
    return _told(desk, told)


def _person(desk: Desk) -> Account:
    person = reading.colleague_led(desk.viewer, desk.thing)
    if person is None:
        raise Http404
    return person


def _told(desk: Desk, told: GivenOut) -> str:
    desk.said += told.refused
    return " ".join(filter(None, told.words)) or _("No case was given out.")
