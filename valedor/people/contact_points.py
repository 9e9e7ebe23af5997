"""Addresses and numbers: what two ways of writing the same one have in common, and whose it is."""

import unicodedata

import phonenumbers
from django.db.models import Q

from valedor.people.models import ContactPoint, PersonMerge


def normalised(kind: str, value: str, country: str = "ES") -> str:
    """What two ways of writing one address have in common."""
    if kind == ContactPoint.Kind.TELEPHONE:
        try:
            number = phonenumbers.parse(value, country)
        except phonenumbers.NumberParseException:
            return "".join(filter(str.isdigit, value))[:320]
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    folded = unicodedata.normalize("NFKC", value).strip().lower()
    return " ".join(folded.split())[:320]


def persons_reached_at(typed: str, countries: tuple[str, ...] = ("ES",)) -> set[int]:
    """The persons who have this e-mail address or number, with the records merged into theirs.

    Empty for what looks like neither.
    """
    condition = Q(pk__in=[])
    if "@" in typed and " " not in typed.strip():
        condition |= Q(
            kind=ContactPoint.Kind.EMAIL, normalised=normalised(ContactPoint.Kind.EMAIL, typed)
        )
    elif _looks_like_number(typed):
        numbers = {normalised(ContactPoint.Kind.TELEPHONE, typed, country) for country in countries}
        condition |= Q(kind=ContactPoint.Kind.TELEPHONE, normalised__in=numbers)
    else:
        return set()
    found = set(ContactPoint.objects.filter(condition).values_list("person_id", flat=True)[:1000])
    return found | _merged_with(found)


def _looks_like_number(typed: str) -> bool:
    digits = sum(map(str.isdigit, typed))
    return digits >= 6 and all(sign.isdigit() or sign in " +-()./" for sign in typed)


def _merged_with(persons: set[int]) -> set[int]:
    if not persons:
        return set()
    pairs = PersonMerge.objects.filter(
        Q(kept__in=persons) | Q(absorbed__in=persons), undone_at=None
    ).values_list("kept_id", "absorbed_id")
    return {person for pair in pairs for person in pair}
