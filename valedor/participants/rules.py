"""Why not: letting somebody in to a case, letting them out, and what somebody let in may not do.

Pure: values in, a refusal out.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Case, Entry
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.participants.models import Participant
from valedor.people.models import Mandate
from valedor.people.permissions import Permission

Role, Scope = Participant.Role, Participant.Scope

AFTER_CLOSING = timedelta(days=30)
"""How long whoever is in until the end of the case stays in after its closing: time to read the
last answer with the person, and to take it further."""
MOST = 20
LONGEST = timedelta(days=5 * 366)
_REACH = {Scope.READ: 0, Scope.WRITE: 1, Scope.ACT: 2, Scope.COLLECT: 3}


def _in_a_sentence(scope: str) -> str:
    name = str(Scope(scope).label)
    return name[:1].lower() + name[1:]


_low = lazy(_in_a_sentence, str)


@dataclass(frozen=True, kw_only=True)
class Invited:
    """Whom somebody wants to let in, as they wrote it."""

    name: str
    role: str
    scope: str
    language: str
    organisation: str = ""
    email: str = ""
    postal_address: str = ""
    gets_letters: bool = False
    expires_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the house knows of an address that is to be let in, and who is in already.

    ``addresses_of_person`` are those of the person and of whoever has the mandate of the case.
    """

    today: date
    addresses_of_person: frozenset[str] = frozenset()
    addresses_of_staff: frozenset[str] = frozenset()
    addresses_inside: frozenset[str] = frozenset()
    inside: int = 0
    mandate: Mandate | None = None


def why_not_manage(*, by_participant: bool, actor: str, known: Known) -> Refusal | None:
    """What stands against letting anybody in or out, whoever it is."""
    if by_participant:
        return Refusal(
            "not_theirs_to_let_in",
            _("Only the person whose case it is lets others in and out."),
        )
    if refusal := why_mandate_over(known.mandate, actor=actor, today=known.today):
        return refusal
    speaks = actor == Entry.Actor.REPRESENTATIVE
    if speaks and known.mandate is not None and known.mandate.scope == Mandate.Scope.FILE:
        return Refusal(
            "mandate_too_narrow",
            _("Your mandate lets you file and follow this case, not let others in."),
        )
    return None


def why_not_let_in(
    case: Case,
    invited: Invited,
    *,
    by_participant: bool = False,
    actor: str = Entry.Actor.COMPLAINANT,
    known: Known,
    address: str,
    at: datetime,
) -> Refusal | None:
    """Whether somebody can be let in. ``address`` is theirs as addresses are compared."""
    if refusal := why_not_manage(by_participant=by_participant, actor=actor, known=known):
        return refusal
    return (
        _why_not_this_case(case, at=at)
        or _why_not_these_words(invited, known)
        or _why_not_this_address(invited, known, address)
    )


def why_not_by_the_house(case: Case, viewer: Viewer, *, at: datetime) -> Refusal | None:
    """Whether a member of the staff may record a mandate, or end it: whoever handles cases, and in
    a file of the office whoever works there.
    """
    permission = Permission.WORK_IN_OFFICE if case.is_of_the_office else Permission.HANDLE
    if case.entity_id not in viewer.entities or not viewer.may(permission):
        return Refusal("not_permitted", _("Your role does not let you let anybody in here."))
    if viewer.account_id in case.recused:
        return Refusal("recused", _("You take no part in this case: you are recused from it."))
    return _why_not_this_case(case, at=at)


def _why_not_this_case(case: Case, *, at: datetime) -> Refusal | None:
    if case.erased_at is not None:
        return Refusal("erased", _("The personal content of this case was erased."))
    if case.merged_into_id is not None:
        return Refusal("merged", _("This case goes on in another one. Let them in there."))
    if is_long_closed(case, at=at):
        return Refusal(
            "closed", _("This case is closed, and the time after it is over: nobody is let in.")
        )
    return None


