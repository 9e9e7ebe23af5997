"""Take in one message from standard input, for a mail server's pipe: committed now, read later.

Exit 0 means that it is committed here; 75, whatever happened, that the mail server still has it and
should try again (EX_TEMPFAIL of sysexits.h).
"""

import argparse
import sys
from difflib import get_close_matches

from valedor.config.commands import CommandFailed

NEEDS = "database"
FAILS_WITH = 75


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which mailbox it came to."""
    parser.add_argument("--mailbox", required=True, help="key of the mailbox")
    parser.add_argument("--sender", default="", help="envelope sender, where the server tells it")
    parser.add_argument("--recipient", default="", help="envelope recipient, likewise")


def run(arguments: argparse.Namespace) -> int:
    """Nothing is read here, so nothing in a message can stand against keeping it."""
    from valedor.channels.email import arriving
    from valedor.channels.email.models import Mailbox
    from valedor.foundation.moments import now

    content = sys.stdin.buffer.read()
    if not content.strip():
        raise CommandFailed("Nothing came on standard input.", hint="valedor mail-in --help")
    mailbox = Mailbox.objects.filter(key=arguments.mailbox).first()
    if mailbox is None:
        known = list(Mailbox.objects.values_list("key", flat=True))
        near = get_close_matches(arguments.mailbox, known, 1, 0.3) or known[:1]
        raise CommandFailed(
            f"There is no mailbox {arguments.mailbox}.",
            hint=f"valedor mail-in --mailbox {near[0]}" if near else "valedor configure --help",
            code="unknown_mailbox",
        )
    envelope = {"sender": arguments.sender, "recipient": arguments.recipient}
    told = {name: said for name, said in envelope.items() if said}
    arriving.keep(mailbox, [arriving.Arrived(content, told)], at=now())
    return 0
