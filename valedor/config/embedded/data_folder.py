"""The data folder: made when missing, refused when another version wrote it, cleared of what a
crash left.
"""

import os
import pwd
import shutil
from pathlib import Path

from valedor.config.embedded import folders, orphans, places, processes, programs, tuning
from valedor.config.embedded.failures import ServerFailed, not_ours
from valedor.config.embedded.places import Place

LOG_LIMIT = 5 * 2**20
# Text sorts by code point here and is sorted for readers where it is shown; so no upgrade of the
# system's locales can make an index wrong.
INITDB = (
    "--username postgres --auth peer --encoding UTF8 --no-instructions "
    "--locale-provider builtin --builtin-locale C.UTF-8 --locale C"
)


def prepare(place: Place, account: pwd.struct_passwd | None) -> None:
    """Make the data folder ready for a server to start on it; nobody else has it open."""
    if not (places.installed() / "bin" / "postgres").exists():
        raise ServerFailed(
            "The package with PostgreSQL is not installed, or brings no server for this machine.",
            "set DATABASE_URL to a PostgreSQL server of version 15 or later, or type make setup",
        )
    if place.moved and not place.data.exists():
        folders.say(
            f"The account {place.account} cannot reach VALEDOR_HOME or the programs: "
            f"the database and a copy of the programs lie in {place.folder}."
        )
    if not place.data.exists():
        initialise(place, account, place.data)
    try:
        _refuse_other_major(place)
        orphans.end(place)
        folders.make_socket_folder(place, account)
        for left in place.socket.glob(".s.PGSQL.*"):
            left.unlink()
        _write_access(place, account)
    except PermissionError as error:
        raise not_ours(place.folder) from error
    if place.log.exists() and place.log.stat().st_size > LOG_LIMIT:
        place.log.replace(place.log.with_suffix(".log.1"))


def initialise(
    place: Place, account: pwd.struct_passwd | None, target: Path, *options: str
) -> None:
    """Make the data folder under another name first: an interrupted start leaves nothing that
    looks whole.
    """
    unfinished = place.folder / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    folders.make(unfinished, 0o700, account)
    made = processes.run(
        programs.folder(place) / "initdb",
        [*INITDB.split(), *options, "--pgdata", str(unfinished)],
        account=place.account,
        folder=unfinished,
    )
    if made.returncode:
        shutil.rmtree(unfinished, ignore_errors=True)
        told = (made.stderr.strip() or made.stdout.strip()).splitlines() or ["initdb said nothing"]
        # The first line that names a reason; what follows is how it came down.
        reason = next((line for line in told if "FATAL:" in line or "error:" in line), told[-1])
        reason = reason.split("FATAL:")[-1].split("error:")[-1].strip()
        raise ServerFailed(
            f"The database could not be made: {reason}.",
            f"df -h {place.folder}, or set DATABASE_URL to a PostgreSQL server of your own",
        )
    folders.write(unfinished / "postgresql.conf", tuning.settings_file(), account)
    unfinished.rename(target)


def _refuse_other_major(place: Place) -> None:
    found = (place.data / "PG_VERSION").read_text(encoding="ascii").strip()
    if found == str(places.MAJOR):
        return
    message = (
        f"{place.data} was written by PostgreSQL {found}; "
        f"this version of Valedor runs {places.MAJOR}."
    )
    if int(found.split(".")[0]) > places.MAJOR:
        raise ServerFailed(message, "use the version of Valedor that wrote it, or restore a backup")
    raise ServerFailed(message, "valedor carry-over")


def _write_access(place: Place, account: pwd.struct_passwd | None) -> None:
    """Who may connect: the account that runs the server, and root where root starts it, as any
    login.
    """
    runner = account.pw_name if account else pwd.getpwuid(os.geteuid()).pw_name
    accounts = sorted({runner, "root"} if account else {runner})
    folders.write(place.data / "valedor_hba.conf", "local all all peer map=valedor\n", account)
    lines = "".join(f'valedor "{name}" all\n' for name in accounts)
    folders.write(place.data / "valedor_ident.conf", lines, account)
