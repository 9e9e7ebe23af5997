"""Acts on a call that was promised, which has a page of its own on the desk."""

from django.utils.translation import gettext_lazy as _

from valedor.acts import calling_back, things
from valedor.acts.act import Act

ACTS = [
    Act(
        noun="call-attempt",
        items=things.promised_calls,
        title=_("What came of the call"),
        words=_("Whoever is not reached is called again, and written to after the third time."),
        button=_("Write it down"),
        form=calling_back.AttemptForm,
        do=calling_back.do_try_call,
        why_not=calling_back.why_not_settle,
    ),
    Act(
        noun="call-cancellation",
        items=things.promised_calls,
        title=_("Cancel the call-back"),
        button=_("Cancel the call-back"),
        do=calling_back.do_cancel_call,
        why_not=calling_back.why_not_settle,
    ),
]
