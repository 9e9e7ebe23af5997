"""What may not be set beside the law, and why."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from valedor.clocks.limits import LONGEST, Limit, Unit
from valedor.foundation.multilingual import MultilingualText
from valedor.foundation.refusals import Refusal
from valedor.people.permissions import COMPANY_ROLES
from valedor.procedures.conflicts import Packs, applicable_clocks, why_not_target
from valedor.procedures.refusals import UnknownRegime, nearest
from valedor.procedures.vocabulary_tables import vocabulary

_CATEGORY_KEY = re.compile(r"^[a-z0-9]+([-_/][a-z0-9]+)*$")
_CURRENCY = re.compile(r"^[A-Z]{3}$")


def why_not_words(
    text: Mapping[str, str], languages: Iterable[str], *, what: str = ""
) -> Refusal | None:
    """What people read is there in every language that the entity speaks."""
    missing = [
        language for language in languages if not MultilingualText(text).get(language, "").strip()
    ]
    if not missing:
        return None
    return Refusal(
        "language_missing",
        _("“%(what)s” has no text in %(language)s yet: write it in every language of the entity."),
        {"what": what or next(iter(text.values()), ""), "language": missing[0]},
    )


def why_not_regimes(regimes: Sequence[str], *, packs: Packs, country: str) -> Refusal | None:
    """Regimes are packs that this version brings, of the entity's country or of none."""
    for key in regimes:
        try:
            pack = packs.pack(key)
        except UnknownRegime as unknown:
            return Refusal(
                "unknown_regime",
                _("There are no rules called “%(key)s”: try “%(near)s”."),
                {"key": key, "near": unknown.nearest},
            )
        if pack.jurisdiction not in {"*", "EU"} and pack.jurisdiction[:2] != country:
            return Refusal(
                "regime_elsewhere",
                _("The rules “%(key)s” hold in %(place)s, where the entity is not."),
                {"key": key, "place": pack.jurisdiction},
            )
    return None


def why_not_readings(
    readings: Mapping[str, str], *, regimes: Collection[str], packs: Packs
) -> Refusal | None:
    """A reading is chosen for one clock of a regime that the entity follows."""
    for name, reading in readings.items():
        regime, _slash, clock = name.partition("/")
        if regime not in regimes:
            return Refusal(
                "reading_of_other_regime",
                _("A reading is chosen for “%(name)s”, whose rules the entity does not follow."),
                {"name": name},
            )
        clocks = packs.pack(regime).clocks
        if clock not in clocks:
            return Refusal(
                "unknown_clock",
                _("“%(regime)s” has no clock “%(clock)s”: try “%(near)s”."),
                {"regime": regime, "clock": clock, "near": nearest(clock, clocks)},
            )
        known = ("default", *clocks[clock].readings)
        if reading not in known:
            return Refusal(
                "unknown_reading",
                _("“%(name)s” has no reading “%(reading)s”: try “%(near)s”."),
                {"name": name, "reading": reading, "near": nearest(reading, known)},
            )
    return None


def why_not_facts(facts: Mapping[str, object]) -> Refusal | None:
    """What is true of an entity is answered with yes or no, to questions that conditions ask."""
    for name, value in facts.items():
        if name not in vocabulary("facts"):
            return Refusal(
                "unknown_fact",
                _("No rule asks about “%(name)s”: try “%(near)s”."),
                {"name": name, "near": nearest(name, vocabulary("facts"))},
            )
        if not isinstance(value, bool):
            return Refusal(
                "fact_not_yes_or_no",
                _("“%(name)s” is answered with true or false."),
                {"name": name},
            )
    return None


def why_not_stricter(
    meets: str,
    limit: Limit,
    kinds: Sequence[str],
    *,
    regimes: Sequence[str],
    facts: Mapping[str, bool],
    country: str,
    on: date,
    packs: Packs,
) -> Refusal | None:
    """A target never ends later than the law that surely holds for the same duty."""
    for kind in kinds or vocabulary("kinds"):
        for clock in applicable_clocks(
            regimes, kind, facts, on, country=country, packs=packs, promised=()
        ):
            if clock.role != "law" or clock.clock.duty != meets or clock.ask:
                continue
            reason = why_not_target(limit, clock.rule.limit)
            if reason is not None:
                return Refusal("laxer_than_the_law", reason)
    return None


def why_not_target_words(
    meets: str, kinds: Sequence[str], length: int, unit: str
) -> Refusal | None:
    """The words of a target are those of the vocabulary, its length one that can be meant."""
    if meets not in vocabulary("duties"):
        return _unknown("unknown_duty", meets, vocabulary("duties"))
    for kind in kinds:
        if kind not in vocabulary("kinds"):
            return _unknown("unknown_kind", kind, vocabulary("kinds"))
    units = [known.value for known in Unit]
    if unit not in units:
        return _unknown("unknown_unit", unit, units)
    if not 1 <= length <= LONGEST[Unit(unit)]:
        return Refusal("impossible_length", _("A target lasts at least one minute, hour or day."))
    return None


def why_not_category(
    key: str,
    name: Mapping[str, str],
    *,
    languages: Sequence[str],
    is_public: bool,
    facts: Mapping[str, object],
    valid_from: date,
    valid_until: date | None,
) -> Refusal | None:
    """A subject of the tree; one offered to complainants has its name in all their languages."""
    if not _CATEGORY_KEY.match(key) or len(key) > 120:
        return Refusal(
            "key_unreadable",
            _("“%(key)s” cannot be a key: write small letters, digits, hyphens and slashes."),
            {"key": key},
        )
    if valid_until is not None and valid_until < valid_from:
        return Refusal("ends_before_it_begins", _("The last day comes before the first."))
    if is_public:
        return why_not_words(name, languages, what=key) or why_not_facts(facts)
    if not any(text.strip() for text in name.values()):
        return Refusal("no_name", _("A category has a name in at least one language."))
    return why_not_facts(facts)


def why_not_authority(role: str, amount: Decimal, currency: str) -> Refusal | None:
    """Amounts are of roles that offer redress, not negative, in a currency of three letters."""
    if role not in COMPANY_ROLES:
        return _unknown("unknown_role", role, sorted(COMPANY_ROLES))
    if amount < 0 or amount >= Decimal(10) ** 10:
        return Refusal("impossible_amount", _("Write an amount of zero or more."))
    if not _CURRENCY.match(currency):
        return Refusal(
            "currency_unreadable", _("Write the currency with three letters, such as EUR.")
        )
    return None


def _unknown(code: str, word: str, known: Iterable[str]) -> Refusal:
    return Refusal(
        code,
        _("“%(word)s” is unknown here: try “%(near)s”."),
        {"word": word, "near": nearest(word, known)},
    )


def why_not_days(days: int) -> Refusal | None:
    """Redress is carried out within a year."""
    if 1 <= days <= 366:
        return None
    return Refusal("impossible_days", _("Redress is carried out within 1 to 366 days."))
