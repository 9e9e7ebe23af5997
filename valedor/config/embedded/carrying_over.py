"""Carrying the data over from an older major version of PostgreSQL.

The old data stays beside the new.
"""

import shutil
from pathlib import Path

from valedor.config.embedded import (
    data_folder,
    folders,
    locks,
    orphans,
    places,
    processes,
    programs,
)
from valedor.config.embedded.failures import ServerFailed


def carry_over(home: Path, old_programs: Path | None = None) -> Path | None:
    """Turn the data folder of ``home`` into one of this version; the folder of the old data.

    None when there is nothing to carry over. ``old_programs`` is the ``bin`` of the old version,
    where the wheel does not bring it. Raises ``ServerFailed``; the old data is then as it was.
    """
    place = places.place(home)
    if not place.data.exists():
        return None
    account = folders.account_of(place)
    with locks.starting(place.folder) as starting, locks.keeping(place.folder) as keeping:
        if not starting.exclusive() or not keeping.exclusive():
            raise ServerFailed("The database is in use.", "stop valedor, then type it again")
        found = (place.data / "PG_VERSION").read_text(encoding="ascii").strip()
        if found == str(places.MAJOR):
            return None
        orphans.end(place)
        old = old_programs or _brought_along(place, int(found))
        new = place.folder / "data.carried-over"
        shutil.rmtree(new, ignore_errors=True)
        data_folder.initialise(place, account, new, _checksums(place, old))
        working = place.folder / "carrying-over"
        folders.make(working, 0o700, account)
        # The socket lies in this private folder, so whoever reaches it is the account itself.
        access = working / "hba.conf"
        folders.write(access, "local all all trust\n", account)
        done = processes.run(
            programs.folder(place) / "pg_upgrade",
            ["--old-bindir", str(old), "--new-bindir", str(programs.folder(place)),
             "--old-datadir", str(place.data), "--new-datadir", str(new),
             "--old-options", f"-c hba_file={access}", "--new-options", f"-c hba_file={access}",
             "--username", "postgres", "--socketdir", str(working)],
            account=place.account,
            folder=working,
        )  # fmt: skip
        if done.returncode:
            raise ServerFailed(
                f"The data could not be carried over: {_last_line(done.stdout + done.stderr)}",
                f"look into {new}/pg_upgrade_output.d",
            )
        kept = place.folder / f"data.{found}"
        place.data.rename(kept)
        new.rename(place.data)
        shutil.rmtree(working, ignore_errors=True)
        return kept


def _brought_along(place: places.Place, major: int) -> Path:
    try:
        return programs.folder(place, major)
    except KeyError as error:
        raise ServerFailed(
            f"This version brings no PostgreSQL {major} to read the old data with.",
            f"valedor carry-over --old-programs /usr/lib/postgresql/{major}/bin",
        ) from error


def _checksums(place: places.Place, old: Path) -> str:
    """The new folder must check its pages exactly when the old one does."""
    told = processes.run(
        old / "pg_controldata", [str(place.data)], account=place.account, folder=place.data
    )
    has_none = any(
        line.startswith("Data page checksum version:") and line.split(":")[1].strip() == "0"
        for line in told.stdout.splitlines()
    )
    return "--no-data-checksums" if has_none else "--data-checksums"


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return " ".join(lines[-2:])
