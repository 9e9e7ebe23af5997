"""Who else may see a case and act in it, as the person reads it and as they let somebody in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.casefile.models import Case
from valedor.casefile.viewing import complainant_of, the_house, viewing
from valedor.participants import rules
from valedor.participants.models import Participant
from valedor.participants.queries import known_of, participants_of
from valedor.participants.rules import Invited, Known
from valedor.participants.words import named, until_words
from valedor.people.queries import points_of_people
from valedor.portal import queries, standing
from valedor.portal.admission import admission_of
from valedor.portal.inside import Inside
from valedor.review.office.queries import about_of
from valedor.telling import spoken

Row = dict[str, Any]


class PeopleForm(forms.Form):
    """Whom the person lets in, as what, how far, until when."""

    name = forms.CharField(
        label=gettext_lazy("Their name"),
        help_text=gettext_lazy("It stands beside all that they do here."),
        max_length=200,
        error_messages={"required": gettext_lazy("Say who it is.")},
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Who are they?"),
        choices=Participant.Role.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )
    organisation = forms.CharField(
        label=gettext_lazy("Their association or firm"),
        help_text=gettext_lazy("For a consumer association, say which. Otherwise as you like."),
        max_length=200,
        required=False,
    )
    email = forms.CharField(
        label=gettext_lazy("Their e-mail address"),
        help_text=gettext_lazy("They get a link of their own there."),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    postal_address = forms.CharField(
        label=gettext_lazy("Or their postal address"),
        help_text=gettext_lazy(
            "Without e-mail they get a letter, and you get a code for them, shown once."
        ),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language do we write to them?"),
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("What may they do?"),
        choices=Participant.Scope.choices,
        initial=Participant.Scope.READ,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Everybody in reads everything that you read here. Nobody but you lets others in or "
            "draws a new access code."
        ),
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )
    expires_on = forms.DateField(
        label=gettext_lazy("Until when?"),
        help_text=gettext_lazy(
            "Left empty: until the case is over, and thirty days after its closing. You can let "
            "them out at any time."
        ),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    gets_letters = forms.BooleanField(
        label=gettext_lazy("They get our letters too"),
        help_text=gettext_lazy("You always get yours."),
        required=False,
    )
    both = forms.BooleanField(required=False)

    def __init__(self, *given: Any, languages: list[str], other: str = "", **more: Any) -> None:
        super().__init__(*given, **more)
        choices = [(one, spoken.language_name(one)) for one in languages]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]
        if other:
            self.fields["both"].label = other
        else:
            del self.fields["both"]

    def clean_email(self) -> str:
        """One address, as it is written to."""
        email = str(self.cleaned_data["email"]).strip()
        if email:
            try:
                validate_email(email)
            except ValidationError as error:
                raise ValidationError(
                    _("This is no e-mail address: check it, or give a postal address.")
                ) from error
        return email

    def invited(self) -> Invited:
        """What was filled in."""
        given = self.cleaned_data
        return Invited(
            name=given["name"],
            role=given["role"],
            scope=given["scope"],
            language=given["language"],
            organisation=given["organisation"],
            email=given["email"],
            postal_address=given["postal_address"],
            gets_letters=given["gets_letters"],
            expires_on=given["expires_on"],
        )


def told_on_the_page(place: Inside) -> dict[str, Any]:
    """What the page of the case says of who else is in; to whoever was let in, as whom they are
    here.
    """
    if place.participant is None:
        return {}
    who, case = place.participant, place.case
    person = (case.complainant.name if case.complainant else "") or _("the person")
    told = {
        "who": named(who.person.name, str(who.role), who.organisation),
        "person": person,
        "scope": who.get_scope_display(),
        "until": until_words(who.expires_on, spoken.language()),
    }
    words = _(
        "You are here as %(who)s. %(scope)s, %(until)s. Where this page says “you”, it means "
        "%(person)s, whose case it is."
    )
    return {"here_as": words % told, "leave_url": reverse("portal:people_leave", args=place.links)}


def known_to(place: Inside) -> Known:
    """What the house knows that letting somebody in asks about."""
    today = spoken.local_day(place.at, place.house.entity.timezone)
    with viewing(the_house(place.house.entity)):
        return known_of(place.case, today=today)


def why_not_manage(place: Inside, known: Known) -> str:
    """What stands against letting anybody in or out."""
    refusal = rules.why_not_manage(
        by_participant=place.participant is not None, actor=place.by.actor, known=known
    )
    return str(refusal or "")


def why_not_let_out(place: Inside, who: Participant) -> str:
    """What stands against letting out this one."""
    return why_not_manage(place, known_to(place)) or str(rules.why_not_end(who) or "")


def other_room(place: Inside) -> Case | None:
    """The case with the company, beside a file of the ombudsman: somebody let in to the file may be
    let in there by the same form. Only where this very browser is let in there as the person, too:
    holding the code of the one says nothing of the other.

    Not the other way round: what is posted on the company's case lies with the company, which would
    read from it that there is a file.
    """
    if not place.case.is_of_the_office:
        return None
    with viewing(the_house(place.house.entity)):
        found = about_of(place.case)
    admission = admission_of(place.request, found.reference) if found else None
    if found is None or admission is None or admission.case_id != found.pk:
        return None
    with viewing(complainant_of(found.pk)):
        other = queries.case_of(found.pk, place.house.entity.key, found.reference)
        who = standing.participant_of(admission, other)
        is_person = other is not None and who is None and admission.holds(other)
    return other if is_person else None


def both_words(other: Case | None) -> str:
    """The tick that lets somebody in to the other room as well; empty where there is none."""
    if other is None:
        return ""
    return _("Also in your case with the company, %(reference)s") % {"reference": other.reference}


def rows_of(place: Inside, *, may_manage: bool) -> tuple[list[Row], list[Row]]:
    """Who is in, and who was."""
    found = participants_of(place.case)
    points = points_of_people([one.person_id for one in found])
    today = spoken.local_day(place.at, place.house.entity.timezone)
    rows: tuple[list[Row], list[Row]] = ([], [])
    for one in found:
        is_out = rules.why_out(one, place.case, today=today, at=place.at) is not None
        rows[is_out].append(_row(place, one, points.get(one.person_id, ""), is_out, may_manage))
    return rows


def _row(
    place: Inside, one: Participant, address: str, is_out: bool, may_manage: bool
) -> dict[str, Any]:
    zone = place.house.entity.timezone
    facts = [
        (_("How far"), str(one.get_scope_display())),
        (_("In since"), spoken.moment(one.let_in_at, zone)),
        (_("Until when"), until_words(one.expires_on, spoken.language())),
        (_("Reached at"), address),
        (_("Letters"), _("gets them too") if one.gets_letters else _("gets none")),
        (_("On what it rests"), one.basis),
        (
            _("Last opened"),
            _("%(what)s, %(when)s")
            % {
                "what": one.get_last_opened_display(),
                "when": spoken.moment(one.last_opened_at, zone),
            }
            if one.last_opened_at
            else _("nothing yet"),
        ),
        (_("Out since"), spoken.moment(one.ended_at, zone) if one.ended_at else ""),
        (_("How it ended"), str(one.get_ending_display()) if one.ending else ""),
    ]
    return {
        "id": one.pk,
        "name": named(one.person.name, str(one.role), one.organisation)
        if one.person.name
        else _("Erased"),
        "facts": [{"name": name, "value": value} for name, value in facts if value],
        "out_url": reverse("portal:people_out", args=[*place.links, one.pk])
        if may_manage and not is_out
        else "",
    }
