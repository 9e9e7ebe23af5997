"""Whom and what a contact may be about, before it is saved: told with what speaks for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer
from valedor.desk.forms.alike import ApartOrTogether, Choice
from valedor.desk.forms.contact import ContactForm
from valedor.foundation.moments import local_day
from valedor.handling.actions.keep_apart import registered_apart
from valedor.intake.alike import STRONG, Alike, CaseAlike, Contact, PersonAlike, Sign, find_alike
from valedor.intake.submission import PersonGiven
from valedor.people.actions.merge_persons import recognise
from valedor.telling import spoken


@dataclass(frozen=True)
class Chosen:
    """What whoever registers said: the case it belongs to, or the person whose record it is, or
    neither, and why it is another matter.
    """

    into: Case | None = None
    person: PersonAlike | None = None
    apart_from: tuple[CaseAlike, ...] = ()
    reason: str = ""

    def write_down(self, case: Case, *, by: By, at: datetime) -> None:
        """Keep it with the case that was registered."""
        sender = case.mandate.representative if case.mandate else case.complainant
        if self.person is not None and sender is not None and by.account is not None:
            recognise(
                sender,
                as_known=self.person.person,
                reason=signs_in_words(self.person.signs),
                by=by.account,
                at=at,
            )
        if self.apart_from:
            others = [(one.case, [str(sign) for sign in one.signs]) for one in self.apart_from]
            registered_apart(case, others=others, reason=self.reason, by=by, at=at)


def alike_to(form: ContactForm, viewer: Viewer) -> Alike:
    """Whom and what a valid form may be about, as far as the viewer sees."""
    given, category = form.cleaned_data, form.chosen_category
    return find_alike(
        Contact(
            entity=form.house.entity,
            person=PersonGiven(
                name=given["name"],
                email=given["email"],
                telephone=given["telephone"],
                postal_address=given["postal_address"],
                identity_number=given["identity_number"],
            ),
            kind=given["kind"],
            at=given["received_at"],
            category_id=category.pk if category else None,
            contract_number=given["contract_number"],
            words=f"{given['subject']} {given['narrative']}",
        ),
        viewer,
    )


def form_of(alike: Alike, data: MultiValueDict[str, str] | None = None) -> ApartOrTogether:
    """The two questions, with what is known as the choices."""
    return ApartOrTogether(
        [_person(one) for one in alike.persons], [_case(one) for one in alike.cases], data
    )


def chosen_in(form: ApartOrTogether, alike: Alike) -> Chosen:
    """What was said. For a valid form."""
    if not alike:
        return Chosen()
    into, person = form.cleaned_data.get("into", ""), form.cleaned_data.get("person", "")
    case = next((one.case for one in alike.cases if one.case.reference == into), None)
    if case is not None:
        return Chosen(into=case)
    return Chosen(
        person=next((one for one in alike.persons if str(one.person.pk) == person), None),
        apart_from=alike.cases,
        reason=form.cleaned_data.get("reason", ""),
    )


def signs_in_words(signs: Iterable[str]) -> str:
    """What speaks for it, one after the other."""
    known = {str(one) for one in Sign}
    return ", ".join(str(Sign(one).label) for one in signs if str(one) in known)


def _person(one: PersonAlike) -> Choice:
    cases = ", ".join(case.reference for case in one.cases[:3])
    weight = (
        _("Strong evidence: %(signs)s. Cases: %(cases)s.")
        if one.is_strong
        else _("Weak evidence: %(signs)s. Cases: %(cases)s.")
    )
    return Choice(
        key=str(one.person.pk),
        label=one.person.name or _("Without a name"),
        help=weight % {"signs": signs_in_words(one.signs), "cases": cases},
    )


def _case(one: CaseAlike) -> Choice:
    case = one.case
    day = spoken.short_day(local_day(case.received_at, case.entity.timezone))
    weight = (
        _("Received %(day)s. Weak evidence: %(signs)s.")
        if STRONG.isdisjoint(one.signs)
        else _("Received %(day)s. Strong evidence: %(signs)s.")
    )
    return Choice(
        key=case.reference,
        label=f"{case.reference} · {case.subject}" if case.subject else case.reference,
        help=weight % {"day": day, "signs": signs_in_words(one.signs)},
    )
