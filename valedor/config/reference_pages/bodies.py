"""docs/reference/bodies.md: the file of bodies, its fields, and the words of its closed lists."""

from collections.abc import Iterator

from valedor.bodies import schema
from valedor.bodies.models import Body
from valedor.bodies.rules import kinds_outside
from valedor.procedures.vocabulary_tables import vocabulary

from .markdown import code, codes, table, written_from

_INTRODUCTION = """\
`valedor bodies FILE` brings in whom letters and pages name when somebody wants to go further:
consumer offices, mediation, arbitration boards, sector bodies, authorities and courts, by place,
trade and amount. `valedor bodies --export toml` writes them out, and the pages under
`/desk/settings/bodies/` change the same things. `valedor/bodies/shipped/` holds a sample for Spain
and one for Brazil.

- A body keeps its key; each `[[bodies]]` is one version of it, from `valid_from` to `valid_until`.
  One that moves or changes gets a new version: the one before it ends on the day before. One that
  closes gets a last day: letters and pages of later days name it no longer, those sent stay as they
  are.
- A version that is there already, by key and first day, is corrected. What a file does not tell of
  stays. It is all or nothing: the first thing that may not be is named with file, key and the
  nearest known word. `--check` says what would change.
- Leave out what you do not know. An address that is not there is better than one that was guessed.
- Every change is a line in the administration log.

Whoever lives in `municipality`, by the place or the postal address that they gave, is shown its
bodies before those of the region and of the country. What a trade is called is the entity's own
word for it (`sector`). Which bodies an entity has joined stands in its own settings
([configuration](configuration.md), `[[entities.KEY.adhesions]]`).

A file that ends in `.csv` has the same fields as columns; a text in languages has a column for
each (`name_es`, `name_ca`, `name_pt-BR`, `name_en`), lists have blanks between their words, `\\n`
is a new line, and an empty cell says nothing. Texts in languages are tables in TOML:
`name = { ca = "…", es = "…" }`.

"""


def page() -> str:
    """The whole page."""
    return (
        "# Bodies outside the house\n\n"
        + written_from("valedor/bodies/schema.py", "the vocabulary of the packs")
        + _INTRODUCTION
        + "## `[[bodies]]`\n\n"
        + table(("field", "holds", "meaning"), _fields())
        + "## Kinds\n\n"
        + table(("kind", "stands before", "what it is"), _kinds())
        + "## Methods\n\n"
        + table(("method", "meaning"), [(code(m.value), str(m.label)) for m in Body.Method])
        + f"Costs are {codes(vocabulary('costs'))}; whom an answer binds: "
        + f"{codes(vocabulary('bindings'))}.\n"
    )


def _fields() -> Iterator[tuple[str, str, str]]:
    for field in schema.FIELDS:
        needed = " Needed." if field.is_needed else ""
        yield code(field.name), field.holds.value, field.meaning + needed


def _kinds() -> Iterator[tuple[str, str, str]]:
    for kind in kinds_outside():
        word = vocabulary("bodies")[kind]
        yield code(kind), word.instance, word.text["en"]
