"""The folders of the embedded server and the account that runs it."""

import os
import pwd
import subprocess
import sys
from pathlib import Path

from valedor.config.embedded.failures import ServerFailed
from valedor.config.embedded.places import Place


def say(sentence: str) -> None:
    """Tell whoever started what is done on the machine on their behalf."""
    sys.stderr.write(f"{sentence}\n")


def account_of(place: Place) -> pwd.struct_passwd | None:
    """The system account that runs the server for root; made when missing, as a package of Debian
    would.
    """
    if place.account is None:
        return None
    try:
        return pwd.getpwnam(place.account)
    except KeyError:
        pass
    options = (
        "--system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin"
    )
    made = subprocess.run(  # noqa: S603 -- the system's own program
        ["/usr/sbin/useradd", *options.split(), place.account],
        check=False,
        capture_output=True,
        text=True,
    )
    if made.returncode:
        raise ServerFailed(
            f"PostgreSQL does not run as root, and the account {place.account} could not be made: "
            f"{made.stderr.strip()}",
            f"useradd --system {place.account}, or start as an ordinary account",
        )
    say(f"The system account {place.account} was made: PostgreSQL does not run as root.")
    return pwd.getpwnam(place.account)


def make(folder: Path, mode: int, account: pwd.struct_passwd | None) -> None:
    """Make a folder of ours; one that exists is left as it is, except that it must be usable."""
    try:
        if folder.is_dir():
            return
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=mode)
        folder.chmod(mode)
        if account is not None:
            os.chown(folder, account.pw_uid, account.pw_gid)
    except OSError as error:
        if isinstance(error, FileExistsError) and folder.is_dir():  # Another process was first.
            return
        raise ServerFailed(
            f"{folder} cannot be made: {error.strerror}.",
            "set VALEDOR_HOME to a folder of your own",
        ) from error


def make_socket_folder(place: Place, account: pwd.struct_passwd | None) -> None:
    """The socket's folder: private, and ours even where everybody may write (/tmp)."""
    make(place.socket, 0o700, account)
    status = place.socket.lstat()
    expected = account.pw_uid if account else os.geteuid()
    if status.st_uid != expected or status.st_mode & 0o077 or place.socket.is_symlink():
        raise ServerFailed(
            f"{place.socket} exists and is not a private folder of the server's account.",
            f"rm -r {place.socket}, after looking whose it is",
        )


def write(path: Path, text: str, account: pwd.struct_passwd | None) -> None:
    """Write a private file that belongs to the account that runs the server."""
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    if account is not None:
        os.chown(path, account.pw_uid, account.pw_gid)
