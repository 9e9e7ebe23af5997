"""Money of a place."""

from babel.numbers import get_territory_currencies


def currency_of(country: str) -> str:
    """The currency (ISO 4217) in which amounts are usual in a country (ISO 3166)."""
    return str(next(iter(get_territory_currencies(country)), "EUR"))
