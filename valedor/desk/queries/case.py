"""What the page of a case reads beside its state: lines, documents, limits, the person."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from valedor.acts.queries import writes_to
from valedor.casefile.access import cases_visible_to, visible_in_sql
from valedor.casefile.joining import surviving
from valedor.casefile.models import Case, Deadline, DeadlineEvent, Document, Entry, Letter
from valedor.casefile.reads import note_with
from valedor.casefile.viewing import Viewer
from valedor.channels.models import CallBack
from valedor.desk.queries.joining import Together, ask_together
from valedor.desk.queries.repeating import Repeated, ask_repeated
from valedor.foundation.questions import Question, one_round_trip
from valedor.handling.models import (
    Draft,
    IdentityCheck,
)
from valedor.handling.presence import Here, noting, others_in
from valedor.handling.queries import AskedState, CaseState
from valedor.incidents.collective.models import Membership
from valedor.orders.models import Order
from valedor.participants.models import Participant
from valedor.people.models import Account, ContactPoint
from valedor.review.office.models import Hearing

Row = TypeVar("Row")
Drafts = dict[str, list[Draft]]
"""What somebody has typed and not sent, by form, the newest of each first."""

SHOWN = 60
"""How many of the last lines the page shows before somebody asks for all of them."""


@dataclass(frozen=True)
class OtherCase:
    """Another case of the same person, as it is named beside this one."""

    reference: str
    subject: str
    stage: str
    received_at: datetime


@dataclass(frozen=True)
class CaseFile:
    """Everything that the page of a case shows, read together.

    ``entries`` are the end of the timeline, the oldest first, and ``earlier`` says how many lines
    come before them. ``documents`` go by entry, ``events`` by limit, ``names`` by account.
    """

    state: CaseState
    entries: list[Entry]
    earlier: int
    documents: dict[int, list[Document]]
    names: dict[int, str]
    deadlines: list[Deadline]
    events: dict[int, list[DeadlineEvent]]
    points: list[ContactPoint]
    others: list[OtherCase]
    together: list[Together]
    repeated: list[Repeated]
    identity_check: IdentityCheck | None
    letters: list[Letter]
    drafts: Drafts
    here: list[Here]
    memberships: list[Membership]
    promised_call: CallBack | None
    order: Order | None
    participants: list[Participant]
    asked_by_the_office: list[Hearing]


_ALL_LINES = Question(
    lambda case: Entry.objects.filter(case=case).select_related("content").order_by("-sequence")
)
_LAST_LINES = Question(
    lambda case: (
        Entry.objects.filter(case=case).select_related("content").order_by("-sequence")[: SHOWN + 1]
    )
)
_DOCUMENTS = Question(lambda case: Document.objects.filter(case=case).order_by("pk"))
_EVENTS = Question(
    lambda case: DeadlineEvent.objects.filter(case=case, withdrawn_at=None).order_by("at", "pk")
)
_LETTERS = Question(
    lambda case: (
        Letter.objects.filter(
            case=case,
            state__in=[
                Letter.State.WAITING,
                Letter.State.REFUSED,
                Letter.State.QUEUED,
                Letter.State.SENDING,
            ],
        )
        .select_related("recipient")
        .order_by("queued_at")
    )
)
_MEMBERSHIPS = Question(
    lambda case: (
        Membership.objects.filter(case=case, state__in=["joined", "proposed"])
        .select_related("incident")
        .order_by("state", "pk")
    )
)
_ORDER = Question(lambda case: Order.objects.filter(case=case).select_related("product"))
_PROMISED_CALLS = Question(
    lambda case: CallBack.objects.filter(case=case, settled_at=None).order_by("pk")[:1]
)
_PARTICIPANTS = Question(
    lambda case: (
        Participant.objects.filter(case=case, ended_at=None)
        .select_related("person")
        .order_by("let_in_at", "pk")
    )
)
_ASKED_BY_THE_OFFICE = Question(
    lambda case: (
        Hearing.objects.filter(case=case, answered_at=None, ended_at=None)
        .exclude(what__in=[Hearing.What.SHOWN, Hearing.What.NOTICE])
        .order_by("answer_by", "pk")
    )
)
_CHECKS = Question(
    lambda case: (
        IdentityCheck.objects.filter(case=case).select_related("letter").order_by("-at", "-pk")[:1]
    )
)
_POINTS = Question(
    lambda person: ContactPoint.objects.filter(person=person, ended_at=None).order_by("-pk")
)
_NAMES = """
    SELECT id, name FROM people_account WHERE id IN (
        SELECT by_id FROM casefile_entry WHERE case_id = %(case)s
        UNION SELECT member_id FROM handling_casepart WHERE case_id = %(case)s
        UNION SELECT unnest(%(others)s::bigint[])
    ) ORDER BY id
"""
# Under their own record, or under one with the same address or number: a hint, not a proof, and
# nobody is merged by it. The persons come first, as one array, so that their index finds the cases.
_OTHERS = """
    SELECT reference, subject, stage, received_at FROM casefile_case
    WHERE {seen} AND id <> %s AND complainant_id = ANY (ARRAY(
        SELECT unnest(%s::bigint[])
        UNION
        SELECT other.person_id FROM people_contactpoint AS own
        JOIN people_contactpoint AS other ON other.normalised = own.normalised
        WHERE own.person_id = %s AND own.ended_at IS NULL AND own.kind <> 'post'
    ))
    ORDER BY received_at DESC LIMIT 6
