"""What calls leave on the timeline of a case, beside the words that were said."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valedor.casefile.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CallBackPromised(Fact, kind="call_back.promised"):
    """Somebody is called at an hour. The number is in the row alone."""

    sentence = _("A call was promised.")
    icon = "phone"

    call_back: int
    from_at: str
    due_at: str
    is_for_lead: bool


@dataclass(frozen=True, kw_only=True)
class CallBackTried(Fact, kind="call_back.tried"):
    """Somebody of the house called: ``result`` is a word of ``CallAttempt.Result``."""

    sentence = _("The house called.")
    icon = "phone"

    call_back: int
    result: str


@dataclass(frozen=True, kw_only=True)
class CallBackCancelled(Fact, kind="call_back.cancelled"):
    """Nobody wants to be called any more."""

    sentence = _("The call that was promised was cancelled.")
    icon = "phone"

    call_back: int
