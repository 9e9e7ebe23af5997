"""The timeline: the only writer of entries.

Each case has one chain. An entry carries the hash of the one before it and a salted digest of
its personal content, which lies in a sibling row; docs/concepts/chains.md writes the format
down.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from valedor.casefile.actors import By
from valedor.casefile.facts import Fact
from valedor.casefile.models import Case, Entry, EntryContent, Instance
from valedor.casefile.seats import Seat
from valedor.foundation import chain, rows
from valedor.foundation.jobs import job_statement

# Names of the tasks that follow a fact: filled from ``config.followers`` when the program starts.
followers: dict[str, list[str]] = defaultdict(list)

# What is written beside a fact for systems outside: filled from ``config.followers`` likewise.
outboxes: list[Callable[[Case, Entry], list[rows.Statement]]] = []

_HEAD = "UPDATE casefile_case SET last_sequence = %s, last_hash = %s WHERE id = %s"
_SEARCH = """
    INSERT INTO casefile_searchtext (case_id, words) VALUES (%s, valedor_words(%s, %s))
    ON CONFLICT (case_id) DO UPDATE
    SET words = valedor_more_words(casefile_searchtext.words, excluded.words)
"""
_WALLED_SEARCH = """
    INSERT INTO casefile_walledsearchtext (case_id, entity_id, seats, words)
    VALUES (%s, %s, %s, valedor_words(%s, %s))
"""


def record(
    case: Case,
    fact: Fact,
    *,
    by: By,
    at: datetime,
    body: str = "",
    seats: Seat | None = None,
    instance: Instance | None = None,
    recorded_at: datetime | None = None,
) -> Entry:
    """Write a fact of a locked case, and enqueue whoever follows it, in the current transaction."""
    entry, content = compose(
        case, fact, by=by, at=at, body=body, seats=seats, instance=instance, recorded_at=recorded_at
    )
    statements = [(_HEAD, [case.last_sequence, case.last_hash, case.pk])]
    if body:
        statements.append(words_of(case, entry, body))
    rows.write(
        [entry] if content is None else [entry, content],
        also=statements + follow_up(case, entry),
    )
    return entry


def words_of(case: Case, entry: Entry, text: str) -> rows.Statement:
    """The statement that makes a text findable: behind the wall where the company does not see
    it.
    """
    if entry.seats & Seat.COMPANY:
        return _SEARCH, [case.pk, case.language, text]
    return _WALLED_SEARCH, [case.pk, case.entity_id, entry.seats, case.language, text]


def compose(
    case: Case,
    fact: Fact,
    *,
    by: By,
    at: datetime,
    body: str = "",
    seats: Seat | None = None,
    instance: Instance | int | None = None,
    recorded_at: datetime | None = None,
) -> tuple[Entry, EntryContent | None]:
    """The rows of a fact, not written yet; the case's head moves on in memory.

    For whoever writes many rows at once, and may know no more of an instance than its id.
    """
    lasting, personal = fact.split()
    if by.speaker is not None:
        lasting |= {"said_by": by.speaker.participant_id, "said_as": by.speaker.role}
        personal |= {"said_name": by.speaker.name, "said_for": by.speaker.organisation}
    seen_by = case.seated(fact.seats if seats is None else seats)
    entry = rows.fresh(
        Entry,
        case_id=case.pk,
        entity_id=case.entity_id,
        seats=int(seen_by),
        instance_id=instance.pk if isinstance(instance, Instance) else instance,
        sequence=case.last_sequence + 1,
        kind=fact.kind,
        particulars=lasting,
        stage=case.stage,
        holder_id=case.holder_id,
        actor=by.actor,
        by_id=by.account_id,
        at=at,
        recorded_at=recorded_at or at,
    )
    content = None
    if personal or body:
        content = rows.fresh(
            EntryContent,
            id=entry,
            case_id=case.pk,
            entity_id=case.entity_id,
            seats=int(seen_by),
            salt=chain.draw_salt(),
            details=personal,
            body=body,
        )
        entry.content_digest = content_digest(content)
    entry.hash = hash_of(entry, previous=bytes(case.last_hash))
    case.last_sequence, case.last_hash = entry.sequence, entry.hash
    return entry, content


def follow_up(case: Case, entry: Entry) -> list[rows.Statement]:
    """The jobs of those who follow this fact, and what is told outside the house, as statements of
    the same transaction.
    """
    return [
        *(
            job_statement(task, case_id=case.pk, entry_id=entry.pk)
            for task in followers.get(entry.kind, ())
        ),
        *told_outside(case, entry),
    ]


def told_outside(case: Case, entry: Entry) -> list[rows.Statement]:
    """What is written beside a fact for systems outside the house."""
    return [statement for outbox in outboxes for statement in outbox(case, entry)]


def content_digest(content: EntryContent) -> bytes:
    """The salted digest of a personal content."""
    return digest_of_content(bytes(content.salt), chain.written(content.details), content.body)


def digest_of_content(salt: bytes, details: str, body: str) -> bytes:
    """The same for whoever composes lines in bulk: the details are canonical text already."""
    return chain.salted_digest(salt, f'{{"body":{chain.written(body)},"details":{details}}}')


def hash_of(entry: Entry, *, previous: bytes) -> bytes:
    """The hash of an entry, from the one before it and everything that stays."""
    digest = entry.content_digest
    return hash_of_line(
        previous,
        entry=entry.pk,
        case=entry.case_id,
        entity=entry.entity_id,
        instance=entry.instance_id,
        sequence=entry.sequence,
        kind=entry.kind,
        seats=entry.seats,
        particulars=chain.written(entry.particulars),
        content=None if digest is None else bytes(digest),
        stage=entry.stage,
        holder=entry.holder_id,
        actor=entry.actor,
        by=entry.by_id,
        at=chain.moment(entry.at),
        recorded_at=chain.moment(entry.recorded_at),
    )


def hash_of_line(
    previous: bytes,
    *,
    entry: int,
    case: int,
    entity: int,
    instance: int | None,
    sequence: int,
    kind: str,
    seats: int,
    particulars: str,
    content: bytes | None,
    stage: str,
    holder: int | None,
    actor: str,
    by: int | None,
    at: str,
    recorded_at: str,
) -> bytes:
    """What is hashed, and nothing else; the particulars and the moments are canonical already.

    The text is put together here, keys in their order: an import hashes three lines a case, and
    a general encoder would take twenty times as long for each.
    """
    digest = "null" if content is None else f'"{content.hex()}"'
    return chain.link(
        previous,
        f'{{"actor":{_word(actor)},"at":"{at}","by":{_number(by)},"case":{case},'
        f'"content":{digest},"entity":{entity},"entry":{entry},"holder":{_number(holder)},'
        f'"instance":{_number(instance)},"kind":{_word(kind)},"particulars":{particulars},'
        f'"recorded_at":"{recorded_at}","seats":{_names(seats)},"sequence":{sequence},'
        f'"stage":{_word(stage)}}}',
    )


def _number(value: int | None) -> int | str:
    return "null" if value is None else value


@lru_cache(maxsize=1024)
def _word(code: str) -> str:
    return chain.written(str(code))


@lru_cache(maxsize=64)
def _names(seats: int) -> str:
    return chain.written(Seat(seats).names)
