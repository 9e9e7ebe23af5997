"""A body in a reader's language: how it is called and reached, what it hears."""

from decimal import Decimal

from babel.numbers import format_currency
from django.utils.translation import gettext as _
from django.utils.translation import override

from valedor.bodies.models import Adhesion, Body
from valedor.foundation.spoken_dates import locale_of


def in_a_line(body: Body, language: str) -> str:
    """As a letter names it: its name, then every way to reach it that is known."""
    name = body.name.in_language(language)
    ways = [
        ", ".join(filter(None, map(str.strip, body.address.splitlines()))),
        body.telephone,
        body.email,
        body.form_url,
    ]
    reached = "; ".join(filter(None, ways))
    with override(language):
        if not reached:
            return _("Where: %(name)s.") % {"name": name}
        return _("Where: %(name)s (%(reached)s).") % {"name": name, "reached": reached}


def amounts_in_words(body: Body, language: str) -> str:
    """About which amounts it hears; empty where any will do."""
    least, most = body.amount_from, body.amount_until
    with override(language):
        if least and most is not None:
            return _("It hears matters from %(least)s to %(most)s.") % {
                "least": money(least, body.currency, language),
                "most": money(most, body.currency, language),
            }
        if most is not None:
            return _("It hears matters up to %(most)s.") % {
                "most": money(most, body.currency, language)
            }
        if least:
            return _("It hears matters from %(least)s up.") % {
                "least": money(least, body.currency, language)
            }
    return ""


def limits_in_words(adhesion: Adhesion, language: str) -> str:
    """How far an entity has accepted a body: about what, up to which amount."""
    parts = [adhesion.subjects.in_language(language)] if adhesion.subjects else []
    if adhesion.amount_until is not None:
        with override(language):
            parts.append(
                _("up to %(most)s")
                % {"most": money(adhesion.amount_until, adhesion.currency, language)}
            )
    return ", ".join(parts)


def money(amount: Decimal, currency: str, language: str) -> str:
    """An amount as a language writes it, without cents where there are none."""
    locale = locale_of(language)
    if amount != amount.to_integral_value():
        return str(format_currency(amount, currency, locale=locale))
    pattern = str(locale.currency_formats["standard"].pattern).replace(".00", "")
    return str(format_currency(amount, currency, pattern, locale=locale, currency_digits=False))
