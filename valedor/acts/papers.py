"""What becomes of a letter of the case: posted, delivered, brought back, sent another way."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts import queries as reading
from valedor.acts.act import ActForm, Situation
from valedor.acts.files import add_files, files_field
from valedor.acts.reading.post_room import companys_post, offices_post
from valedor.casefile.models import Document, Letter
from valedor.channels import rules as letter_rules
from valedor.channels.email.actions.send_again import send_again
from valedor.channels.post.actions.hand_over import hand_over
from valedor.channels.post.actions.post import post
from valedor.channels.post.actions.print_again import print_again
from valedor.channels.post.actions.prove import prove
from valedor.channels.post.actions.take_back import take_back
from valedor.design.forms import ChoiceCards, MomentInput
from valedor.foundation.refusals import Refusal, refuse_if
from valedor.people.models import ContactPoint

NOT_PERMITTED = Refusal("not_permitted", gettext_lazy("Your role does not let you do this."))


class _PostForm(ActForm):
    """Something that happened at the post, at a moment that is not to come."""

    def _moment(self, name: str) -> datetime:
        moment: datetime = self.cleaned_data[name]
        if moment > self.situation.at:
            raise forms.ValidationError(_("This moment has not come yet."))
        return moment


class PostedForm(_PostForm):
    """That a letter was posted: when, and what proves it."""

    posted_at = forms.DateTimeField(label=gettext_lazy("When was it posted?"), widget=MomentInput())
    proof = forms.CharField(
        label=gettext_lazy("Proof"),
        help_text=gettext_lazy("The tracking number, or what the slip says."),
        required=False,
        max_length=500,
    )
    file = files_field(gettext_lazy("The slip, scanned"))

    def clean_posted_at(self) -> datetime:
        """A moment up to now."""
        return self._moment("posted_at")


class DeliveredForm(_PostForm):
    """That a posted letter was delivered: when, and what proves it."""

    delivered_at = forms.DateTimeField(
        label=gettext_lazy("When was it delivered?"), widget=MomentInput()
    )
    delivery_proof = forms.CharField(
        label=gettext_lazy("Proof"),
        help_text=gettext_lazy("Who signed for it, or what the post's tracking says."),
        required=False,
        max_length=500,
    )
    file = files_field(gettext_lazy("The slip that came back, scanned"))

    def clean_delivered_at(self) -> datetime:
        """A moment up to now."""
        return self._moment("delivered_at")


class ReturnedForm(_PostForm):
    """That the post brought a letter back: when, and why."""

    returned_at = forms.DateTimeField(
        label=gettext_lazy("When did it come back?"), widget=MomentInput()
    )
    returned = forms.ChoiceField(
        label=gettext_lazy("What does the post say?"),
        choices=Letter.Returned.choices,
        widget=ChoiceCards(
            helps={
                Letter.Returned.UNKNOWN: gettext_lazy("No other letter goes to this address."),
                Letter.Returned.MOVED: gettext_lazy("No other letter goes to this address."),
                Letter.Returned.REFUSED: gettext_lazy("The address stays as it is."),
                Letter.Returned.NOT_COLLECTED: gettext_lazy("The address stays as it is."),
            }
        ),
        error_messages={"required": gettext_lazy("Choose what the post wrote on it.")},
    )
    file = files_field(gettext_lazy("The envelope, scanned"))

    def clean_returned_at(self) -> datetime:
        """A moment up to now."""
        return self._moment("returned_at")


class PrintAgainForm(ActForm):
    """Why a letter is printed once more."""

    reason = forms.CharField(
        label=gettext_lazy("Why once more?"),
        max_length=300,
        error_messages={"required": gettext_lazy("Say why it is printed once more.")},
    )


class AnotherWayForm(ActForm):
    """An e-mail address at which the person can be reached instead."""

    to = forms.ChoiceField(
        label=gettext_lazy("To which address?"),
        widget=ChoiceCards(),
        error_messages={"required": gettext_lazy("Choose an address.")},
    )

    def prepare(self) -> None:
        found = reading.other_ways(letter_of(self.situation))
        self.points = {str(point.pk): point for point in found}
        field = self.fields["to"]
        field.choices = [(key, point.value) for key, point in self.points.items()]  # type: ignore[attr-defined]
        if len(found) == 1:
            field.initial = str(found[0].pk)

    def clean_to(self) -> ContactPoint:
        """The address itself."""
        return self.points[self.cleaned_data["to"]]


def letter_of(situation: Situation) -> Letter:
    """The letter that the address names. Raises ``Http404``."""
    return reading.letter_of(situation.viewer, situation.case, situation.item or 0)


def just_now(name: str) -> Any:
    """A form in which something has happened this moment, until somebody says otherwise."""

    def initial(situation: Situation) -> Mapping[str, Any]:
        return {name: timezone.localtime(situation.at, situation.zone)}

    return initial


# ------------------------------------------------------------------ why not
def why_not_deliver(situation: Situation) -> Refusal | None:
    return _why_not_see_to(situation) or letter_rules.why_not_deliver_by_hand(letter_of(situation))


def why_not_prove(situation: Situation) -> Refusal | None:
    return _why_not_see_to(situation) or letter_rules.why_not_prove(
        letter_of(situation), has_proof=True
    )


def why_not_take_back(situation: Situation) -> Refusal | None:
    return _why_not_see_to(situation) or letter_rules.why_not_take_back(letter_of(situation))


def why_not_send(situation: Situation) -> Refusal | None:
    return _why_not_see_to(situation) or letter_rules.why_not_send_again(letter_of(situation))


def why_not_send_elsewhere(situation: Situation) -> Refusal | None:
    """To another address than its own, so that none of its own need be there."""
    return why_not_deliver(situation)


def why_not_print(situation: Situation) -> Refusal | None:
    """Whether it was printed at all is seen when it is asked for."""
    letter_of(situation)
    return _why_not_see_to(situation)


def _why_not_see_to(situation: Situation) -> Refusal | None:
    is_office = situation.case.is_of_the_office
    room = (offices_post if is_office else companys_post)(situation.viewer)
    return None if situation.viewer.permissions & set(room.rights) else NOT_PERMITTED


# ------------------------------------------------------------------ done
def do_post(situation: Situation, given: Mapping[str, Any]) -> str:
    letter = letter_of(situation)
    has_proof = bool(given["proof"].strip() or situation.files)
    document = _proof(situation, letter_rules.why_not_post(letter, has_proof=has_proof))
    post(
        letter,
        by=situation.by,
        at=given["posted_at"],
        proof=given["proof"],
        document=document,
        recorded_at=situation.at,
    )
    return _("Posted: it counts from then.")


def do_prove(situation: Situation, given: Mapping[str, Any]) -> str:
    letter = letter_of(situation)
    when, proof = given["delivered_at"], given["delivery_proof"]
    has_proof = bool(proof.strip() or situation.files)
    refusal = letter_rules.why_not_prove(letter, at=when, has_proof=has_proof)
    prove(
        letter,
        by=situation.by,
        at=when,
        proof=proof,
        document=_proof(situation, refusal),
        recorded_at=situation.at,
    )
    return _("It is proved that it was delivered.")


def do_take_back(situation: Situation, given: Mapping[str, Any]) -> str:
    letter, when = letter_of(situation), given["returned_at"]
    take_back(
        letter,
        returned=Letter.Returned(given["returned"]),
        by=situation.by,
        at=when,
        document=_proof(situation, letter_rules.why_not_take_back(letter, at=when)),
        recorded_at=situation.at,
    )
    return _("It counts as never sent: what it had met is open again. Find another way.")


def do_hand_over(situation: Situation, given: Mapping[str, Any]) -> str:
    hand_over(letter_of(situation), by=situation.by, at=situation.at)
    return _("The letter is handed over.")


def do_send(situation: Situation, given: Mapping[str, Any]) -> str:
    send_again(letter_of(situation), by=situation.by, at=situation.at, to=given.get("to"))
    return _("It is about to be sent.")


def do_print(situation: Situation, given: Mapping[str, Any]) -> str:
    account = situation.viewer.account
    assert account is not None  # noqa: S101 -- acts are done by staff
    print_again(letter_of(situation), reason=given["reason"], by=account, at=situation.at)
    return _("It is printed with the next letters.")


def _proof(situation: Situation, refusal: Refusal | None) -> Document | None:
    """The slip that came along, kept with the case once nothing stands against the act."""
    refuse_if(refusal)
    added = add_files(situation, situation.files, purpose="proof", internal=True)
    return added[0] if added else None
