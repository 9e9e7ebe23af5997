"""What every measurement stands on: an installation of its own in a temporary folder, durable as in
production, served by our own server in processes of its own.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
VALEDOR = [sys.executable, "-m", "valedor.config.command_line"]


@dataclass
class Installation:
    """A house of its own: ``valedor …`` runs in it, ``served()`` serves it."""

    home: Path
    port: int
    environment: dict[str, str] = field(default_factory=dict)

    def command(self, *words: str, **more: Any) -> subprocess.CompletedProcess[str]:
        """Run a command of the product; its output as text. Raises when it fails."""
        done = subprocess.run(
            [*VALEDOR, *words],
            env=self.variables(),
            text=True,
            capture_output=True,
            **more,
            cwd=ROOT,
        )
        if done.returncode:
            raise RuntimeError(f"valedor {' '.join(words)}: {done.stdout}{done.stderr}")
        return done

    def variables(self) -> dict[str, str]:
        own = {
            "VALEDOR_HOME": str(self.home),
            "PORT": str(self.port),
            "PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "RATE_SUBMISSIONS_PER_HOUR": "100000000",
            "LOG_LEVEL": "WARNING",
        }
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return kept | own | self.environment

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def running(self, *words: str, ready: str = "/readyz") -> Iterator[subprocess.Popen[bytes]]:
        """Start ``valedor WORDS`` and wait until it answers; stop it afterwards."""
        process = subprocess.Popen(
            [*VALEDOR, *words], env=self.variables(), cwd=ROOT, stdout=subprocess.DEVNULL
        )
        try:
            if ready:
                wait_for(self.url + ready)
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                process.wait(60)

    @contextmanager
    def database(self) -> Iterator[None]:
        """Keep the embedded server up while this block runs."""
        from valedor.config import embedded

        member = embedded.join(self.home)
        try:
            yield
        finally:
            member.leave()


@contextmanager
def installation(**environment: str) -> Iterator[Installation]:
    """A fresh, set-up installation with one entity, ``bench``; removed afterwards."""
    home = Path(tempfile.mkdtemp(prefix="valedor-bench-", dir=os.environ.get("BENCH_WORK")))
    home.chmod(0o755)  # Where the server runs as root, its unprivileged account reaches it.
    house = Installation(home, free_port(), dict(environment))
    try:
        with house.database():
            house.command("migrate", "--quiet")
            house.command(
                "init", "--organisation", "Bench", "--entity", "bench", "--country", "ES",
                "--region", "ES-MD", "--languages", "es,en", "--admin", "admin@example.org",
            )  # fmt: skip
            yield house
    finally:
        shutil.rmtree(home, ignore_errors=True)


def join_django(house: Installation) -> None:
    """Set Django up in this process, as the application of this installation."""
    os.environ.update(house.variables())
    os.environ["DJANGO_SETTINGS_MODULE"] = "valedor.config.settings"
    import django

    django.setup()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def wait_for(url: str, seconds: float = 120) -> float:
    """Wait until an address answers 200; the seconds that took."""
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310
                if answer.status == 200:
                    return time.perf_counter() - began
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"{url} did not answer within {seconds} seconds")


def quantile(values: list[float], share: float) -> float:
    """The value that this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def keep(name: str, figures: Mapping[str, Any]) -> None:
    """Write the figures of one measurement to ``benchmarks/results/NAME.json``."""
    folder = ROOT / "benchmarks" / "results"
    folder.mkdir(exist_ok=True)
    text = json.dumps(figures, indent=1, ensure_ascii=False, sort_keys=True)
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def kept(name: str) -> dict[str, Any]:
    """The figures of one measurement as they were kept last; none where there are none yet."""
    file = ROOT / "benchmarks" / "results" / f"{name}.json"
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}


def say(**figures: object) -> None:
    """Print figures on one line."""
    print("  " + ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures.items()))
