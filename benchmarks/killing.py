"""One hundred ``kill -9`` at random moments of registering, sending and importing.

Afterwards: every submission that was answered is registered once, every file row is a case once,
every letter has gone to the mail server, and ``valedor verify`` finds every chain whole.
"""

import contextlib
import json
import os
import random
import signal
import subprocess
import threading
import time
from typing import Any

from benchmarks.ground import (
    ROOT,
    VALEDOR,
    Installation,
    installation,
    join_django,
    keep,
    say,
    wait_for,
)
from benchmarks.importing import write_file
from benchmarks.mail import Sink
from benchmarks.registration import _body

KILLS = int(os.environ.get("BENCH_KILLS", "100"))


def measure() -> None:
    """Kill, count, print and keep. Raises when anything was lost or doubled."""
    from benchmarks.ground import free_port

    port = free_port()
    sink = Sink(port)
    chance = random.Random(11)
    with installation(WEB_WORKERS="1", SMTP_URL=f"smtp://127.0.0.1:{port}") as house:
        join_django(house)
        kills = {
            "serve": KILLS // 2,
            "worker": KILLS // 4,
            "import": KILLS - KILLS // 2 - KILLS // 4,
        }
        answered = _kill_while_registering(house, kills["serve"], chance)
        _kill_workers(house, kills["worker"], chance)
        imported = _kill_imports(house, kills["import"], chance)
        with house.running("worker", ready=""):
            _until_idle()
        figures = _count(answered, imported, sink)
        verified = json.loads(house.command("verify", "--json").stdout)
        figures |= {"kills": KILLS, "chains_broken": len(verified["broken"])}
    sink.stop()
    say(**figures)
    keep("killing", figures)
    lost = [
        name for name in ("lost", "doubled", "letters_forgotten", "chains_broken") if figures[name]
    ]
    if not figures["answered"]:
        raise SystemExit("Nothing was registered, so nothing is shown.")
    if lost:
        raise SystemExit(f"Something went wrong: {', '.join(lost)}.")


def _kill_while_registering(house: Installation, kills: int, chance: random.Random) -> set[str]:
    """Tokens whose submission was answered with a receipt; each is sent again until it is."""
    from valedor.channels.web_form.tokens import new_token

    answered: set[str] = set()
    ends = threading.Event()

    def fill_in() -> None:
        import http.client

        while not ends.is_set():
            token = new_token()
            body = _body(str(token), f"Registro con corte {token.secret}", 1)
            for _attempt in range(400):
                try:
                    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=20)
                    connection.request(
                        "POST", "/bench/complain", body,
                        {"Content-Type": "application/x-www-form-urlencoded"},
                    )  # fmt: skip
                    if connection.getresponse().status == 302:
                        answered.add(token.secret)
                        break
                except OSError:
                    pass
                except http.client.HTTPException:
                    pass
                time.sleep(0.1)

    clients = [threading.Thread(target=fill_in) for _ in range(3)]
    for client in clients:
        client.start()
    for _number in range(kills):
        process = _start(house, "serve")
        wait_for(house.url + "/healthz")
        time.sleep(chance.uniform(0.1, 1.2))
        _kill(process)
    process = _start(house, "serve")
    wait_for(house.url + "/healthz")
    ends.set()
    for client in clients:
        client.join()
    process.send_signal(signal.SIGINT)
    process.wait(60)
    return answered


def _kill_workers(house: Installation, kills: int, chance: random.Random) -> None:
    for _kill_number in range(kills):
        process = _start(house, "worker")
        time.sleep(chance.uniform(2.0, 4.0))
        _kill(process)


def _kill_imports(house: Installation, kills: int, chance: random.Random) -> int:
    path = house.home / "killed.csv"
    number = 20_000
    write_file(path, number, still_open=500)
    for _kill_number in range(kills):
        process = _start(house, "import", "spreadsheet", str(path), "--entity", "bench")
        time.sleep(chance.uniform(1.5, 3.5))
        _kill(process)
    house.command("import", "spreadsheet", str(path), "--entity", "bench")
    return number


def _start(house: Installation, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*VALEDOR, *words], env=house.variables(), cwd=ROOT, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The whole group of a process that was started here, as a power cut would."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _until_idle() -> None:
    from django.db import connection

    for _second in range(900):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
                " AND coalesce(scheduled_at, now()) <= now() + interval '10 minutes'"
            )
            if not cursor.fetchone()[0]:
                return
        time.sleep(1)


def _count(answered: set[str], imported: int, sink: Sink) -> dict[str, Any]:
    from valedor.casefile.models import Case, Letter
    from valedor.casefile.viewing import the_house, viewing

    with viewing(the_house()):
        from valedor.casefile.models import EntryContent

        texts = [
            body.rsplit(" ", 1)[1]
            for body in EntryContent.objects.filter(
                body__startswith="Registro con corte"
            ).values_list("body", flat=True)
        ]
        from_file = Case.objects.exclude(source="").count()
        letters = list(Letter.objects.values_list("message_id", "state", "sent_again"))
    registered = {text for text in texts if len(text) > 20}
    return {
        "answered": len(answered),
        "registered": len(texts),
        "lost": len(answered - registered) + max(0, imported - from_file),
        "doubled": len(texts) - len(registered) + max(0, from_file - imported),
        "letters": len(letters),
        "letters_forgotten": sum(
            state != "accepted" or number not in sink.seen for number, state, _again in letters
        ),
        "letters_sent_twice": sum(times > 1 for times in sink.seen.values()),
        "sent_twice_marked": sum(again for _number, _state, again in letters),
    }
