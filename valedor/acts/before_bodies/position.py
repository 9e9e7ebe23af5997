"""Whether the company takes part before a body, and what each side says to it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.act import ActForm, Situation
from valedor.acts.before_bodies.things import YES_OR_NO, forum_named, standing
from valedor.acts.files import add_files, files_field
from valedor.acts.words import text_field
from valedor.casefile.models import Document
from valedor.disputes.actions.speak_before_body import (
    give_position,
    take_part,
)
from valedor.disputes.dossier.queries import dossiers_of
from valedor.disputes.models import Referral
from valedor.disputes.referral import rules
from valedor.disputes.referral.bodies import taking_part
from valedor.foundation.refusals import Refusal

Side = Referral.Side


class PartForm(ActForm):
    """Whether the company takes part, and why not."""

    takes_part = forms.ChoiceField(
        label=gettext_lazy("Does the company take part?"),
        choices=YES_OR_NO,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
        error_messages={"required": gettext_lazy("Choose yes or no.")},
    )
    reasons = forms.CharField(
        label=gettext_lazy("Why not?"),
        help_text=gettext_lazy("The person reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def prepare(self) -> None:
        self.fields["takes_part"].help_text = adhesion_in_words(self.situation)


def adhesion_in_words(situation: Situation) -> str:
    """What joining, or not having joined, means for this case."""
    referral = standing(situation).referral
    house = situation.state.house
    forum = forum_named(
        situation, f"body:{referral.body}" if referral.body else f"kind:{referral.kind}"
    )
    if forum is None:
        return ""
    joined = taking_part(situation.case, house, forum, at=situation.at)
    if joined is None:
        return _("Taking part is voluntary before this body.")
    if joined.accepts:
        return _("The company has joined this body: it takes part.")
    if joined.is_beyond:
        return _("The company has joined this body, but not for this amount.")
    return _("The company has not joined this body. Saying nothing in time is a no.")


def why_not_take_part(situation: Situation) -> Refusal | None:
    return rules.why_not_take_part(standing(situation), situation.viewer)


def do_take_part(situation: Situation, given: Mapping[str, Any]) -> str:
    takes_part = given["takes_part"] == "yes"
    take_part(
        situation.case,
        referral=standing(situation).referral,
        takes_part=takes_part,
        reasons=given["reasons"],
        by=situation.by,
        at=situation.at,
    )
    if takes_part:
        return _("The company takes part. Its position is still owed.")
    return _("The company does not take part; the person is told which doors are open.")


class PositionForm(ActForm):
    """What a side told the body, with its papers."""

    side = forms.ChoiceField(
        label=gettext_lazy("Whose position is it?"),
        choices=[
            (Side.COMPANY, gettext_lazy("Ours: it goes to the body")),
            (Side.COMPLAINANT, gettext_lazy("The person's, as the body passed it on")),
            (Side.BODY, gettext_lazy("The body's own words to both sides")),
        ],
        initial=Side.COMPANY,
        widget=forms.RadioSelect(),
    )
    text = text_field(
        gettext_lazy("The position"), help_text=gettext_lazy("Both sides read it."), rows=10
    )
    dossier = forms.ChoiceField(
        label=gettext_lazy("The dossier that goes along"),
        help_text=gettext_lazy("Made under “Make a dossier”: sealed, with every paper in it."),
        required=False,
    )
    file = files_field(gettext_lazy("Evidence"))

    def prepare(self) -> None:
        made = dossiers_of(self.situation.viewer, self.situation.case)
        self.ready = {
            str(one.document.pk): one.document
            for one in made
            if one.document is not None and one.document.erased_at is None
        }
        if not self.ready:
            del self.fields["dossier"]
            return
        self.fields["dossier"].choices = [  # type: ignore[attr-defined]
            ("", _("None")),
            *((key, one.name) for key, one in self.ready.items()),
        ]


def why_not_give_position(situation: Situation) -> Refusal | None:
    return rules.why_not_give_position(standing(situation), situation.viewer)


def do_give_position(situation: Situation, given: Mapping[str, Any]) -> str:
    side = Side(given["side"])
    made = dossiers_of(situation.viewer, situation.case)
    ready = {str(one.document.pk): one.document for one in made if one.document is not None}
    give_position(
        situation.case,
        referral=standing(situation).referral,
        side=side,
        text=given["text"],
        dossier=ready.get(given.get("dossier", "")),
        by=situation.by,
        at=situation.at,
    )
    add_files(situation, situation.files, side=_DOCUMENTS[side])
    return _("The position is in the file, and both sides see it.")


_DOCUMENTS = {
    Side.COMPANY: Document.Side.COMPANY,
    Side.COMPLAINANT: Document.Side.COMPLAINANT,
    Side.BODY: Document.Side.BODY,
}
