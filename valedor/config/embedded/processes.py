"""Starting PostgreSQL's programs: as the right account, and tied to the life of whoever starts
them.
"""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG = 1


def die_with_parent(with_signal: int = signal.SIGTERM) -> Callable[[], None]:
    """What a new process runs first, so that the kernel signals it when its parent dies, even of
    SIGKILL.

    Linux only; elsewhere the next start finds what was left.
    """
    return partial(end_with, os.getpid(), with_signal)


def end_with(parent: int, with_signal: int = signal.SIGTERM) -> None:
    """Have the kernel send this process a signal when its parent dies; leave if it already has."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(with_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)


def environment() -> Mapping[str, str]:
    """What PostgreSQL's programs need of the environment; no secret of ours goes to them."""
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "TZ") if name in os.environ
    }
    return {"PATH": "/usr/bin:/bin", **kept, "LC_ALL": "C"}


def run(
    program: Path, arguments: Sequence[str], *, account: str | None, folder: Path
) -> subprocess.CompletedProcess[str]:
    """Run one of the programs to its end in ``folder``, as ``account`` when root asks."""
    return subprocess.run(  # noqa: S603 -- a program of the wheel with arguments of ours
        [str(program), *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        **as_account(account),
    )


def as_account(account: str | None) -> dict[str, Any]:
    """The arguments for ``subprocess`` that make the new process run as ``account``."""
    if account is None:
        return {}
    return {"user": account, "group": account, "extra_groups": []}
