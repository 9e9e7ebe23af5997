"""docs/reference/configuration.md, written from the schema."""

from collections.abc import Iterator

from . import schema

INTRODUCTION = """\
# The settings file

`valedor configure FILE.toml` changes the settings of an installation, `valedor configure --export`
writes them out, and the pages under `/desk/settings/` change the same things. Reading an exported
file back changes nothing.

- What a file does not say stays as it is. A list that it does say is the whole list: closures,
  targets and the roles of a person that are missing from it end.
- It is all or nothing. The first thing that may not be is named with file, table and key, and
  nothing is changed. `--check` says what would change.
- Every change is a line in the administration log, with who (`--by USERNAME`, an administrator;
  the console without it), when, before and after.
- A role of the ombudsman's office, and the e-mail address of somebody who holds one, wait until
  the office confirms them at `/desk/settings/office`; only `--by` may ask.
- `--invite` prints a one-time link for everybody who is new.
- Nothing is deleted: teams, people, areas and options are taken out of use by their flag,
  categories by their last day.

Texts in languages are tables with the keys `es`, `ca`, `pt-BR` and `en`.

<!-- Written by valedor/config/configuration/reference.py; a test compares. -->
"""


def reference() -> str:
    """The whole page."""
    return INTRODUCTION + "".join(_tables())


def _tables() -> Iterator[str]:
    for table in schema.TABLES:
        yield f"\n## `{table.name}`\n\n{table.about}\n\n"
        yield "| field | holds | meaning |\n|---|---|---|\n"
        for field in table.fields:
            needed = " Needed." if field.is_needed else ""
            yield f"| `{field.name}` | {field.holds.value} | {field.meaning}{needed} |\n"
