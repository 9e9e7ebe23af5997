"""What goes into a dossier: as much as its maker may see, and of that what may go to a body.

Everything is asked under the maker's own viewer, so that the walls of the database hold here as on
their pages. Lines and documents that nobody but the maker's own house sees are its working papers:
they stay, unless the company itself says that they go too. What was said before a mediator, or
handed over for the mediation alone, is confidential and stays in any case (Ley 5/2012, art. 9; ISO
10003): that it was mediated, and how it ended, goes.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from valedor.bodies.models import Body
from valedor.casefile import documents as case_documents
from valedor.casefile import store
from valedor.casefile.access import cases_visible_to
from valedor.casefile.documents import IN_MEDIATION
from valedor.casefile.models import (
    Case,
    Deadline,
    DeadlineEvent,
    Document,
    Entry,
    Grievance,
    Instance,
    Letter,
    Message,
    RawMessage,
)
from valedor.casefile.seats import Seat
from valedor.casefile.viewing import Viewer, viewing
from valedor.disputes.dossier.rules import own_seat, why_not_make
from valedor.disputes.models import Dossier, Referral
from valedor.disputes.referral.facts import (
    HearingHeld,
    PositionGiven,
    ProposalAccepted,
    ProposalDeclined,
    ProposalMade,
)
from valedor.handling.models import Decision, Redress, Response
from valedor.handling.queries import case_state
from valedor.people.models import Account, ContactPoint
from valedor.procedures.house_rules import HouseRules
from valedor.telling.values import content_of

_WITH = ("entity", "complainant", "mandate__representative", "mandate__represented")
Goes = Callable[[Entry | Document, str], bool]
PURPOSE = "dossier"
_STAY = (PURPOSE, IN_MEDIATION)
_OF_A_MEDIATION = (PositionGiven, ProposalMade, ProposalAccepted, ProposalDeclined, HearingHeld)

# Why something is not in a dossier.
WORKING_LINES = "working_lines"
SAID_IN_MEDIATION = "said_in_mediation"
PAPERS_OF_MEDIATION = "papers_of_mediation"
WORKING_DOCUMENTS = "working_documents"
ERASED_LINES = "erased_lines"
ERASED_DOCUMENTS = "erased_documents"
QUARANTINED = "quarantined"
MISSING = "missing"
NOT_CHOSEN = "not_chosen"
RAW_MESSAGES = "raw_messages"
WORDS = "words"


@dataclass(frozen=True)
class Filed:
    """A document of the file with its number; ``why_not`` says why its bytes do not go along."""

    number: int
    document: Document
    why_not: str = ""

    @property
    def mark(self) -> str:
        """How the dossier refers to it."""
        return f"D{self.number}"


@dataclass(frozen=True)
class Written:
    """A letter that went out, or words that came in, with its number."""

    number: int
    letter: Letter | None = None
    message: Message | None = None
    raw: RawMessage | None = None

    @property
    def mark(self) -> str:
        """How the dossier refers to it."""
        return f"L{self.number}"


@dataclass(frozen=True)
class Contents:
    """The case as its maker may hand it over. ``letter_of`` finds what was written by its line."""

    case: Case
    house: HouseRules
    own: Seat
    instances: tuple[Instance, ...]
    entries: Sequence[Entry]
    written: Sequence[Written]
    filed: Sequence[Filed]
    grievances: Sequence[Grievance]
    decisions: Sequence[Decision]
    redress: Sequence[Redress]
    deadlines: Sequence[Deadline]
    events: dict[int, list[DeadlineEvent]]
    points: Sequence[ContactPoint]
    names: dict[int, str]
    left_out: dict[str, int] = field(default_factory=dict)

    @cached_property
    def _marks_of_lines(self) -> dict[int, str]:
        return {one.message.entry_id: one.mark for one in self.written if one.message is not None}

    @cached_property
    def _marks_of_letters(self) -> dict[int, str]:
        return {one.letter.pk: one.mark for one in self.written if one.letter is not None}

    @cached_property
    def _marks_of_documents(self) -> dict[int, str]:
        return {one.document.pk: one.mark for one in self.filed}

    def mark_of_line(self, entry: Entry) -> str:
        """The letter or document that a line is about; empty where it is about neither."""
        told = entry.particulars
        return (
            self._marks_of_lines.get(entry.pk)
            or self._marks_of_letters.get(told.get("letter", 0))
            or self._marks_of_documents.get(told.get("document", 0), "")
        )


def may_go(document: Document) -> bool:
    """Whether a document may be in a dossier: no other dossier is, nor what is confidential."""
    return document.purpose not in _STAY


def contents_of(dossier: Dossier, viewer: Viewer) -> Contents | None:
    """What a dossier holds, asked as whoever asked for it sees the case now; nothing where they may
    not make it any more.
    """
    with viewing(viewer):
        case = cases_visible_to(viewer).filter(pk=dossier.case_id).select_related(*_WITH).first()
        if case is None or why_not_make(case_state(case), viewer.within(case.entity_id)):
            return None
        return contents_for(viewer, case, dossier)


def contents_for(viewer: Viewer, case: Case, dossier: Dossier) -> Contents:
    """Everything that a dossier holds. Asked inside ``viewing(viewer)``."""
    own = own_seat(viewer)
    state = case_state(case)
    left_out: dict[str, int] = defaultdict(int)
    is_redacted = dossier.copy == Dossier.Copy.REDACTED

    def goes(row: Entry | Document, reason: str) -> bool:
        if not row.seats & int(viewer.seats):
            return False
        if dossier.with_working or row.seats & ~int(own):
            return True
        if own != Seat.COMPLAINANT:  # That they take their file along is theirs, and no matter.
            left_out[reason] += 1
        return False

    found = Entry.objects.filter(case=case.pk).select_related("content").order_by("sequence")
    seen = list(found)
    papers = Document.objects.filter(case=case.pk, purpose=IN_MEDIATION)
    handed_over = {one.entry_id for one in papers if one.seats & int(viewer.seats)}
    mediated = _said_in_mediation(case) | handed_over
    entries = [one for one in seen if one.pk not in mediated and goes(one, WORKING_LINES)]
    left_out[PAPERS_OF_MEDIATION] = sum(one.pk in handed_over for one in seen)
    left_out[SAID_IN_MEDIATION] = sum(one.pk in mediated - handed_over for one in seen)
    left_out[ERASED_LINES] = sum(
        one.content_digest is not None and content_of(one) is None for one in entries
    )
    filed = _filed(case, dossier, goes, left_out)
    written = _written(case, entries, left_out, is_redacted=is_redacted)
    deadlines = [
        one
        for one in Deadline.objects.filter(case=case.pk).order_by("starts_at", "pk")
        if one.seats & int(viewer.seats)
        and (one.role != Deadline.Role.TARGET or dossier.with_working)
    ]
    return Contents(
        case=case,
        house=state.house,
        own=own,
        instances=state.instances,
        entries=entries,
        written=written,
        filed=filed,
        grievances=list(Grievance.objects.filter(case=case.pk).order_by("ordinal")),
        decisions=_decisions(case, viewer),
        redress=_redress(case, viewer),
        deadlines=deadlines,
        events=_events(case, viewer),
        points=_points(case),
        names=_names(seen, written),
        left_out={reason: number for reason, number in left_out.items() if number},
    )


def _said_in_mediation(case: Case) -> set[int]:
    """The lines that tell what the sides or the mediator said, where a body only helps to agree."""
    mediations = Referral.objects.filter(case=case.pk, method=Body.Method.FACILITATIVE)
    found = Entry.objects.filter(
        case=case.pk,
        kind__in=[one.kind for one in _OF_A_MEDIATION],
        particulars__referral__in=list(mediations.values_list("pk", flat=True)),
    )
    return set(found.values_list("pk", flat=True))


def _names(entries: Iterable[Entry], written: Iterable[Written]) -> dict[int, str]:
    """The members of the staff whom the file knows: those of lines that stay in the house too,
    since they may have signed what did not.
    """
    accounts = {one.by_id for one in entries if one.by_id is not None}
    letters = (one.letter for one in written if one.letter is not None)
    accounts |= {letter.by_id for letter in letters if letter.by_id is not None}
    return dict(Account.objects.filter(pk__in=accounts).values_list("pk", "name"))


def _filed(
    case: Case,
    dossier: Dossier,
    goes: Goes,
    left_out: dict[str, int],
) -> list[Filed]:
    filed: list[Filed] = []
    chosen = frozenset(dossier.chosen)
    found = Document.objects.filter(case=case.pk).exclude(purpose__in=_STAY)
    found = found.select_related("entry").order_by("at", "pk")
    for document in found:
        if not goes(document, WORKING_DOCUMENTS):
            continue
        why_not = ""
        if document.erased_at is not None:
            why_not = ERASED_DOCUMENTS
        elif document.is_quarantined:
            why_not = QUARANTINED
        elif not _is_whole(document):
            why_not = MISSING
        elif dossier.copy == Dossier.Copy.REDACTED and document.pk not in chosen:
            why_not = NOT_CHOSEN
        if why_not:
            left_out[why_not] += 1
        filed.append(Filed(len(filed) + 1, document, why_not))
    return filed


def _is_whole(document: Document) -> bool:
    """Whether the bytes are on disk, and still the ones that were filed."""
    try:
        with store.path_of(document.sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == document.sha256
    except OSError:
        return False


def _written(
    case: Case, entries: Sequence[Entry], left_out: dict[str, int], *, is_redacted: bool
) -> list[Written]:
    """What went out and came in, by the day on which it did."""
    lines = {one.pk: one for one in entries}
    messages = Message.objects.filter(case=case.pk, direction=Message.Direction.IN).select_related(
        "raw"
    )
    letters = Letter.objects.filter(case=case.pk).exclude(accepted_at=None)
    letters = letters.select_related("recipient", "contact_point", "case__entity")
    dated: list[tuple[object, int, Letter | None, Message | None]] = [
        (one.at, one.pk, None, one) for one in messages if one.entry_id in lines
    ]
    dated += [(one.accepted_at, one.pk, one, None) for one in letters]
    dated.sort(key=lambda one: one[:2])
    written: list[Written] = []
    for number, (_at, _key, letter, message) in enumerate(dated, start=1):
        if message is not None:
            message.entry = lines[message.entry_id]
        raw = _original(message)
        if raw is not None and is_redacted:
            left_out[RAW_MESSAGES] += 1
            raw = None
        written.append(Written(number, letter, message, raw))
    return written


def _original(message: Message | None) -> RawMessage | None:
    """The mail as it came, where words came by mail and nothing harmful is in it."""
    raw = message.raw if message else None
    if raw is None or message is None or message.channel != Case.Channel.EMAIL:
        return None
    if raw.state == RawMessage.State.ERASED or (raw.content is None and not raw.stored_as):
        return None
    if raw.stored_as and not store.path_of(raw.stored_as).is_file():
        return None
    return None if case_documents.why_not_save_raw(raw) else raw


def _decisions(case: Case, viewer: Viewer) -> list[Decision]:
    """Those that the person was told: a draft of an answer decides nothing."""
    told = set(
        Response.objects.filter(case=case.pk)
        .exclude(sent_at=None)
        .values_list("instance_id", flat=True)
    )
    found = Decision.objects.filter(case=case.pk, replaced_at=None, instance__in=told)
    found = found.select_related("instance", "grievance")
    return [
        one
        for one in found.order_by("instance__ordinal", "grievance__ordinal", "pk")
        if one.seats & int(viewer.seats)
    ]


def _redress(case: Case, viewer: Viewer) -> list[Redress]:
    """What was offered: proposals that nobody approved are the house's own."""
    found = Redress.objects.filter(case=case.pk).exclude(offered_at=None).order_by("at", "pk")
    return [one for one in found if one.seats & int(viewer.seats)]


def _events(case: Case, viewer: Viewer) -> dict[int, list[DeadlineEvent]]:
    events: dict[int, list[DeadlineEvent]] = defaultdict(list)
    found = DeadlineEvent.objects.filter(case=case.pk, withdrawn_at=None).order_by("at", "pk")
    for one in found:
        if one.seats & int(viewer.seats):
            events[one.deadline_id].append(one)
    return events


def _points(case: Case) -> list[ContactPoint]:
    """How the person and whoever speaks for them are reached."""
    people = {case.complainant_id}
    if case.mandate is not None:
        people |= {case.mandate.represented_id, case.mandate.representative_id}
    return list(
        ContactPoint.objects.filter(person__in=people - {None}, ended_at=None).order_by("pk")
    )
