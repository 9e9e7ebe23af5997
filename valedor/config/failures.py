"""What a failure of the machine or of the database means to whoever typed the command."""

import errno
import os

from valedor.config.commands import CommandFailed

# What the machine refuses and a person can mend, by what shows why.
OF_THE_MACHINE = {
    errno.ENOSPC: "df -h",
    errno.EDQUOT: "df -h",
    errno.EROFS: "findmnt -T",
    errno.EACCES: "ls -ld",
    errno.EPERM: "ls -ld",
}
_DISK_FULL = "53100"
_NOT_ALLOWED = "42501"


def of_the_machine(error: OSError) -> CommandFailed:
    """A full disk, a read-only one, or one that the account may not use."""
    where = os.fsdecode(error.filename) if error.filename else "VALEDOR_HOME"
    return CommandFailed(
        f"{where} cannot be used: {error.strerror}.",
        hint=f"{OF_THE_MACHINE[error.errno or 0]} {where}",
        code="machine",
        exit_code=1,
    )


def of_the_database(error: Exception) -> CommandFailed | None:
    """What Django's ``DatabaseError`` says about the installation; None where it is our mistake."""
    from django.db import OperationalError

    reason = (str(error).strip() or type(error).__name__).splitlines()[0]
    state = getattr(error.__cause__, "sqlstate", None)
    if state == _DISK_FULL:
        sentence, hint, code = (
            f"The disk of the database is full: {reason}.", "df -h", "disk_full"
        )  # fmt: skip
    elif isinstance(error, OperationalError):
        sentence, hint, code = (
            f"The database does not answer: {reason}.",
            "look at DATABASE_URL, then type valedor check",
            "no_database",
        )
    elif state == _NOT_ALLOWED and "row-level security" not in reason:
        sentence, hint, code = (
            f"The application's login may not use the tables: {reason}.",
            "valedor migrate",
            "not_migrated",
        )
    elif "does not exist" in reason:
        sentence, hint, code = (
            "The tables of the database are not those of this version.",
            "valedor migrate",
            "not_migrated",
        )
    else:
        return None
    return CommandFailed(sentence, hint=hint, code=code, exit_code=1)
