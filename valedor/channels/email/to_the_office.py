"""Mail to the mailbox of the ombudsman's office: it joins a file of the office or begins one, and
never a case of the company.
"""

from dataclasses import replace

from django.db import transaction

from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.documents import add_document
from valedor.casefile.models import Case, Document
from valedor.casefile.seats import OFFICE_FILE
from valedor.channels.email import enclosed, keeping
from valedor.channels.email.keeping import Incoming
from valedor.channels.email.registering import submission_of
from valedor.channels.email.threads import Thread
from valedor.foundation import rows
from valedor.foundation.refusals import Refused
from valedor.intake import attempts
from valedor.intake.models import Attempt
from valedor.review.office.actions.bring import bring_first_hand
from valedor.review.office.actions.hear import refuse_document
from valedor.review.office.queries import brought_last

NO_OFFICE = "nobody holds the office"


def file_instead(thread: Thread) -> Thread | None:
    """Where a mail to the ombudsman belongs that answers something of the company: to the file that
    was brought about that case, where there is one; else it is something new.
    """
    if thread.case_id < 0:
        return thread
    case = Case.objects.get(pk=thread.case_id)
    proceeding = brought_last(case)
    return Thread(proceeding.case_id) if proceeding is not None else None


def bring(incoming: Incoming) -> str:
    """Begin a file, in the current transaction. Why it waits for somebody instead, if it does."""
    kept, refused = enclosed.files_of(incoming.mail)
    submission = submission_of(
        incoming.mail, incoming.mailbox, incoming.raw, sender=incoming.sender, files=(),
        refused=(), is_kept_quiet=False,
    )  # fmt: skip
    if not submission.narrative.strip():
        submission = replace(submission, narrative="…")

    def also(file: Case) -> list[rows.Statement]:
        noted = attempts.noting(Attempt.What.MAIL, incoming.sender.address, at=incoming.at)
        return [noted, *map(rows.insert_of, keeping.rows_of(incoming, case=file))]

    came = incoming.raw.received_at
    try:
        with transaction.atomic():
            file = bring_first_hand(submission, by=COMPLAINANT, at=came, also=also).file
    except Refused:
        return NO_OFFICE
    for one in kept:
        add_document(
            file, one, side=Document.Side.COMPLAINANT, by=COMPLAINANT, at=came, seats=OFFICE_FILE
        )
    for each in refused:
        refuse_document(file, refused=each, by=COMPLAINANT, at=came)
    return ""
