"""Why a letter may not take a step now."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Case, Letter
from valedor.foundation.refusals import Refusal
from valedor.people.models import ContactPoint

_STATES = Letter.State
_GONE = Refusal("letter_gone", _("This letter has already reached the person."))
_CANCELLED = Refusal("letter_cancelled", _("This letter was cancelled."))
_ON_ITS_WAY = Refusal(
    "letter_on_its_way",
    _("This letter is being sent. Wait until its carrier has answered."),
)


def why_not_deliver_by_hand(letter: Letter) -> Refusal | None:
    """Why a letter may not be handed over or posted."""
    if letter.state == _STATES.ACCEPTED:
        return _GONE
    if letter.state == _STATES.CANCELLED:
        return _CANCELLED
    if letter.state in {_STATES.QUEUED, _STATES.SENDING}:
        return _ON_ITS_WAY
    return None


def why_not_post(letter: Letter, *, has_proof: bool) -> Refusal | None:
    """Why a letter may not be recorded as posted: without proof it does not count."""
    if not has_proof:
        return Refusal(
            "proof_missing",
            _("Say what proves that it was posted: a tracking number, or a document."),
        )
    return why_not_deliver_by_hand(letter)


def why_not_take_back(letter: Letter, *, at: datetime | None = None) -> Refusal | None:
    """Why the post cannot have brought a letter back, at a moment where one is given."""
    if letter.state == _STATES.REFUSED:
        return Refusal("letter_back", _("This letter is known to have come back."))
    return _why_not_out(letter, at)


def why_not_prove(letter: Letter, *, at: datetime | None = None, has_proof: bool) -> Refusal | None:
    """Why the delivery of a letter on paper cannot be proved, at a moment where one is given."""
    if letter.state == _STATES.REFUSED:
        return Refusal("letter_back", _("This letter is known to have come back."))
    if letter.arrived_at is not None:
        return Refusal("letter_proved", _("Its delivery is proved already."))
    if not has_proof:
        return Refusal(
            "proof_missing",
            _("Say what proves that it was delivered: who signed for it, or a document."),
        )
    return _why_not_out(letter, at)


def _why_not_out(letter: Letter, at: datetime | None) -> Refusal | None:
    if letter.state != _STATES.ACCEPTED or letter.channel != Case.Channel.LETTER:
        return Refusal("letter_not_posted", _("This letter has not been posted."))
    if at is not None and letter.accepted_at is not None and at < letter.accepted_at:
        return Refusal("before_posting", _("The letter was posted later than that."))
    return None


def why_not_send_again(letter: Letter) -> Refusal | None:
    """Why a letter may not go by e-mail or SMS now."""
    refusal = why_not_deliver_by_hand(letter)
    if refusal is not None:
        return refusal
    point = letter.contact_point
    if point is None or point.kind == ContactPoint.Kind.POST:
        return Refusal(
            "no_email", _("There is no e-mail address or number for this letter: print it.")
        )
    return None
