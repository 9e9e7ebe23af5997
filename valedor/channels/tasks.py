"""What the worker does for letters, mail, short messages, forms and calls.

The names are known to ``casefile.letters``.
"""

from valedor.casefile import receipts
from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewing
from valedor.channels import reminding, sending
from valedor.channels.chat import silence
from valedor.channels.email import inbound, judging_later, waiting
from valedor.channels.email.models import Mailbox
from valedor.channels.post import reading, scanning
from valedor.channels.sms import arriving as messages
from valedor.channels.sms import troubles as refused_sms
from valedor.channels.social import forgetting as unanswered
from valedor.channels.telephone import arriving as calls
from valedor.channels.telephone import forgetting, late
from valedor.channels.web_form import held, left_over
from valedor.foundation.jobs import enqueue_at, enqueue_many, task
from valedor.foundation.moments import now
from valedor.intake import attempts


@task(queue="letters", once="letter:{letter_id}")
def deliver_letter(letter_id: int) -> None:
    """Send a letter; try again later where the server asks for patience."""
    again_at = sending.deliver(letter_id, at=now())
    if again_at is not None:
        enqueue_at(again_at, deliver_letter, letter_id=letter_id)


@task(queue="letters", once="rescue-letters")
def rescue_letters() -> None:
    """Find letters that nobody has in hand and put them back into the queue."""
    enqueue_many(deliver_letter, [{"letter_id": pk} for pk in sending.forgotten(now())])


# One after the other: an answer is read after what it answers, and finds its case.
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


@task(queue="mail", once="judge-mail-later", lock="judge-mail-later")
def judge_mail_later() -> None:
    """Ask about mail that came in while nobody could be asked."""
    judging_later.judge_waiting(now=now)


@task(queue="mail", once="tell-of-held")
def tell_of_held() -> None:
    """Tell those who can act of messages that have been held for hours."""
    reminding.tell_of_held(now())


@task(queue="mail", once="remind-of-spam")
def remind_of_spam() -> None:
    """Remind team leads of mail that is held as spam."""
    reminding.remind_of_spam(now())


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


@task(queue="forms", once="end-silent-chats")
def end_silent_chats() -> None:
    """End chats that everybody has left."""
    silence.end_silent(now())


@task(queue="sms", once="read-sms-left-over")
def read_sms_left_over() -> None:
    """Register short messages whose process ended before they were read."""
    messages.read_left_over(now())


@task(queue="calls", once="settle-calls")
def settle_calls() -> None:
    """Read events whose process ended first, and end calls of which nothing is heard any more."""
    calls.read_left_over(now())
    forgetting.settle_silent(now())


@task(queue="calls", once="tell-late-call-backs")
def tell_late_call_backs() -> None:
    """Tell those who can act of calls that were promised and not made."""
    late.tell_late(now())


@task(queue="calls", once="forget-callers")
def forget_callers() -> None:
    """Remove who called more than a year ago, and old traces of what was refused."""
    forgetting.forget_callers(now())
    refused_sms.TROUBLES.forget_old(now())


@task(queue="calls")
def forget_callers_of(case_id: int, entry_id: int) -> None:
    """An erased case takes with it who called about it."""
    forgetting.forget_callers_of(case_id)


@task(queue="calls", once="forget-public-messages")
def forget_public_messages() -> None:
    """Remove what authors of public messages were asked about and did not answer."""
    unanswered.forget_unanswered(now())


@task(queue="scans", lock="scan:{raw_id}")
def open_scan(raw_id: int) -> None:
    """Look into a scan of letters, and part it where separators lie in it."""
    scanning.open_scan(raw_id, at=now())


@task(queue="scans", lock="scan:{raw_id}")
def read_scan(raw_id: int) -> None:
    """Read the words of a scanned letter."""
    reading.read_scan(raw_id)


@task(queue="scans", once="forget-stacks")
def forget_stacks() -> None:
    """Remove stacks of letters that were parted a month ago and seen to, letter by letter."""
    scanning.forget_old_stacks(now())


@task(queue="scans")
def forget_stack_of(case_id: int, entry_id: int) -> None:
    """What a letter of an erased case was cut out of goes with it."""
    scanning.forget_stacks_of(case_id)
