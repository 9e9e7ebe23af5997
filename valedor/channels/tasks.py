"""What the worker does for letters, mail, forms and calls.

The names are known to ``casefile.letters``.
"""

from valedor.casefile import receipts
from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.email import inbound, outbound, waiting
from valedor.channels.email.models import Mailbox
from valedor.channels.telephone import arriving as calls
from valedor.channels.telephone import forgetting
from valedor.channels.web_form import held, left_over
from valedor.foundation.jobs import enqueue_at, enqueue_many, task
from valedor.foundation.moments import now
from valedor.intake import attempts


@task(queue="letters", once="letter:{letter_id}")
def deliver_letter(letter_id: int) -> None:
    """Send a letter; try again later where the server asks for patience."""
    again_at = outbound.deliver(letter_id, at=now())
    if again_at is not None:
        enqueue_at(again_at, deliver_letter, letter_id=letter_id)


@task(queue="letters", once="rescue-letters")
def rescue_letters() -> None:
    """Find letters that nobody has in hand and put them back into the queue."""
    enqueue_many(deliver_letter, [{"letter_id": pk} for pk in outbound.forgotten(now())])


# One after the other: two that read at once would register the same mail twice.
@task(queue="mail", once="mailbox:{mailbox_id}", lock="mailbox:{mailbox_id}")
def read_mailbox(mailbox_id: int) -> None:
    """Read what was committed and not read yet."""
    inbound.read_waiting(
        Mailbox.objects.select_related("entity", "team").get(pk=mailbox_id), now=now
    )


@task(queue="mail", once="read-mail-left-over")
def read_mail_left_over() -> None:
    """Mail that was committed and whose job was lost is read now."""
    with viewing(the_house()):
        boxes = inbound.mailboxes_with_unread(before=now() - inbound.LEFT_OVER)
    enqueue_many(read_mailbox, [{"mailbox_id": box.pk} for box in boxes])


@task(queue="mail", once="look-at-mailboxes")
def look_at_mailboxes() -> None:
    """Fetch every mailbox at which nobody waits for mail."""
    waiting.look_once(now=now)


@task(queue="papers")
def make_receipt(case_id: int, entry_id: int) -> None:
    """Draw up the receipt of a registered case and keep it with the case."""
    with viewing(the_house()):
        case = Case.objects.select_related("entity", "complainant", "mandate").get(pk=case_id)
        if case.erased_at is None:
            receipts.receipt_of(case, at=now())


@task(queue="forms", once="read-left-over")
def read_left_over() -> None:
    """Register what was posted to the form and never answered, because a process ended."""
    at = now()
    left_over.read_left_over(at)
    left_over.hold_unread(at)


@task(queue="forms", once="forget-held")
def forget_held() -> None:
    """Remove what nobody came back to finish, and yesterday's attempts."""
    at = now()
    held.forget_expired(at)
    attempts.forget_old(at)


@task(queue="calls", once="settle-calls")
def settle_calls() -> None:
    """Read events whose process ended first, and end calls of which nothing is heard any more."""
    calls.read_left_over(now())
    forgetting.settle_silent(now())


@task(queue="calls", once="forget-callers")
def forget_callers() -> None:
    """Remove who called more than a year ago."""
    forgetting.forget_callers(now())
