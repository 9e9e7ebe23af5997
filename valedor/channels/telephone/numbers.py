"""Telephone numbers: read, withheld or unreadable, and what calling one costs. Pure."""

from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

# What switchboards say instead of a number; the second is how Twilio spells “Anonymous” in digits.
_WITHHELD = {
    "", "anonymous", "+266696687", "266696687", "restricted", "+7378742833", "unavailable",
    "+86282452253", "unknown", "+8656696", "private", "blocked", "+2562533", "withheld",
}  # fmt: skip
# Spanish prefixes of additional rate. The library knows no number that begins with 905 (calls in
# masses) or 907 (data).
_SPANISH_PREMIUM = ("803", "806", "807", "905", "907")


class Rate(StrEnum):
    """What a call costs whoever makes it."""

    FREE = "free"
    STANDARD = "standard"
    SPECIAL = "special"  # Shared or raised cost, such as Spain's 901 and 902.
    PREMIUM = "premium"  # The company earns by it.


@dataclass(frozen=True)
class Caller:
    """Who calls, as far as the switchboard says: E.164 or nothing, and the words themselves."""

    number: str = ""
    said: str = ""


def caller_of(said: str, country: str) -> Caller:
    """A caller's number. What is withheld or no number is kept as it was said."""
    words = "".join(sign for sign in said if sign.isprintable()).strip()
    if words.lower() in _WITHHELD:
        return Caller("", words[:60])
    # SIP switchboards send an address: sip:+34600100200@example.org;user=phone
    bare = words.partition(":")[2] if words.lower().startswith(("sip:", "sips:", "tel:")) else words
    return Caller(number_of(bare.partition("@")[0].partition(";")[0], country), words[:60])


def number_of(said: str, country: str) -> str:
    """A number in E.164, read as somebody in a country dials it; empty where it is none."""
    try:
        number = phonenumbers.parse(said[:60], country)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def spoken(number: str) -> str:
    """A number in E.164 in the groups in which its country writes it, with the country's code."""
    try:
        read = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return str(phonenumbers.format_number(read, PhoneNumberFormat.INTERNATIONAL))


def rate_of(number: str) -> Rate:
    """What calling a number in E.164 costs. One that no plan knows counts as standard."""
    read = phonenumbers.parse(number)
    if read.country_code == 34 and str(read.national_number).startswith(_SPANISH_PREMIUM):
        return Rate.PREMIUM
    kind = phonenumbers.number_type(read)
    if kind == PhoneNumberType.PREMIUM_RATE:
        return Rate.PREMIUM
    if kind in {PhoneNumberType.SHARED_COST, PhoneNumberType.PERSONAL_NUMBER}:
        return Rate.SPECIAL
    return Rate.FREE if kind == PhoneNumberType.TOLL_FREE else Rate.STANDARD


def is_plain(number: str) -> bool:
    """Whether it is the geographic or mobile number that has to stand beside a special one."""
    kinds = {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
    }
    return phonenumbers.number_type(phonenumbers.parse(number)) in kinds
