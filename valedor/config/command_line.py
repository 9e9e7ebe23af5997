"""``valedor COMMAND``: finds the command, gives it what it needs, and says what went wrong."""

import argparse
import ast
import difflib
import importlib
import json
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from valedor.config import commands, database, embedded, failures
from valedor.config.commands import CommandFailed
from valedor.foundation.environment import BadSetting

FOLDER = Path(commands.__file__).parent


def names() -> dict[str, str]:
    """Every command and the module that holds it."""
    modules = (path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
    return {stem.rstrip("_").replace("_", "-"): stem for stem in sorted(modules)}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 done, 1 our failure or something found, 2 wrong asked."""
    words = list(sys.argv[1:] if argv is None else argv)
    always = _fails_with(words)
    if always is None:
        return _run_and_say(words)
    try:
        return _run_and_say(words) and always
    except Exception:  # noqa: BLE001 -- whatever it was, the caller must keep what it has
        traceback.print_exc()
        return always


def _fails_with(words: list[str]) -> int | None:
    """The one exit code of a command whose caller tells failures apart by nothing else."""
    if not words or words[0] not in names():
        return None
    code: int | None = getattr(_module(words[0]), "FAILS_WITH", None)
    return code


def _run_and_say(words: list[str]) -> int:
    try:
        return _run(words)
    except CommandFailed as error:
        failure = error
    except BadSetting as error:
        failure = CommandFailed(
            str(error), hint="docs/reference/settings.md lists the settings", code="bad_setting"
        )
    except embedded.ServerFailed as error:
        failure = CommandFailed(str(error), hint=error.hint, code="no_database", exit_code=1)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the output has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.errno not in failures.OF_THE_MACHINE:
            raise
        failure = failures.of_the_machine(error)
    failure.hint = failure.hint or f"valedor {words[0]} --help"
    return _say(failure, as_json="--json" in words)


def _run(words: list[str]) -> int:
    if not words or words[0] in {"-h", "--help", "help"}:
        print(_overview())
        return 0
    if words[0] == "--version":
        from importlib.metadata import version

        print(version("valedor"))
        return 0
    module = _module(words[0])
    parser = _Parser(prog=f"valedor {words[0]}", description=module.__doc__, allow_abbrev=False,
                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    module.add_arguments(parser)
    arguments = parser.parse_args(words[1:])
    # A command may need less for some of what it is asked.
    needs = module.needs(arguments) if hasattr(module, "needs") else module.NEEDS
    with ExitStack() as stack:
        if needs in {"database", "owner"}:
            login: database.Login = "owner" if needs == "owner" else "application"
            stack.enter_context(database.available(login))
        if needs == "nothing":
            return int(module.run(arguments))
        set_up_django()
        return _answered(module, arguments)


def _answered(module: ModuleType, arguments: argparse.Namespace) -> int:
    from django.db import DatabaseError

    from valedor.foundation.refusals import Refused

    try:
        return int(module.run(arguments))
    except Refused as refused:
        raise CommandFailed(str(refused.refusal), code=refused.code) from refused
    except DatabaseError as error:
        failure = failures.of_the_database(error)
        if failure is None:
            raise
        raise failure from error


def set_up_django() -> None:
    """Load settings and packages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "valedor.config.settings")
    import django

    django.setup()


def _module(name: str) -> ModuleType:
    known = names()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        raise CommandFailed(
            f"There is no command {name}.",
            hint=f"valedor {near[0]}" if near else "valedor --help lists the commands",
            code="unknown_command",
        )
    return importlib.import_module(f"valedor.config.commands.{known[name]}")


def _overview() -> str:
    lines = ["valedor COMMAND …", ""]
    known = names()
    width = max(map(len, known))
    for name, stem in known.items():
        text = ast.get_docstring(ast.parse((FOLDER / f"{stem}.py").read_text("utf-8"))) or ""
        lines.append(f"  {name:{width}}  {text.splitlines()[0] if text else ''}")
    return "\n".join([*lines, "", "valedor COMMAND --help tells what it takes."])


class _Parser(argparse.ArgumentParser):
    """Argparse, whose complaint becomes a sentence and a hint like any other."""

    def error(self, message: str) -> NoReturn:
        raise CommandFailed(
            f"{message[:1].upper()}{message[1:]}.", hint=f"{self.prog} --help", code="usage"
        )


def _say(failure: CommandFailed, *, as_json: bool) -> int:
    if as_json:
        error = {"code": failure.code, "message": failure.message, "hint": failure.hint}
        print(json.dumps({"error": error}, ensure_ascii=False))
    print(failure.message, file=sys.stderr)
    for line in failure.lines:
        print(line, file=sys.stderr)
    if failure.hint:
        print(f"hint: {failure.hint}", file=sys.stderr)
    return failure.exit_code


if __name__ == "__main__":
    sys.exit(main())
