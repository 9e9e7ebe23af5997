"""Who follows which fact: everything that happens because something else did.

Each follower is a task, enqueued in the transaction that recorded the fact. It may run twice and
must notice that it already did.
"""

from valedor.announcing import outbox
from valedor.casefile import timeline
from valedor.channels.telephone import first_words
from valedor.incidents.collective import on_the_telephone

FOLLOWERS: dict[str, list[str]] = {
    "case.received": [
        "valedor.channels.tasks.make_receipt",
        "valedor.handling.tasks.look_for_repetitions",
    ],
    "case.erased": [
        "valedor.channels.tasks.forget_callers_of",
        "valedor.channels.tasks.forget_stack_of",
    ],
    "case.withdrawn": [
        "valedor.bookings.tasks.case_withdrawn",
        "valedor.orders.tasks.case_withdrawn",
    ],
    "document.quarantined": ["valedor.handling.tasks.document_quarantined"],
    "letter.accepted": [
        "valedor.handling.tasks.letter_accepted",
        "valedor.participants.tasks.copy_letter",
    ],
    "letter.posted": [
        "valedor.handling.tasks.letter_accepted",
        "valedor.participants.tasks.copy_letter",
    ],
    "letter.handed_over": ["valedor.handling.tasks.letter_accepted"],
    "letter.refused": ["valedor.handling.tasks.letter_refused"],
    "letter.came_back": ["valedor.handling.tasks.letter_refused"],
    "letter.returned": ["valedor.handling.tasks.letter_refused"],
}


def connect() -> None:
    """Tell the timeline who follows what, and the telephone who knows what callers are told first:
    once, when the program has started.
    """
    timeline.followers.clear()
    timeline.followers.update(FOLLOWERS)
    timeline.outboxes[:] = [outbox.statements_of]
    first_words.tellers[:] = [on_the_telephone.first_words]
