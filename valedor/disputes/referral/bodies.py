"""Which bodies may have a case, what each is, and whether the house takes part before it."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import override

from valedor.bodies.finding import Dispute, in_reach, is_valid
from valedor.bodies.models import Body
from valedor.bodies.queries import bodies_of
from valedor.casefile.models import Case, Instance
from valedor.disputes.models import Referral
from valedor.disputes.way_up import ARBITRATION, Joined, joined
from valedor.foundation.moments import local_day
from valedor.handling.who_hears import dispute_of
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.vocabulary_tables import vocabulary, word

_METHODS = {
    Instance.Kind.MEDIATION: Body.Method.FACILITATIVE,
    Instance.Kind.ARBITRATION: Body.Method.DETERMINATIVE,
    Instance.Kind.COURT: Body.Method.DETERMINATIVE,
}
_NAMED, _KIND = "body", "kind"


@dataclass(frozen=True)
class Forum:
    """A body that may have a case: one known by name, or any of a kind."""

    kind: str
    name: str
    body: Body | None = None

    @property
    def instance(self) -> Instance.Kind:
        """As which instance it deals with a case."""
        return Instance.Kind(vocabulary("bodies")[self.kind].instance)

    @property
    def method(self) -> Body.Method:
        """Whether it helps to agree, advises or decides (ISO 10003, 7.5)."""
        if self.body is not None:
            return Body.Method(self.body.method)
        return _METHODS.get(self.instance, Body.Method.ADVISORY)

    @property
    def binds_company(self) -> bool:
        """Whether its result binds the company without a further word of hers."""
        known = vocabulary("bodies")[self.kind]
        binds = self.body.binds if self.body is not None and self.body.binds else known.binds
        return binds in {"company", "both"}

    @property
    def key(self) -> str:
        """How forms name it."""
        if self.body is not None:
            return f"{_NAMED}:{self.body.key}"
        return f"{_KIND}:{self.kind}"


def outside_kinds() -> list[str]:
    """The kinds of bodies outside the house, from the nearest to the courts."""
    known = vocabulary("bodies")
    return [key for key, one in known.items() if one.instance in Instance.OUTSIDE]


def forums(house: HouseRules, dispute: Dispute, *, on: date) -> list[Forum]:
    """Every body that may have a case of the house: those of the person's place by name, the
    nearest first, then the others it knows, then any of each kind that its country has.
    """
    near = [
        body
        for kind in outside_kinds()
        for body in in_reach(kind, dispute, bodies_of(house), on=on)
    ]
    keys = {body.key for body in near}
    others = [
        body
        for body in bodies_of(house)
        if body.key not in keys and is_valid(body, on) and body.kind in outside_kinds()
    ]
    named = [Forum(body.kind, str(body.name), body) for body in (*near, *others)]
    kinds, known = outside_kinds(), vocabulary("bodies")
    here = [kind for kind in kinds if known[kind].country in {"", house.entity.country}]
    return [*named, *(Forum(kind, _as_a_name(word("bodies", kind))) for kind in here)]


def forum_of(house: HouseRules, key: str, *, language: str, on: date) -> Forum | None:
    """The one that a form named, called as its case's language calls it."""
    sort, _colon, name = key.partition(":")
    with override(language):
        if sort == _NAMED:
            found = [one for one in bodies_of(house) if one.key == name and is_valid(one, on)]
            return Forum(found[0].kind, str(found[0].name), found[0]) if found else None
        if sort == _KIND and name in outside_kinds():
            return Forum(name, _as_a_name(word("bodies", name)))
    return None


# “the consumer office”, “l'oficina”, “uma entidade”: what has no name is called by its kind.
_ARTICLE = re.compile(r"^(?:(?:the|an?|el|las?|los|les|els|una?|os?|as|um|uma)\s+|l['’])", re.I)


def called(referral: Referral, house: HouseRules) -> str:
    """What the body of a referral is called in the reader's language."""
    if not referral.body:
        return _as_a_name(word("bodies", referral.kind))
    known = [one for one in bodies_of(house) if one.key == referral.body]
    return str(known[-1].name) if known else referral.name


def _as_a_name(words: str) -> str:
    """What a kind of body is called where a name stands: in a list, a title, any sentence."""
    told = _ARTICLE.sub("", words)
    return told[:1].upper() + told[1:]


def taking_part(
    case: Case,
    house: HouseRules,
    forum: Forum,
    *,
    at: datetime,
    amount: Decimal | None = None,
    currency: str = "",
) -> Joined | None:
    """Whether the house has joined the body beforehand, with what limits; None where joining means
    nothing, since nobody joins an office that mediates or a court.
    """
    if forum.kind != ARBITRATION:
        return None
    on = local_day(at, house.entity.timezone)
    dispute = dispute_of(house, case.complainant_id, amount=amount, currency=currency)
    return joined(forum.body, dispute, house, on=on)
