"""docs/reference/commands.md: every command with what it takes, from its own parser."""

import argparse
import importlib
import inspect
from collections.abc import Iterator
from types import ModuleType

from valedor.config import command_line

from .markdown import code, paragraphs, table, written_from

_NEEDS = {
    "nothing": "Needs neither a database nor settings.",
    "django": "Needs no database.",
    "database": "Needs the database, as the application's login.",
    "owner": "Needs the database, as the owner's login.",
}


def page() -> str:
    """The whole page."""
    return (
        "# Commands\n\n"
        + written_from("valedor/config/commands/")
        + "`valedor COMMAND …`; the program lies in `.venv/bin/`. `valedor --help` lists the "
        "commands, `valedor COMMAND --help`\ntells what one takes.\n\n"
        "Exit code 0: done. 2: something is wrong with what was asked. 1: a failure of our own, or "
        "something was found that\nmust be seen to. What went wrong is one sentence on standard "
        "error, with a `hint:` that can be typed; with `--json`,\nwhere a command has it, the same "
        "as an object on standard output.\n\n" + "".join(_sections()).rstrip() + "\n"
    )


def _sections() -> Iterator[str]:
    for name, stem in command_line.names().items():
        module = importlib.import_module(f"valedor.config.commands.{stem}")
        yield f"## `valedor {name}`\n\n{_about(module)}\n\n{_NEEDS[module.NEEDS]}\n\n"
        parser = argparse.ArgumentParser(add_help=False)
        module.add_arguments(parser)
        rows = [_row(action) for action in parser._actions if action.help != argparse.SUPPRESS]
        if rows:
            yield table(("argument", "meaning"), rows)


def _about(module: ModuleType) -> str:
    return paragraphs(inspect.cleandoc(module.__doc__ or ""))


def _row(action: argparse.Action) -> tuple[str, str]:
    return code(_written(action)), _meaning(action)


def _written(action: argparse.Action) -> str:
    """As somebody types it."""
    if not action.option_strings:
        return _value(action)
    name = max(action.option_strings, key=len)
    return f"{name} {_value(action)}" if action.nargs != 0 else name


def _value(action: argparse.Action) -> str:
    if isinstance(action.metavar, str):
        return action.metavar
    if action.choices is not None:
        return "|".join(map(str, action.choices))
    return action.dest.upper()


def _meaning(action: argparse.Action) -> str:
    words = [str(action.help or "").rstrip(".")]
    is_optional = action.nargs in {"?", "*"} or not (action.required or not action.option_strings)
    if not is_optional:
        words.append("needed")
    if isinstance(action, argparse._AppendAction) or action.nargs in {"*", "+"}:
        words.append("may be several")
    if isinstance(action.default, str | int) and action.default not in {"", False, None}:
        words.append(f"else `{action.default}`")
    return "; ".join(word for word in words if word)
