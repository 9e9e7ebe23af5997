"""What ``valedor check`` asks about mailboxes, telephone lines, SMS gateways and letters."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import Count

from valedor.casefile.models import Case, Letter, RawMessage
from valedor.casefile.seats import OFFICE_FILE
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.email import judging, judging_later, spam
from valedor.channels.models import Gateway, Line, Mailbox, Scan
from valedor.channels.post.reading import LANGUAGES, languages_here
from valedor.channels.sms.troubles import TROUBLES as AT_GATEWAYS
from valedor.channels.telephone.troubles import TROUBLES as AT_LINES
from valedor.foundation.checkup import Finding, question
from valedor.foundation.environment import BadSetting
from valedor.foundation.moments import now
from valedor.people.models import Entity


@question("mailboxes")
def mailboxes() -> Iterator[Finding]:
    """Every mailbox that lies on a server lets us in, and nothing lies unread."""
    troubled = Mailbox.objects.filter(is_active=True).exclude(trouble="").select_related("entity")
    for one in troubled:
        yield Finding(
            f"The mailbox {one.key} cannot be read: {one.trouble}",
            f"open /desk/settings/entities/{one.entity.key}/mailboxes/{one.key}/",
        )
    with viewing(the_house()):
        held = RawMessage.objects.filter(
            channel=Case.Channel.EMAIL, state=RawMessage.State.HELD
        ).exclude(seats=int(OFFICE_FILE)).count()  # fmt: skip
    if held:
        yield Finding(f"{held} mails wait for somebody.", "open /desk/held")
    if not troubled and not held:
        yield Finding("Every mailbox is read.")


@question("unwanted mail")
def unwanted_mail() -> Iterator[Finding]:
    """Whoever tells wanted mail from unwanted answers, where somebody is asked."""
    if not spam.is_asked_here():
        yield Finding("Nobody is asked whether mail is unwanted: RSPAMD_URL is not set.")
        return
    if said := judging.said_of_judge(at=now()):
        yield Finding(said, "look at rspamd: it does not answer, or takes too long")
    if waiting := judging_later.awaiting():
        yield Finding(
            f"{waiting} mails wait to be judged.", "nothing: they are asked about every 5 minutes"
        )
    try:
        spam.greet()
    except BadSetting as wrong:
        yield Finding(str(wrong), "set RSPAMD_URL")
    except spam.NoVerdict as error:
        yield Finding(
            f"rspamd does not answer ({error}): all mail is taken as wanted.",
            "start rspamd, or look at RSPAMD_URL",
        )
    else:
        yield Finding("rspamd answers.")


@question("telephone")
def lines() -> Iterator[Finding]:
    """Every line has a secret, and what its switchboard sends is believed."""
    active = list(Line.objects.filter(is_active=True).select_related("entity"))
    mute = [one for one in active if one.secret is None]
    for one in mute:
        yield Finding(
            f"The line {one.key} believes nobody: it has no secret.",
            f"open /desk/settings/entities/{one.entity.key}/lines/{one.key}/",
        )
    troubled = AT_LINES.recent(active, at=now())
    for trouble in troubled:
        yield Finding(
            f"The line {trouble.line.key} refused {trouble.times} posts: {trouble.reason}.",
            f"open /desk/settings/entities/{trouble.line.entity.key}/lines/",
        )
    if not mute and not troubled:
        yield Finding("Every telephone line is believed.")


@question("sms")
def gateways() -> Iterator[Finding]:
    """Every gateway sends and is believed."""
    if settings.DEMO:
        return
    active = list(Gateway.objects.filter(is_active=True).select_related("entity"))
    halves = [one for one in active if not one.address or one.secret is None]
    for one in halves:
        lacks = "sends nothing: it has no address" if not one.address else "believes nobody"
        yield Finding(
            f"The SMS gateway {one.key} {lacks}.",
            f"open /desk/settings/entities/{one.entity.key}/gateways/{one.key}/",
        )
    troubled = AT_GATEWAYS.recent(active, at=now())
    for trouble in troubled:
        one = trouble.gateway
        yield Finding(
            f"The SMS gateway {one.key} refused {trouble.times} requests on {trouble.on}: "
            f"{trouble.get_reason_display()}.",
            f"open /desk/settings/entities/{one.entity.key}/gateways/{one.key}/",
        )
    if not halves and not troubled:
        yield Finding("Every SMS gateway sends and is believed.")


@question("letters")
def letters() -> Iterator[Finding]:
    """None was refused, and none waits for a mail server."""
    with viewing(the_house()):
        counted = {
            (row["state"], row["channel"]): row["number"]
            for row in Letter.objects.filter(state__in=[Letter.State.WAITING, Letter.State.REFUSED])
            .values("state", "channel")
            .annotate(number=Count("pk"))
        }
    refused = sum(
        number for (state, _channel), number in counted.items() if state == Letter.State.REFUSED
    )
    by_mail = counted.get((Letter.State.WAITING, Case.Channel.EMAIL), 0)
    on_paper = sum(counted.values()) - refused - by_mail
    if refused:
        yield Finding(
            f"{refused} letters could not be sent.", "open /desk/ and find them another way"
        )
    if by_mail:
        yield Finding(
            f"{by_mail} letters by e-mail wait.",
            "look at them in /desk/" if settings.SMTP_URL or settings.DEMO else "set SMTP_URL",
        )
    if on_paper:
        yield Finding(f"{on_paper} letters wait to be printed.", "print them in /desk/")
    if not counted:
        yield Finding("Every letter has gone.")


@question("letters on paper")
def scanned_letters() -> Iterator[Finding]:
    """What is scanned can be read, in the languages of the house, and nothing lies unopened."""
    known = languages_here()
    spoken = {one for entity in Entity.objects.all() for one in entity.languages}
    missing = [name for key, name in LANGUAGES.items() if key in spoken and name not in known]
    with viewing(the_house()):
        unread = Scan.objects.filter(reading=Scan.Reading.NO_PROGRAM).count()
        unopened = Scan.objects.filter(
            raw__state=RawMessage.State.ARRIVED, registered_at__lt=now() - timedelta(hours=1)
        ).count()
    packages = " ".join(["tesseract-ocr", *(f"tesseract-ocr-{name}" for name in missing)])
    if not known:
        # Whoever scans nothing needs no program that reads.
        sentence = f"Tesseract is not installed: {unread} scanned letters were not read."
        yield Finding(sentence, f"apt-get install {packages}" if unread else "")
    elif missing:
        yield Finding(
            f"Tesseract does not know {', '.join(missing)}: it reads without.",
            f"apt-get install {packages}",
        )
    else:
        yield Finding("Scanned letters are read.")
    if unopened:
        yield Finding(f"{unopened} scans wait to be opened.", "start valedor worker")
