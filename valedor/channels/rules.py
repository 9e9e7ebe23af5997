"""Why a letter may not take a step now."""

from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Letter
from valedor.foundation.refusals import Refusal
from valedor.people.models import ContactPoint

_STATES = Letter.State
_GONE = Refusal("letter_gone", _("This letter has already reached the person."))
_CANCELLED = Refusal("letter_cancelled", _("This letter was cancelled."))
_ON_ITS_WAY = Refusal(
    "letter_on_its_way",
    _("This letter is being sent by e-mail. Wait until the mail server has answered."),
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


def why_not_send_again(letter: Letter) -> Refusal | None:
    """Why a letter may not go by e-mail now."""
    refusal = why_not_deliver_by_hand(letter)
    if refusal is not None:
        return refusal
    point = letter.contact_point
    if point is None or point.kind != ContactPoint.Kind.EMAIL:
        return Refusal("no_email", _("There is no e-mail address for this letter: print it."))
    return None
