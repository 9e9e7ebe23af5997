"""docs/reference/permissions.md: which role may do what, asked of the rules themselves."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

from django.urls import URLPattern, URLResolver, get_resolver

from valedor.acts import ACTS
from valedor.bookings import rules as booking_rules
from valedor.bookings.models import Booking
from valedor.casefile.models import Case, Document, Entry, Instance, Kind, Letter, Stage
from valedor.casefile.viewing import Viewer
from valedor.channels.telephone.call_rules import why_not_attend
from valedor.disputes.dossier.rules import why_not_make
from valedor.disputes.models import HearingDate, Proposal, Referral
from valedor.disputes.referral import rules as dispute_rules
from valedor.disputes.referral.queries import ReferralState
from valedor.foundation.refusals import Refusal
from valedor.handling import rules
from valedor.handling.models import (
    Approval,
    CaseMerge,
    CasePart,
    CaseRelation,
    Finding,
    Inquiry,
    Redress,
    Repetition,
)
from valedor.handling.queries import CaseState
from valedor.orders import rules as order_rules
from valedor.orders.models import Order
from valedor.participants.rules import why_not_by_the_house
from valedor.people.models import Account, Role
from valedor.people.permissions import PERMITS, SECOND_FACTOR_ROLES, Permission
from valedor.procedures.models import Area
from valedor.programs.models import ApiToken
from valedor.review.rules import why_not_contest

from .markdown import code, codes, table, written_from

_ENTITY, _ME, _TEAM = 1, 1, 1
_SOME_DAY = datetime(2026, 11, 20, tzinfo=UTC)
_YES, _WORDS_ONLY = "●", "○"

_PERMITTED = {
    Permission.SEE_CASES: "see the cases of their entities, list and search them",
    Permission.REGISTER: "register what reaches the house by telephone or at the counter",
    Permission.ANSWER_ENQUIRIES: "deal with contacts that are answered with a word",
    Permission.HANDLE: "every step of handling a case",
    Permission.ASSIGN: "give cases out, lift recusals, see the team",
    Permission.APPROVE: "say yes or no to redress above a handler's authority",
    Permission.CORRECT: "set right what was written down wrong",
    Permission.ERASE: "erase the personal content of a closed case",
    Permission.ANSWER_AS_AREA: "answer what their area is asked, seeing no case",
    Permission.SEE_PROTECTED: "see cases about a protected person",
    Permission.REVIEW: "take the second look",
    Permission.EDIT_KNOWLEDGE: "write articles and guidance",
    Permission.AUDIT: "read the logs, and whether chains hold",
    Permission.CONFIGURE: "change the settings",
    Permission.CONFIRM_OFFICE: "confirm what touches the ombudsman's office",
    Permission.WORK_IN_OFFICE: "work in the files of the ombudsman's office",
    Permission.GIVE_OPINION: "sign an opinion, while they hold the office",
}

# The acts on one thing of a case ask a rule of their own, with that thing as it would be.
_Why = Callable[[CaseState, Viewer], Refusal | None]
_ON_A_THING: dict[str, _Why] = {
    "call-back": lambda _state, viewer: why_not_attend(viewer),
    "dossier": why_not_make,
    "parts": lambda state, viewer: rules.why_not_finish_part(
        state, viewer, CasePart(id=1, member_id=viewer.account_id)
    ),
    "recusals": lambda state, viewer: rules.why_not_lift_recusal(state, viewer, account_id=0),
    "questions": lambda state, viewer: rules.why_not_withdraw_question(
        state, viewer, Inquiry(id=1)
    ),
    "area-answers": lambda state, viewer: rules.why_not_answer_inquiry(
        viewer, Inquiry(id=1, to=Inquiry.To.AREA, area=Area(id=1, team_id=_TEAM), case=state.case)
    ),
    "relations": lambda state, viewer: rules.why_not_end_relation(
        state, viewer, CaseRelation(id=1)
    ),
    "repetitions": lambda state, viewer: rules.why_not_keep_apart(state, viewer, Repetition(id=1)),
    "mergers": lambda state, viewer: rules.why_not_unmerge(state, viewer, CaseMerge(id=1)),
    "findings": lambda state, viewer: rules.why_not_withdraw_finding(state, viewer, Finding(id=1)),
    "redress-withdrawal": lambda state, viewer: rules.why_not_withdraw_redress(
        state, viewer, Redress(id=1, state=Redress.State.APPROVED)
    ),
    "quarantine": lambda state, viewer: rules.why_not_judge_document(
        state, viewer, Document(id=1, scan=Document.Scan.INFECTED)
    ),
    "approval": lambda state, viewer: rules.why_not_approve_redress(
        state,
        viewer,
        Redress(id=1, state=Redress.State.AWAITING_APPROVAL),
        Approval(id=1, asked_by_id=0),
    ),
    "settlement": lambda state, viewer: rules.why_not_settle_redress(
        state, viewer, Redress(id=1, state=Redress.State.OFFERED)
    ),
    "execution": lambda state, viewer: rules.why_not_carry_out_redress(
        state, viewer, Redress(id=1, state=Redress.State.ACCEPTED)
    ),
    "letter-correction": lambda state, viewer: rules.why_not_correct_letter(
        state, viewer, Letter(id=1, case=state.case)
    ),
    "contest": why_not_contest,
    "body-turned-to": dispute_rules.why_not_refer,
    "body-notice": dispute_rules.why_not_refer,
    "body-part": lambda state, viewer: dispute_rules.why_not_take_part(_before(state), viewer),
    "body-position": lambda state, viewer: dispute_rules.why_not_give_position(
        _before(state), viewer
    ),
    "body-hearing": lambda state, viewer: dispute_rules.why_not_set_hearing(_before(state), viewer),
    "hearing-change": lambda state, viewer: dispute_rules.why_not_change_hearing(
        _before(state), viewer, HearingDate(id=1, starts_at=_SOME_DAY), at=_SOME_DAY
    ),
    "body-proposal": lambda state, viewer: dispute_rules.why_not_propose(_before(state), viewer),
    "proposal-answer": lambda state, viewer: dispute_rules.why_not_answer_proposal(
        _before(state), viewer, Proposal(id=1)
    ),
    "body-result": lambda state, viewer: dispute_rules.why_not_conclude(_before(state), viewer),
    "body-following": lambda state, viewer: dispute_rules.why_not_follow(_before(state), viewer),
    "body-end": lambda state, viewer: dispute_rules.why_not_end(_before(state), viewer),
    "participant": lambda state, viewer: why_not_by_the_house(state.case, viewer, at=_SOME_DAY),
    "participants": lambda state, viewer: why_not_by_the_house(state.case, viewer, at=_SOME_DAY),
    "attendance": lambda state, viewer: booking_rules.why_not_settle(
        state, viewer, _a_booking(), at=_SOME_DAY
    ),
    "absence": lambda state, viewer: booking_rules.why_not_settle(
        state, viewer, _a_booking(), at=_SOME_DAY
    ),
    "booking-move": lambda state, viewer: booking_rules.why_not_change(
        state, viewer, _a_booking(), actor=Entry.Actor.STAFF, at=_SOME_DAY
    ),
    "booking-cancellation": lambda state, viewer: booking_rules.why_not_change(
        state, viewer, _a_booking(), actor=Entry.Actor.STAFF, at=_SOME_DAY
    ),
    "order": lambda state, viewer: order_rules.why_not_name_product(state, viewer, None),
    "order-confirmation": lambda state, viewer: order_rules.why_not_advance(
        state, viewer, Order(id=1, state=Order.State.RECEIVED), to=Order.State.CONFIRMED
    ),
    "order-preparation": lambda state, viewer: order_rules.why_not_advance(
        state, viewer, Order(id=1, state=Order.State.CONFIRMED), to=Order.State.PREPARING
    ),
    "order-delivery": lambda state, viewer: order_rules.why_not_advance(
        state, viewer, Order(id=1, state=Order.State.PREPARING), to=Order.State.FULFILLED
    ),
    "order-cancellation": lambda state, viewer: order_rules.why_not_change(
        state, viewer, Order(id=1, state=Order.State.RECEIVED), actor=Entry.Actor.STAFF
    ),
}


def _before(state: CaseState) -> ReferralState:
    referral = Referral(
        id=1, case=state.case, instance=Instance(id=1, kind=Instance.Kind.MEDIATION)
    )
    return ReferralState(referral=referral, state=state)


def _a_booking() -> Booking:
    return Booking(id=1, starts_at=_SOME_DAY, ends_at=_SOME_DAY)


def page() -> str:
    """The whole page."""
    return (
        "# Permissions\n\n"
        + written_from("valedor/people/permissions.py", "the rules", "the pages of the desk")
        + "Roles are rows that administrators grant in a team, or over entities; what each permits "
        "is code. A role counts at\nthe entities of its team only: whoever leads at one entity and "
        "audits another leads nothing there. Recused people see\nnothing of the case, whatever "
        "their role; cases about a protected person are seen by their holder and by whoever may "
        "see\nthem. A second factor is required of: " + _named(SECOND_FACTOR_ROLES) + ".\n\n"
        "## What each role permits\n\n"
        + table(("permission", "to", *_heads()), _permissions())
        + "## Acts on a case\n\n"
        f"{_YES} may do it, when the case is ripe for it (the button says why not); {_WORDS_ONLY} "
        "only for contacts that are answered\nwith a word, such as enquiries and thanks. The "
        "address is below the case's: `/desk/cases/REFERENCE/NOUN`.\n\n"
        + table(("act", "noun", *_heads(_AT_CASES)), _acts())
        + "## Pages of the staff\n\n"
        "Whoever has a role opens those for everybody. What a page shows is less: each row is "
        "fetched for whoever looks.\n\n"
        + table(("address", "for"), sorted(_pages()))
        + "## Programs\n\n"
        "A token is issued for one entity and some scopes; it sees that entity's cases as the "
        "company does, protected ones\nnot, and never what it has no scope for.\n\n"
        + table(
            ("scope", "for"),
            [(code(scope.value), str(scope.label)) for scope in ApiToken.Scope],
        ).rstrip()
        + "\n"
    )


_ROLES = list(Role)
_AT_CASES = [role for role in Role if Permission.SEE_CASES in PERMITS[role]]


def _heads(roles: list[Role] | None = None) -> list[str]:
    return [str(role.label) for role in roles or _ROLES]


def _named(roles: frozenset[Role] | list[Role]) -> str:
    return ", ".join(str(role.label).lower() for role in Role if role in roles)


def _permissions() -> Iterator[tuple[str, ...]]:
    for permission in Permission:
        held = [_YES if permission in PERMITS[role] else "" for role in _ROLES]
        yield (code(permission.value), _PERMITTED[permission], *held)


# ------------------------------------------------------------------ acts
def _acts() -> Iterator[tuple[str, ...]]:
    states = {
        kind: [_a_state(kind), _a_state(kind, is_closed=True), _a_state(kind, is_protected=True)]
        for kind in (Kind.COMPLAINT, Kind.ENQUIRY)
    }
    for noun, act in ACTS.items():
        marks = []
        for role in _AT_CASES:
            viewer = _a_viewer(role)
            if _may(noun, act.rule, states[Kind.COMPLAINT], viewer):
                marks.append(_YES)
            elif _may(noun, act.rule, states[Kind.ENQUIRY], viewer):
                marks.append(_WORDS_ONLY)
            else:
                marks.append("")
        yield (str(act.title), code(noun), *marks)


def _may(noun: str, rule: str, states: list[CaseState], viewer: Viewer) -> bool:
    """Whether the role never stands against it."""
    refusals = [
        rules.why_not_all(state, viewer, at=_SOME_DAY)[rule]
        if rule
        else _ON_A_THING[noun](state, viewer.within(_ENTITY))
        for state in states
    ]
    return all(refusal is None or refusal.code != "not_permitted" for refusal in refusals)


def _a_viewer(role: Role) -> Viewer:
    return Viewer(
        account=Account(pk=_ME),
        entities=(_ENTITY,),
        roles=frozenset({role}),
        permissions=PERMITS[role],
        rights=frozenset((permission, _ENTITY) for permission in PERMITS[role]),
    )


def _a_state(kind: Kind, *, is_closed: bool = False, is_protected: bool = False) -> CaseState:
    """A case that the viewer holds, with nothing in it: no rule gets further than rights."""
    case = Case(
        id=1,
        entity_id=_ENTITY,
        kind=kind,
        stage=Stage.INVESTIGATION,
        holder_id=_ME,
        difficulty=Case.Difficulty.COMPLEX,
        complainant_id=1,
        recused=[],
        is_protected=is_protected,
        facts={},
        closed_at=_SOME_DAY if is_closed else None,
    )
    nothing: dict[str, Any] = dict.fromkeys(
        ("mandate", "assessment", "cure", "response", "letter", "closure")
    )
    none: dict[str, Any] = dict.fromkeys(
        ("instances", "grievances", "deadlines", "inquiries", "parts", "findings", "redress",
         "approvals"), (),
    )  # fmt: skip
    house: Any = SimpleNamespace(redress_options=(), authority={})
    instance: Any = SimpleNamespace(kind="company")
    return CaseState(
        case=case,
        house=house,
        instance=instance,
        handled_by=frozenset(),
        decisions={},
        **nothing,
        **none,
    )


# ------------------------------------------------------------------ pages
def _pages() -> Iterator[tuple[str, str]]:
    for address, pattern in _patterns(get_resolver()):
        view = cast(Any, pattern.callback)
        if hasattr(view, "staff_permissions"):
            yield code(f"/{address}"), _who(view.staff_permissions)


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        address = before + re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, address)
        else:
            yield address, pattern


def _who(permissions: frozenset[Permission]) -> str:
    if not permissions:
        return "everybody of the staff"
    roles = [role for role in Role if PERMITS[role] & permissions]
    needed = codes(sorted(permission.value for permission in permissions))
    return f"{needed}: {_named(roles)}"
