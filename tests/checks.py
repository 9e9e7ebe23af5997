"""Every static check of ``make check``, in one list: two at a time, each with its name and
seconds.
"""

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CODE = ("valedor", "tests", "benchmarks", "conftest.py", "manage.py")


@dataclass(frozen=True)
class Check:
    """One check: a command whose exit code says whether it holds."""

    name: str
    command: tuple[str, ...]
    hint: str = ""


def templates() -> list[str]:
    """The templates of the checkout, those not committed yet too."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "valedor/*.html"],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    return [name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def _program(name: str, *words: str) -> tuple[str, ...]:
    return (str(BIN / name), *words)


def _ours(module: str, *words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", module, *words)


def _django(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-W", "ignore::RuntimeWarning", "manage.py", *words)


def checks() -> list[Check]:
    """The slowest first, so that the other core has something to do meanwhile."""
    code = [name for name in CODE if (ROOT / name).is_file() or any((ROOT / name).rglob("*.py"))]
    pages = templates()
    return [
        Check("types", _program("mypy", *code)),
        Check("lint", _program("ruff", "check", "--output-format", "concise", *code), "make fix"),
        Check(
            "format",
            _program("ruff", "format", "--check", "--output-format", "concise", *code),
            "make fix",
        ),
        Check("imports", _program("lint-imports")),
        Check(
            "templates: format",
            _program("djade", "--check", "--target-version", "5.2", *pages),
            "make fix",
        ),
        Check("templates: lint", _program("djlint", "--lint", "--quiet", *pages)),
        Check(
            "migrations",
            _django("makemigrations", "--check", "--dry-run"),
            "./manage.py makemigrations",
        ),
        Check("migrations: one line", _ours("tests.migrations")),
        Check("translations: fresh", _ours("tests.messages", "check"), "make messages"),
        Check("translations: complete", _ours("tests.messages", "complete")),
        Check("deployment", _django("check", "--deploy", "--fail-level", "WARNING")),
        Check("documents", _ours("tests.documents", "check"), "make docs"),
        Check("secrets", _ours("tests.leaks")),
    ]


def _run(check: Check) -> tuple[Check, int, float, str]:
    began = time.monotonic()
    done = subprocess.run(
        check.command,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env=_environment(),
    )
    return check, done.returncode, time.monotonic() - began, done.stdout


def _environment() -> dict[str, str]:
    """As a real installation, for what looks at its settings; no server is asked for anything."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "valedor.config.settings",
        "VALEDOR_HOME": str(ROOT / "var" / "checks"),
        "PUBLIC_URL": "https://valedor.example",
        "TRUSTED_PROXIES": "127.0.0.1",
        "DATABASE_URL": "postgresql://nobody@/nothing?host=/nonexistent",
        "DATABASE_OWNER_URL": "postgresql://owner@/nothing?host=/nonexistent",
        "PYTHONPATH": str(ROOT),
    }


def main() -> int:
    """Run all, or those named; print what failed in full."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="*", help="run these only")
    wanted = parser.parse_args().name
    chosen = [check for check in checks() if not wanted or check.name in wanted]
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for future in as_completed([pool.submit(_run, check) for check in chosen]):
            check, code, seconds, output = future.result()
            print(
                f"{'ok    ' if code == 0 else 'FAILED'} {seconds:6.1f} s  {check.name}", flush=True
            )
            if code:
                failed.append(check.name)
                print(output.rstrip())
                if check.hint:
                    print(f"hint: {check.hint}")
    if failed:
        print(f"{len(failed)} of {len(chosen)} checks failed: {', '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
