"""docs/reference/limits.md: every clock of every regime, with the article it stands in."""

from collections.abc import Iterator, Sequence

from valedor.procedures.catalogue import catalogue
from valedor.procedures.explanation import length_in_words
from valedor.procedures.schema import Clock, Pack

from .markdown import code, codes, table, written_from


def page() -> str:
    """The whole page."""
    packs = catalogue().packs()
    clocks = sum(len(pack.clocks) for pack in packs)
    return (
        "# Limits\n\n"
        + written_from("valedor/procedures/packs/")
        + f"The {clocks} clocks of {len(packs)} regimes. What each means for one case on one day "
        "is told by `valedor deadline`\nand at `/deadline`, day by day. This is reference data "
        "with its sources, not legal advice.\n\n"
        "**Starts on** and what stops a clock are events of "
        "`valedor/procedures/vocabulary/events.toml`; **counting** names a way\nof counting in "
        "`valedor/procedures/countings.toml`. Basis `text`: read in the law itself; `secondary`: "
        "in a source about it;\n`not_read`: not read yet; `default`: our own. What is not verified "
        "is marked on screen too.\n\n" + "".join(_sections(packs)).rstrip() + "\n"
    )


def _sections(packs: Sequence[Pack]) -> Iterator[str]:
    for pack in sorted(packs, key=lambda one: one.key):
        yield f"## `{pack.key}`\n\n{pack.titles}. {_standing(pack)}\n\n"
        if pack.clocks:
            yield table(
                ("clock", "duty", "length", "counting", "starts on", "stops or moves on",
                 "article", "basis", "verified"),
                [_row(clock) for clock in pack.clocks.values()],
            )  # fmt: skip


def _standing(pack: Pack) -> str:
    words = [f"Jurisdiction {code(pack.jurisdiction)}", f"read {pack.version.split('+')[0][:10]}"]
    if pack.in_force_from:
        words.append(f"in force from {pack.in_force_from.isoformat()}")
    if pack.binding_from:
        words.append(f"binding from {pack.binding_from.isoformat()}")
    if pack.in_force_until:
        words.append(f"until {pack.in_force_until.isoformat()}")
    if pack.voluntary:
        words.append("voluntary")
    words.append("verified" if pack.verified else "**not verified**")
    return ", ".join(words) + "."


def _row(clock: Clock) -> tuple[str, ...]:
    limit = clock.rule.limit
    readings = f" (other readings: {codes(clock.readings)})" if clock.readings else ""
    return (
        code(clock.name) + readings,
        clock.duty.replace("_", " "),
        length_in_words(limit.length, limit.unit.value) if limit.length else "at once",
        code(limit.counting.key),
        codes(clock.starts_on),
        codes(clock.rule.events),
        clock.article,
        clock.basis,
        "yes" if clock.verified else "no",
    )
