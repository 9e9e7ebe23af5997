"""What ``valedor check`` asks about mailboxes, telephone lines and letters."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count

from valedor.casefile.models import Case, Letter, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.models import Line, Mailbox
from valedor.channels.telephone.troubles import recent_troubles
from valedor.foundation.checkup import Finding, question
from valedor.foundation.moments import now


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
        ).count()
    if held:
        yield Finding(f"{held} mails wait for somebody.", "open /desk/held")
    if not troubled and not held:
        yield Finding("Every mailbox is read.")


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
    troubled = recent_troubles(active, at=now())
    for trouble in troubled:
        yield Finding(
            f"The line {trouble.line.key} refused {trouble.times} posts: {trouble.reason}.",
            f"open /desk/settings/entities/{trouble.line.entity.key}/lines/",
        )
    if not mute and not troubled:
        yield Finding("Every telephone line is believed.")


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
