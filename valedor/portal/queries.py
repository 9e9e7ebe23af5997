"""What a complainant's pages read of their one case, inside ``viewing(complainant_of(…))``."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import (
    Case,
    Deadline,
    DeadlineEvent,
    Document,
    Entry,
    Letter,
    RefusedDocument,
)
from valedor.casefile.seats import Seat
from valedor.casefile.viewing import complainant_of, the_house, viewing
from valedor.channels.chat.models import Chat, ChatLine
from valedor.foundation.questions import Question, one_round_trip
from valedor.handling.models import Response
from valedor.handling.queries import AskedState, CaseState
from valedor.people.models import PromotionConsent

_EVENTS = Question(
    lambda case: DeadlineEvent.objects.filter(case=case, withdrawn_at=None).order_by("at", "pk")
)
_ENTRIES = Question(
    lambda case: Entry.objects.filter(case=case).select_related("content").order_by("sequence")
)
_DOCUMENTS = Question(
    lambda case: Document.objects.filter(case=case, erased_at=None).order_by("at", "pk")
)
_REFUSED = Question(lambda case: RefusedDocument.objects.filter(case=case).order_by("at", "pk"))
_LETTERS = Question(
    lambda case: (
        Letter.objects.filter(case=case)
        .exclude(state__in=[Letter.State.CANCELLED, Letter.State.REFUSED])
        .exclude(Exists(Response.objects.filter(letter=OuterRef("pk"), sent_at=None)))
        .order_by("queued_at", "pk")
    )
)
_ANSWERS = Question(
    lambda case: (
        Response.objects.filter(case=case, replaced_at=None)
        .exclude(sent_at=None)
        .order_by("sent_at", "pk")
    )
)

_CONSENTS = Question(
    lambda person: PromotionConsent.objects.filter(person=person).order_by("-given_at", "-pk")
)
_CHATS = Question(lambda case: Chat.objects.filter(case=case, ended_at=None))


@dataclass(frozen=True)
class CaseFile:
    """A case with everything that its pages show, in one round trip.

    All lists are those of the complainant's seat. ``answers`` are the responses that went out, in
    order: one that has not gone yet is not told, nor its letter, which can still be taken back.
    ``chats`` are those that go on: one or none. ``state`` is what the rules ask about.
    """

    case: Case
    state: CaseState
    entries: list[Entry]
    deadlines: list[Deadline]
    events: dict[int, list[DeadlineEvent]]
    letters: list[Letter]
    documents: list[Document]
    refused: list[RefusedDocument]
    answers: list[Response]
    chats: list[Chat]
    has_consents: bool


def case_of(case_id: int, entity_key: str, reference: str) -> Case | None:
    """The one case that somebody was let in to, if it is the one of this address.

    Inside ``viewing(complainant_of(case_id))``.
    """
    return (
        cases_visible_to(complainant_of(case_id))
        .filter(reference=reference.upper(), entity__key=entity_key)
        .select_related("entity", "complainant", "mandate__representative", "category")
        .first()
    )


def case_let_in(case_id: int, entity_key: str, reference: str) -> Case | None:
    """The same where nobody looks yet."""
    with viewing(complainant_of(case_id)):
        return case_of(case_id, entity_key, reference)


def file_of(case: Case) -> CaseFile:
    """Everything that the pages of a case show."""
    with one_round_trip(case.pk) as ask:
        asked = AskedState(ask, case)
        entries, events = ask(_ENTRIES), ask(_EVENTS)
        letters, documents, refused = ask(_LETTERS), ask(_DOCUMENTS), ask(_REFUSED)
        answers, chats = ask(_ANSWERS), ask(_CHATS)
        consents = ask(_CONSENTS, case.complainant_id) if case.complainant_id else []
    by_deadline: dict[int, list[DeadlineEvent]] = {}
    for event in events:
        by_deadline.setdefault(event.deadline_id, []).append(event)
    return CaseFile(
        case=case,
        state=asked.state(),
        entries=[one for one in entries if _seen(one.seats)],
        deadlines=[one for one in asked.deadlines if _seen(one.seats)],
        events=by_deadline,
        letters=[one for one in letters if _seen(one.seats)],
        documents=[one for one in documents if _seen(one.seats)],
        refused=[one for one in refused if _seen(one.seats)],
        answers=answers,
        chats=chats,
        has_consents=any(one.entity_id == case.entity_id for one in consents),
    )


def consents_of(case: Case) -> list[PromotionConsent]:
    """To what promotional contact by this entity the person said yes, the last one first."""
    found = PromotionConsent.objects.filter(person=case.complainant_id, entity=case.entity_id)
    return list(found.order_by("-given_at", "-pk"))


def chat_of(case: Case) -> Chat | None:
    """The chat about a case that goes on, else the last one."""
    found = Chat.objects.filter(case=case).select_related("taken_by", "case__entity")
    return found.order_by("-begun_at").first()


def chats_before(chat: Chat) -> int:
    """How many wait before one. Who waits sees only their own case; the house counts."""
    with viewing(the_house(chat.entity_id)):
        waiting = Chat.objects.filter(entity=chat.entity_id, ended_at=None, taken_by=None)
        return waiting.filter(begun_at__lt=chat.begun_at).count()


def was_said(chat: Chat | None, text: str) -> bool:
    """Whether the person said these very words in a chat."""
    said = ChatLine.objects.filter(chat=chat, author=ChatLine.Author.PERSON, text=text)
    return chat is not None and said.exists()


def _seen(seats: int) -> bool:
    return Seat.COMPLAINANT in Seat(seats)
