"""The words of the way up: what each instance is, what to bring, whether the house accepts it."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from valedor.bodies.models import Body
from valedor.bodies.told import amounts_in_words, limits_in_words, money
from valedor.design.parts import Fact
from valedor.disputes.way_up import Joined
from valedor.procedures.explanation import length_in_words
from valedor.procedures.house_rules import HouseRules
from valedor.telling import spoken

# ISO 10003, 7.5: facilitative, advisory and determinative methods differ in form.
WHAT_IT_IS: Mapping[str, Callable[[], str]] = {
    "review": lambda: _("The whole case is looked at again inside the house."),
    "ombudsman": lambda: _(
        "Somebody independent hears both sides and gives a reasoned opinion on every point."
    ),
    "mediation": lambda: _("A public office hears you and tries to bring both sides together."),
    "arbitration": lambda: _(
        "Arbitrators hear both sides and decide instead of a judge: whoever accepts it cannot go "
        "to court about the same afterwards."
    ),
    "sector_body": lambda: _(
        "A body that is recognised for such disputes hears both sides and gives a reasoned outcome."
    ),
    "supervisor": lambda: _(
        "The authority that watches over the company. It can act against it, also for others."
    ),
    "court": lambda: _("A judge decides. You can go there at any time, without any other step."),
}


def what_to_bring(instance: str, house: HouseRules, *, is_answered: bool) -> list[str]:
    """What somebody should have at hand there."""
    bring = [_("Your case, with its reference: print everything from its page.")]
    if is_answered:
        bring.append(_("Our answer, and the day on which you got it."))
    else:
        bring.append(_("The receipt of your complaint: it shows that we did not answer in time."))
    bring.append(_("Contract, bills and messages, and what you ask for, with its amount."))
    if instance == "court" and house.entity.country == "ES":
        bring.append(
            _(
                "The receipt and the answer also prove that you tried to settle first, as the law "
                "asks before a civil claim (LO 1/2025, DA 7)."
            )
        )
    return bring


def joined_in_words(joined: Joined, house: HouseRules) -> str:
    """Whether the house accepts a body beforehand, and what it means if not."""
    if joined.accepts:
        limits = limits_in_words(joined.adhesion, spoken.language()) if joined.adhesion else ""
        if limits:
            return _("We have joined it and accept it beforehand (%(limits)s).") % {
                "limits": limits
            }
        return _("We have joined it and accept it beforehand: it can begin without asking us.")
    parts = [_("We have not joined it.")]
    if joined.is_beyond and joined.adhesion is not None and joined.adhesion.amount_until:
        most = money(joined.adhesion.amount_until, joined.adhesion.currency, spoken.language())
        parts = [_("We have joined it up to %(most)s only.") % {"most": most}]
    elif joined.left_on is not None:
        parts = [_("We left it on %(day)s.") % {"day": spoken.day(joined.left_on)}]
    if joined.asked_for is not None:
        limit = joined.asked_for.clock.rule.limit
        parts.append(
            _(
                "You can ask all the same: it asks us, and we have %(length)s to accept. If we say "
                "nothing, that is a no, and the courts stay open to you."
            )
            % {"length": length_in_words(limit.length, limit.unit.value)}
        )
    else:
        parts.append(_("You can ask all the same: it begins only if we accept it."))
    return " ".join(parts)


def reached_in_words(body: Body) -> list[Fact]:
    """How a body is reached, and what it hears and decides; nothing that is not known."""
    names = {code: spoken.language_name(code) for code in body.languages}
    found = [
        (_("What it can decide"), str(body.decides or "") or str(body.get_method_display()), ""),
        (_("Amounts"), amounts_in_words(body, spoken.language()), ""),
        (_("Address"), ", ".join(filter(None, body.address.splitlines())), ""),
        (_("Telephone"), body.telephone, f"tel:{body.telephone}"),
        (_("E-mail"), body.email, f"mailto:{body.email}"),
        (_("Languages"), ", ".join(names.values()), ""),
    ]
    return [Fact(name=name, value=value, url=url) for name, value, url in found if value]
