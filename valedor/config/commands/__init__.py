"""The commands of ``valedor``, a module each.

The first line of a module's docstring is its line in the list. It has ``add_arguments(parser)``,
``run(arguments) -> int`` (the exit code) and ``NEEDS``, one of

- ``"nothing"``: neither Django nor a database;
- ``"django"``: Django set up, no database;
- ``"database"``: Django with the application's login, the embedded server running where it is used;
- ``"owner"``: the same with the owner's login.

One whose caller understands a single failure says which code that is (``FAILS_WITH``).

A module named ``import_`` is the command ``import``; ``_`` is written ``-``.
"""

from collections.abc import Sequence


class CommandFailed(Exception):
    """A command cannot do what it was asked.

    ``message`` is one sentence, ``hint`` something that can be typed, ``code`` stable and meant for
    programs. The exit code is 2 when something is wrong with what was asked, 1 when it is not.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        code: str = "failed",
        exit_code: int = 2,
        lines: Sequence[str] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code
        self.exit_code = exit_code
        self.lines = lines
