"""The receipt as a document: a PDF/A of what was filed, when, its hash and the dates it set off.

It is the proof that the person keeps (Ley 10/2025, art. 11; ISO 10002, 7.3). Made once from what
stood in the file at registration and kept with the case; made again, it comes out the same.
"""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.utils import translation

from valedor.casefile import letters, store, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import SYSTEM
from valedor.casefile.facts_letters import ReceiptDrawnUp
from valedor.casefile.models import (
    Case,
    Deadline,
    Document,
    Entry,
    EntryContent,
    Grievance,
    Message,
    RawMessage,
    RefusedDocument,
)
from valedor.casefile.paper.seals import with_seal
from valedor.casefile.paper.typeset import typeset
from valedor.casefile.seats import BOTH_SIDES, Seat
from valedor.foundation import chain
from valedor.foundation.refusals import Refusal, Refused
from valedor.foundation.spoken_dates import day_in_words, moment_in_words
from valedor.procedures.letter_facts import later_bodies, law_in_words

PURPOSE = "receipt"


@cache
def paper_words(language: str) -> dict[str, Any]:
    """The fixed words of papers in a language."""
    text = (files("valedor.casefile.paper") / "words.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)[language])


def receipt_pdf(case: Case) -> bytes:
    """The receipt of a case as PDF/A-2a; the same case gives the same bytes until corrected.

    Raises ``Refused`` for a case whose content was erased.
    """
    if case.erased_at is not None:
        raise Refused(Refusal("case_erased", "What was filed has been erased."))
    return typeset("receipt", _values(case), case.language, at=case.registered_at)


def sealed_receipt(case: Case, *, at: datetime) -> bytes:
    """The same with the seal of the house, for whoever wants it before it is kept."""
    return with_seal(receipt_pdf(case), reason=case.reference, at=at)


def receipt_to_show(case: Case, *, at: datetime) -> bytes:
    """The one that is kept, else one made for the moment: whoever only looks keeps nothing."""
    kept = _kept(case)
    return store.read(kept.sha256) if kept is not None else sealed_receipt(case, at=at)


def receipt_of(case: Case, *, at: datetime) -> tuple[Document, bytes]:
    """The receipt that is kept with a case, made, sealed and kept now where there is none yet."""
    kept = _kept(case)
    if kept is not None:
        return kept, store.read(kept.sha256)
    made = sealed_receipt(case, at=at)
    sha256, size = store.keep(made)
    with transaction.atomic():
        case = locked(case)
        kept = _kept(case)
        if kept is not None:  # Somebody was quicker.
            return kept, store.read(kept.sha256)
        salt = chain.draw_salt()
        document = Document(
            case=case,
            entity_id=case.entity_id,
            seats=int(BOTH_SIDES),
            side=Document.Side.COMPANY,
            purpose=PURPOSE,
            name=f"{case.reference}.pdf",
            media_type="application/pdf",
            size=size,
            sha256=sha256,
            salt=salt,
            salted_digest=chain.salted_digest(salt, {"sha256": sha256}),
            at=at,
        )
        document.entry = timeline.record(
            case,
            ReceiptDrawnUp(
                document=document.pk, size=size, digest=bytes(document.salted_digest).hex()
            ),
            by=SYSTEM,
            at=at,
        )
        document.save(force_insert=True)
    return document, made


def _kept(case: Case) -> Document | None:
    return (
        Document.objects.filter(case=case.pk, purpose=PURPOSE, erased_at=None)
        .order_by("pk")
        .first()
    )


def _values(case: Case) -> dict[str, Any]:
    language, zone = case.language, case.entity.timezone
    words = paper_words(language)
    opening = (
        Entry.objects.filter(case=case.pk)
        .select_related("content", "message__raw")
        .order_by("sequence")
        .first()
    )
    content: EntryContent | None = getattr(opening, "content", None)
    deadlines = list(Deadline.objects.filter(case=case.pk).order_by("due_at", "pk"))
    return {
        "title": f"{words['title']} {case.reference}",
        "foot": f"{case.entity.name} · {case.reference}",
        "entity": case.entity.name,
        "words": words,
        "facts": _facts(case, words, language, zone),
        "narrative": content.body if content else "",
        "points": _points(case),
        "remedy": case.remedy_sought,
        "documents": [
            {"name": one.name, "size": _size(one.size), "sha256": one.sha256}
            for one in _filed_documents(case)
        ],
        "refused": [
            {
                "name": one.name,
                "reason": words["refusal"].get(one.reason, words["refusal"]["other"]),
            }
            for one in RefusedDocument.objects.filter(
                case=case.pk, at__lte=case.registered_at
            ).order_by("pk")
        ],
        "dates": _dates(deadlines, _told_at_first(opening), words, language, zone),
        "later": list(later_bodies((one.procedure_version_id for one in deadlines), language)),
        "address": letters.page_of(case),
        "hash": _hash_of_filing(opening),
    }


def _facts(case: Case, words: Mapping[str, Any], language: str, zone: str) -> list[tuple[str, str]]:
    with translation.override(language):
        kind, channel = str(case.get_kind_display()), str(case.get_channel_display())
    mandate, complainant = case.mandate, case.complainant
    sender = mandate.representative if mandate else complainant
    rows = [
        (words["reference"], case.reference),
        (words["received"], moment_in_words(case.received_at, zone, language)),
        (words["registered"], moment_in_words(case.registered_at, zone, language)),
        (words["entity"], case.entity.name),
        (words["complainant"], sender.name if sender else ""),
        (words["representative"], complainant.name if mandate and complainant else ""),
        (words["channel"], channel),
        (words["kind"], kind),
        (words["subject"], case.subject),
        (words["contract"], case.contract_number),
    ]
    return [(name, value) for name, value in rows if value]


def _points(case: Case) -> list[str]:
    return list(
        Grievance.objects.filter(case=case.pk, added_at__lte=case.registered_at)
        .order_by("ordinal")
        .values_list("text", flat=True)
    )


def _filed_documents(case: Case) -> Iterable[Document]:
    return Document.objects.filter(
        case=case.pk, side=Document.Side.COMPLAINANT, at__lte=case.registered_at, erased_at=None
    ).order_by("pk")


def _size(octets: int) -> str:
    return f"{octets} B" if octets < 1024 else f"{-(-octets // 1024)} kB"


def _told_at_first(opening: Entry | None) -> dict[int, Mapping[str, Any]]:
    """The limits as they stood when the case was registered, by deadline."""
    told = opening.particulars.get("deadlines") if opening else None
    return {int(one["deadline"]): one for one in told or ()}


def _dates(
    deadlines: Iterable[Deadline],
    told: Mapping[int, Mapping[str, Any]],
    words: Mapping[str, Any],
    language: str,
    zone: str,
) -> list[dict[str, str]]:
    dates: list[dict[str, str]] = []
    seen: set[tuple[str, str]] = set()
    for deadline in deadlines:
        if deadline.duty == "acknowledge":  # Done by this very paper.
            continue
        first = told.get(deadline.pk)
        is_later = bool(told) and first is None
        if is_later or Seat.COMPLAINANT not in Seat(deadline.seats):
            continue
        due_on = first["due_on"] if first else deadline.due_on
        due_at = first["due_at"] if first else deadline.due_at
        if due_on is not None:
            day = day_in_words(_day(due_on), language, with_weekday=True)
        elif due_at is not None:
            day = moment_in_words(_moment(due_at), zone, language)
        else:
            continue
        if (deadline.duty, day) in seen:
            continue
        seen.add((deadline.duty, day))
        law = law_in_words(deadline.procedure_version_id, deadline.clock, language)
        notes = [
            words["promise"] if deadline.role == Deadline.Role.PROMISE else "",
            words["provisional"] if deadline.is_provisional else "",
        ]
        dates.append(
            {
                "duty": words["duty"].get(deadline.duty, words["duty"]["other"]),
                "day": day,
                "law": law,
                "note": " ".join(filter(None, notes)),
            }
        )
    return dates


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _moment(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _hash_of_filing(opening: Entry | None) -> str:
    """SHA-256 of what was filed, byte for byte as it arrived; empty where nothing raw was kept."""
    message: Message | None = getattr(opening, "message", None)
    raw: RawMessage | None = message.raw if message else None
    if raw is None:
        return ""
    if raw.stored_as:
        return raw.stored_as
    return hashlib.sha256(bytes(raw.content)).hexdigest() if raw.content is not None else ""