"""


@lru_cache(maxsize=256)
def _drafts_by(account: int) -> Question[Draft]:
    return Question(
        lambda case: Draft.objects.filter(case=case, account=account).order_by("-saved_at", "-pk")
    )


def open_file(viewer: Viewer, case: Case, *, at: datetime, all_lines: bool = False) -> CaseFile:
    """What a viewer may see of a case that was fetched for them; that they looked is noted with it.
    One round trip.
    """
    person, others = writes_to(case), []
    with one_round_trip(case.pk) as ask:
        note_with(ask, viewer, case, "case", at)
        here = ask.rows(*noting(viewer, case.reference, at=at))
        state = AskedState(ask, case)
        lines = ask(_ALL_LINES if all_lines else _LAST_LINES)
        documents, events, letters = ask(_DOCUMENTS), ask(_EVENTS), ask(_LETTERS)
        accounts = [*case.recused, *([case.holder_id] if case.holder_id else [])]
        names = ask.rows(_NAMES, {"case": case.pk, "others": accounts})
        drafts = ask(_drafts_by(viewer.account_id))
        together = ask_together(ask, viewer, case)
        repeated = ask_repeated(ask, viewer, case)
        memberships = ask(_MEMBERSHIPS)
        checks, calls, orders = ask(_CHECKS), ask(_PROMISED_CALLS), ask(_ORDER)
        participants, asked = ask(_PARTICIPANTS), ask(_ASKED_BY_THE_OFFICE)
        points = ask(_POINTS, person) if person else []
        if person or case.complainant_id:
            seen, values = visible_in_sql(viewer)
            known = [case.complainant_id] if case.complainant_id else []
            others = ask.rows(_OTHERS.format(seen=seen), [*values, case.pk, known, person or 0])
    seats = int(viewer.seats)
    shown = [entry for entry in lines if entry.seats & seats]
    more = not all_lines and len(shown) > SHOWN
    shown = list(reversed(shown[:SHOWN] if more else shown))
    return CaseFile(
        state=state.state(),
        entries=shown,
        earlier=shown[0].sequence - 1 if more and shown else 0,
        documents=_by((one for one in documents if one.seats & seats), lambda one: one.entry_id),
        names=dict(names),
        deadlines=[one for one in state.deadlines if one.seats & seats],
        events=_by(events, lambda one: one.deadline_id),
        points=points,
        others=[OtherCase(*row) for row in others],
        together=[Together(*row) for row in together],
        repeated=[Repeated(*row) for row in repeated],
        identity_check=checks[0] if checks else None,
        letters=letters,
        drafts=_by_form(drafts),
        here=others_in(here, at=at),
        memberships=memberships,
        promised_call=calls[0] if calls else None,
        order=orders[0] if orders else None,
        participants=participants,
        asked_by_the_office=asked,
    )


def _by(rows: Iterable[Row], key: Callable[[Row], int | None]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for one in rows:
        place = key(one)
        if place is not None:
            found[place].append(one)
    return dict(found)


def names_of(accounts: Iterable[int | None]) -> dict[int, str]:
    """The names of members of the staff."""
    wanted = {account for account in accounts if account is not None}
    if not wanted:
        return {}
    return dict(Account.objects.filter(pk__in=wanted).values_list("pk", "name"))


def case_it_goes_on_in(viewer: Viewer, case: Case) -> Case | None:
    """The case in which a merged one goes on; nothing for one that was not, or that leads where
    this viewer may not look.
    """
    if case.merged_into_id is None:
        return None
    return cases_visible_to(viewer).filter(pk=surviving(case).pk).first()


def limits_of(viewer: Viewer, case: Case) -> tuple[CaseState, list[Deadline]]:
    """The limits of a case, with what tells them apart. One round trip."""
    with one_round_trip(case.pk) as ask:
        asked = AskedState(ask, case)
    seats = int(viewer.seats)
    return asked.state(), [one for one in asked.deadlines if one.seats & seats]


def letters_of(case: Case) -> list[Letter]:
    """Every letter of a case, the newest first."""
    return list(
        Letter.objects.filter(case=case).select_related("recipient").order_by("-queued_at", "-pk")
    )


def drafts_of(viewer: Viewer, case: Case) -> Drafts:
    """What this member of the staff has typed and not sent, by form, the newest first."""
    found = Draft.objects.filter(case=case, account=viewer.account_id)
    return _by_form(found.order_by("-saved_at", "-pk"))


def _by_form(drafts: Iterable[Draft]) -> Drafts:
    found: Drafts = {}
    for one in drafts:
        found.setdefault(one.form, []).append(one)
    return found


def drop_draft_of(viewer: Viewer, case: Case, draft_id: int) -> bool:
    """Remove one draft of this member of the staff; whether it was there."""
    found = Draft.objects.filter(case=case, account=viewer.account_id, pk=draft_id)
    return bool(found.delete()[0])
