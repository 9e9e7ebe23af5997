"""From a real IMAP server to a registered case with its acknowledgement queued, messages a second.

A burst lies in one mailbox (``BENCH_MAILS`` messages, 10,000 unless said otherwise) when the worker
starts; timed is from its first commit to the last registered case, by one worker that does nothing
but mail: the acknowledgements stay queued.

With ``BENCH_KILLS`` workers are killed (``kill -9``) at random moments while the burst is read, and
afterwards every message is a case exactly once and ``valedor verify`` finds every chain whole.
"""

import json
import os
import random
import time
from email.message import EmailMessage
from typing import Any

from benchmarks.ground import Installation, installation, join_django, keep, say
from benchmarks.killing import _kill, _start
from benchmarks.texts import narratives
from tests import dovecot
from tests.dovecot import PASSWORD, Dovecot

MAILS = int(os.environ.get("BENCH_MAILS", "10000"))
KILLS = int(os.environ.get("BENCH_KILLS", "100"))
KILLED_MAILS = int(os.environ.get("BENCH_KILLED_MAILS", "3000"))
SENDERS = 997  # So many that no cap per sender and hour is met: 60 contacts each.


def measure() -> None:
    """Fetch and register a burst; then another one under kills. Raises where one is lost."""
    figures: dict[str, Any] = {"load_before": os.getloadavg()[0]}
    with installation() as house, dovecot.running() as server:
        join_django(house)
        _a_mailbox(house, server, "burst")
        _fill(server, "burst", MAILS)
        figures |= _timed(house, MAILS)
        say(**figures)
        keep("mailing", figures)
        if KILLS:
            _a_mailbox(house, server, "killed")
            figures["killing"] = _killed(house, server, KILLED_MAILS)
            say(**figures["killing"])
            keep("mailing", figures)
    broken = figures.get("killing", {})
    if any(broken.get(name) for name in ("lost", "doubled", "held", "chains_broken")):
        raise SystemExit("Messages were lost, doubled or held.")


def _a_mailbox(house: Installation, server: Dovecot, name: str) -> None:
    from valedor.channels.email.actions.set_mailbox import set_mailbox
    from valedor.foundation.moments import now
    from valedor.people.models import Entity

    set_mailbox(
        Entity.objects.get(key="bench"),
        name,
        by=None,
        at=now(),
        address=f"{name}@bench.example",
        language="es",
        host="127.0.0.1",
        port=server.port,
        security="none",
        login=name,
        secret=PASSWORD,
        is_active=True,
    )


def _fill(server: Dovecot, name: str, number: int) -> None:
    """Ordinary mails with a page of their own; one in ten brings a file along."""
    for start in range(0, number, 500):
        count = min(500, number - start)
        texts = narratives(count, seed=start)
        server.put(name, *(_mail(name, start + n, text) for n, text in enumerate(texts)))


def _mail(name: str, number: int, text: str) -> bytes:
    mail = EmailMessage()
    mail["From"] = f"Marta Soler <marta.{number % SENDERS}@example.org>"
    mail["To"] = f"{name}@bench.example"
    mail["Subject"] = f"Factura {name} {number}"
    mail["Date"] = "Fri, 20 Nov 2026 09:00:00 +0100"
    mail["Message-ID"] = f"<{name}-{number}@example.org>"
    mail.set_content(text)
    mail.add_alternative(f"<p>{text}</p>", subtype="html")
    if number % 10 == 0:
        mail.add_attachment(
            f"%PDF-1.4 {name} {number}".encode() * 200,
            maintype="application", subtype="pdf", filename="factura.pdf",
        )  # fmt: skip
    return mail.as_bytes()


def _timed(house: Installation, number: int) -> dict[str, Any]:
    with house.running("worker", "--queue", "mail", ready=""):
        while not _come("burst"):
            time.sleep(0.02)
        began = time.perf_counter()
        last, quiet = 0, time.perf_counter()
        while (done := _registered("burst")) < number:
            if done != last:
                last, quiet = done, time.perf_counter()
            elif time.perf_counter() - quiet > 120:
                raise SystemExit(f"Nothing moves: {done} of {number} are registered.")
            time.sleep(0.2)
        elapsed = time.perf_counter() - began
    return {
        "mails": number,
        "mails_per_second": round(number / elapsed, 1),
        "seconds": round(elapsed, 1),
        "acknowledgements_queued": _acknowledged("burst"),
        "load_after": round(os.getloadavg()[0], 2),
    }


def _killed(house: Installation, server: Dovecot, number: int) -> dict[str, Any]:
    """Mails arrive a few at a time, so that a worker dies in every step of the way."""
    chance = random.Random(7)
    each = max(1, number // max(KILLS, 1))
    put = 0
    for _kill_number in range(KILLS):
        texts = narratives(each, seed=put)
        server.put("killed", *(_mail("killed", put + n, text) for n, text in enumerate(texts)))
        put += each
        process = _start(house, "worker")
        time.sleep(chance.uniform(1.5, 3.5))
        _kill(process)
    with house.running("worker", ready=""):
        until = time.monotonic() + 900
        while _registered("killed") < put and time.monotonic() < until:
            time.sleep(0.5)
    return _counted(put) | {
        "kills": KILLS,
        "chains_broken": len(json.loads(house.command("verify", "--json").stdout)["broken"]),
    }


def _counted(put: int) -> dict[str, Any]:
    from valedor.casefile.models import Case, RawMessage
    from valedor.casefile.viewing import the_house, viewing

    with viewing(the_house()):
        found = list(
            Case.objects.filter(subject__startswith="Factura killed ").values_list(
                "subject", flat=True
            )
        )
        held = RawMessage.objects.filter(state=RawMessage.State.HELD).count()
    return {
        "killed_mails": put,
        "lost": put - len(set(found)),
        "doubled": len(found) - len(set(found)),
        "held": held,
    }


def _come(name: str) -> int:
    return _raws(name, None)


def _registered(name: str) -> int:
    from valedor.casefile.models import RawMessage

    return _raws(name, RawMessage.State.REGISTERED)


def _raws(name: str, state: str | None) -> int:
    from valedor.casefile.models import RawMessage
    from valedor.casefile.viewing import the_house, viewing

    with viewing(the_house()):
        found = RawMessage.objects.filter(envelope__mailbox=name)
        return found.filter(state=state).count() if state else found.count()


def _acknowledged(name: str) -> int:
    from valedor.casefile.models import Letter
    from valedor.casefile.viewing import the_house, viewing

    with viewing(the_house()):
        return Letter.objects.filter(
            kind="receipt", case__subject__startswith=f"Factura {name} "
        ).count()