def _why_not_these_words(invited: Invited, known: Known) -> Refusal | None:
    if not invited.name.strip():
        return Refusal("no_name", _("Say who it is: their name stands beside all that they do."))
    if not invited.email.strip() and not invited.postal_address.strip():
        return Refusal(
            "no_address",
            _("Give an e-mail address or a postal address where we reach them."),
        )
    if invited.role == Role.ASSOCIATION and not invited.organisation.strip():
        return Refusal("no_organisation", _("Say which association it is."))
    if invited.role == Role.INTERPRETER and invited.scope not in {Scope.READ, Scope.WRITE}:
        return Refusal(
            "interpreters_decide_nothing",
            _("An interpreter reads and puts words into another language, and decides nothing."),
        )
    if invited.expires_on is not None and invited.expires_on < known.today:
        return Refusal("past_date", _("That day is over. Choose today or a later day."))
    if invited.expires_on is not None and invited.expires_on > known.today + LONGEST:
        return Refusal("too_far", _("Choose a day within the next five years."))
    return None


def _why_not_this_address(invited: Invited, known: Known, address: str) -> Refusal | None:
    if address in known.addresses_of_person:
        return Refusal(
            "oneself", _("That is your own address: you are in already. Give theirs instead.")
        )
    if address in known.addresses_of_staff:
        return Refusal(
            "staff",
            _(
                "Somebody who works here has that address. They deal with cases from their own "
                "place and cannot be let in on your side."
            ),
        )
    if address in known.addresses_inside:
        return Refusal(
            "in_already",
            _("Somebody with that address is in already. Let them out first to change how far."),
        )
    if known.inside >= MOST:
        return Refusal(
            "too_many",
            _("%(number)s people are in already. Let somebody out first."),
            {"number": MOST},
        )
    return None


# ------------------------------------------------------------------ out again
def why_not_end(participant: Participant) -> Refusal | None:
    """Whether there is anything to end."""
    if participant.ended_at is not None:
        return Refusal("out_already", _("They are not let in any more."))
    return None


def is_long_closed(case: Case, *, at: datetime) -> bool:
    """Whether the time in which somebody let in may still look at a closed case is over."""
    return case.closed_at is not None and at > case.closed_at + AFTER_CLOSING


def why_out(participant: Participant, case: Case, *, today: date, at: datetime) -> Refusal | None:
    """Why somebody who was let in is not in any more; nothing while they are."""
    if participant.ended_at is not None:
        return Refusal(
            "let_out",
            {
                Participant.Ending.LEFT: _(
                    "You left this case. Ask the person to let you in anew."
                ),
                Participant.Ending.EXPIRED: _(
                    "You were let in until a day that is over. Ask the person to let you in anew."
                ),
            }.get(
                Participant.Ending(participant.ending),
                _("You are not let in to this case any more. Ask the person whose case it is."),
            ),
        )
    if participant.expires_on is not None and participant.expires_on < today:
        return Refusal(
            "expired",
            _("You were let in until a day that is over. Ask the person to let you in anew."),
        )
    if is_long_closed(case, at=at):
        return Refusal(
            "closed", _("The case is over, and so is the time in which you were let in to it.")
        )
    return None


# ------------------------------------------------------------------ what they may not do
def why_not_do(
    participant: Participant, needs: str | None, *, with_money: bool = False
) -> Refusal | None:
    """What stands against an act that needs a scope; ``None`` for what belongs to the person."""
    if needs is None:
        return Refusal(
            "of_the_person",
            _("This belongs to the person whose case it is. Nobody who was let in can do it."),
        )
    held, wanted = Scope(participant.scope), Scope(needs)
    if _REACH[held] < _REACH[wanted]:
        return Refusal(
            "scope_too_narrow",
            _("You were let in so far: %(scope)s. This needs more: %(needs)s."),
            {"scope": _low(participant.scope), "needs": _low(needs)},
        )
    if with_money and held != Scope.COLLECT:
        return Refusal(
            "no_money",
            _(
                "Money is offered here. You may act for the person, but not accept money for them: "
                "they do this themselves, or let you in with that, too."
            ),
        )
    return None


def why_mandate_over(mandate: Mandate | None, *, actor: str, today: date) -> Refusal | None:
    """Whether whoever speaks for the person by the mandate of the case does so no longer."""
    if mandate is None or actor != Entry.Actor.REPRESENTATIVE:
        return None
    if mandate.ended_at is not None or (
        mandate.expires_on is not None and mandate.expires_on < today
    ):
        return Refusal(
            "mandate_over",
            _(
                "Your mandate for this case is over. You can still read it; to act for the person, "
                "send us a new mandate."
            ),
        )
    return None
