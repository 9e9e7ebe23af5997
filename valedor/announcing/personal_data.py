"""Which columns of what other systems are told are personal.

What is told names a case and says what happened and when, and no more; but what a receiving system
answers is its own to word.
"""

from valedor.foundation.personal import CODE, OF_THE_HOUSE, Columns, Goes, Impersonal, Personal

_SECRET = Impersonal("a secret of the house and of a system, sealed")

COLUMNS: Columns = {
    "Subscription.key": CODE,
    "Subscription.address": OF_THE_HOUSE,
    "Subscription.events": CODE,
    "Subscription.secret": _SECRET,
    "Subscription.secret_before": _SECRET,
    "Subscription.paused_why": CODE,
    "Announcement.event": CODE,
    "Announcement.reference": CODE,
    "Announcement.body": Impersonal("kind, stage and moments of a case, and its reference"),
    "Announcement.state": CODE,
    "Try.trouble": CODE,
    "Try.answer": Personal(
        "the first words of what a receiving system answered",
        "30 or 90 days, to find a fault",
        Goes.EXPIRES,
    ),
}
