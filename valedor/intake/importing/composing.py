"""From a row of a file to the rows of a case: raw, person, instance, grievance, limits, entries.

What an entry is and how it is hashed is ``casefile.timeline``'s; here it is only done without an
object a row, since an import writes a dozen rows for each case.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.facts import Fact
from valedor.casefile.models import (
    Case,
    Deadline,
    Entry,
    EntryContent,
    Grievance,
    Instance,
    Message,
    RawMessage,
    Stage,
)
from valedor.casefile.seats import BOTH_SIDES
from valedor.foundation import chain
from valedor.foundation.references import reference_of
from valedor.intake.actions.receive import subject_of
from valedor.intake.facts import ImportedAnswer, ImportedClosure, Received
from valedor.intake.importing.categories import CategoryTree
from valedor.intake.importing.clockwork import (
    SHARED,
    Clockwork,
    Counted,
    State,
    next_due,
    told,
    urgency,
)
from valedor.intake.importing.imported_row import ImportedRow
from valedor.intake.importing.mapping import Mapping
from valedor.intake.importing.reading import Record
from valedor.intake.importing.tables import (
    NOTHING,
    Lines,
    SearchLines,
    Staged,
    TableLines,
    json_text,
    moment,
    number,
    octets,
    text,
)
from valedor.intake.routing import team_for
from valedor.people.contact_points import normalised
from valedor.people.models import ContactPoint, Person
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.models import Category

_SEATS = int(BOTH_SIDES)
_EMAIL, _TELEPHONE = ContactPoint.Kind.EMAIL.value, ContactPoint.Kind.TELEPHONE.value
_POST = ContactPoint.Kind.POST.value
_IN, _OUT = Message.Direction.IN.value, Message.Direction.OUT.value


@dataclass
class Batch:
    """Some records, composed: everything that one transaction writes."""

    first_record: int
    last_record: int
    already_present: int = 0
    rejected: int = 0
    cases: int = 0
    tables: list[Lines] = field(default_factory=list)


class Composer:
    """Composes the cases of one import. Not for several threads at a time."""

    def __init__(
        self,
        house: HouseRules,
        mapping: Mapping,
        categories: CategoryTree,
        clockwork: Clockwork,
        *,
        file_name: str,
        at: datetime,
    ) -> None:
        self.house = house
        self.mapping = mapping
        self.categories = categories
        self.clockwork = clockwork
        self.at = at
        self.entity_id = house.entity.pk
        self.file_name = file_name
        self.ids = clockwork.ids
        self.recorded_at = chain.moment(at)
        self._now = moment(at)
        self._teams: dict[int, int | None] = {}
        same = {"entity_id": str(self.entity_id)}
        shared = same | {"seats": str(_SEATS)}
        self.people = TableLines(
            Person,
            ("id", "name", "language", "identity_number", "place"),
            constant={"created_at": self._now},
        )
        self.points = TableLines(
            ContactPoint,
            ("id", "person_id", "kind", "value", "normalised"),
            constant={"created_at": self._now},
        )
        self.cases = TableLines(
            Case,
            (
                "id", "reference", "kind", "channel", "complainant_id", "language",
                "answer_channel", "subject", "remedy_sought", "contract_number", "category_id",
                "area_id", "facts", "stage", "team_id", "urgency", "next_due_at", "source_number",
                "received_at", "closed_at", "last_sequence", "last_hash",
            ),
            constant=shared
            | {
                "source": mapping.source,
                "received_precision": mapping.precision,
                "registered_at": self._now,
            },
        )  # fmt: skip
        self.raws = TableLines(
            RawMessage,
            ("id", "case_id", "envelope", "content"),
            constant=shared
            | {
                "channel": Case.Channel.IMPORT.value,
                "state": RawMessage.State.REGISTERED.value,
                "media_type": "text/csv",
                "received_at": self._now,
            },
        )
        self.instances = TableLines(
            Instance,
            ("id", "case_id", "procedure_versions", "outcome", "team_id", "opened_at", "closed_at"),
            constant=shared | {"kind": mapping.instance},
        )
        self.grievances = TableLines(
            Grievance,
            ("id", "case_id", "text", "category_id"),
            constant=shared | {"added_at": self._now},
        )
        self.deadlines = TableLines(
            Deadline,
            (
                "id", "case_id", "instance_id", "state", "starts_at", "due_at", "warn_at", "met_at",
                "missed_at", "next_look_at",
            ),
            together=SHARED,
            constant=same,
        )  # fmt: skip
        self.entries = TableLines(
            Entry,
            ("id", "case_id", "instance_id", "sequence", "kind", "stage", "particulars",
             "content_digest", "actor", "at", "hash"),
            constant=shared | {"recorded_at": self._now},
        )  # fmt: skip
        self.contents = TableLines(
            EntryContent, ("id", "case_id", "salt", "details", "body"), constant=shared
        )
        self.messages = TableLines(
            Message,
            ("id", "case_id", "entry_id", "direction", "channel", "raw_id", "at"),
            constant=shared,
        )
        self.words = SearchLines()

    @property
    def tables(self) -> tuple[Staged, ...]:
        """What a case is written into, each table after those that it refers to."""
        return (
            self.people, self.points, self.cases, self.raws, self.instances, self.grievances,
            self.deadlines, self.entries, self.contents, self.messages, self.words,
        )  # fmt: skip

    def emptied(self) -> list[Lines]:
        """Everything composed since the last time, in the order in which it is written."""
        return [table.emptied() for table in self.tables]

    def compose(
        self, row: ImportedRow, record: Record, source_number: str, case_number: int
    ) -> None:
        """Compose one case."""
        case, instance, raw = next(self.ids), next(self.ids), next(self.ids)
        case_text = str(case)
        received_at = row.received.at
        received, answered = moment(received_at), NOTHING
        local = received_at.astimezone(self.clockwork.zone)
        category = self.categories.of(row.categories, local.date())
        category_id = category.pk if category else None
        answered_at = row.answered.at if row.answered else None
        closed_at = row.closed.at if row.closed else None

        counted = self.clockwork.limits_of(
            row.kind, category, category.facts if category else {}, received_at
        )
        begun = told(counted)
        self.clockwork.settle(counted, answered_at=answered_at, closed_at=closed_at)
        subject = (row.subject or subject_of(row.narrative))[:200]
        if answered_at is not None:
            answered = moment(answered_at)
        closed = moment(closed_at)
        chain_of_case = _Chain(self, case, instance)
        team = self._team_of(category)
        first = chain_of_case.add(
            Received(
                kind_of_contact=row.kind,
                channel=row.channel,
                grievances=1,
                privacy_notice=None,
                raw=raw,
                team=team,
                deadlines=begun if answered_at or closed_at else told(counted),
                subject=subject,
                remedy_sought=row.remedy_sought,
            ),
            stage=Stage.RECEIVED,
            body=row.narrative,
            at=received_at,
            actor=Entry.Actor.COMPLAINANT,
        )
        self.messages.add(
            str(next(self.ids)), case_text, str(first), _IN, row.channel, str(raw), received,
        )  # fmt: skip
        if row.answered:
            self._answer(row, case_text, chain_of_case, counted, answered)
        if row.closed:
            self._closure(row, chain_of_case, counted)

        stage = Stage.CLOSED if closed_at else Stage.ANSWERED if answered_at else Stage.RECEIVED
        person = self._person(row) if row.names_somebody else None
        is_open = closed_at is None
        self.cases.add(
            case_text,
            reference_of(local.year, case_number),
            row.kind,
            row.channel,
            number(person),
            row.language,
            Case.Channel.EMAIL.value if row.email else Case.Channel.LETTER.value,
            text(subject),
            text(row.remedy_sought),
            text(row.contract_number),
            number(category_id),
            number(category.area_id if category else None),
            json_text(category.facts) if category and category.facts else "{}",
            stage.value,
            number(team),
            urgency(counted) if is_open else Case.Urgency.NONE.value,
            moment(next_due(counted)) if is_open else NOTHING,
            text(source_number),
            received,
            closed,
            str(chain_of_case.sequence),
            octets(chain_of_case.head),
        )
        self.raws.add(
            str(raw),
            case_text,
            json_text({"file": self.file_name, "line": record.line, "record": record.number}),
            octets(record.content),
        )
        versions = sorted({one.kept.version for one in counted if one.kept.version})
        self.instances.add(
            str(instance), case_text, "{" + ",".join(map(str, versions)) + "}", text(row.outcome),
            number(team), received, closed,
        )  # fmt: skip
        self.grievances.add(str(next(self.ids)), case_text, text(subject), number(category_id))
        self._deadlines(counted, case_text, str(instance), received, answered)
        words = "\n".join(
            part
            for part in (
                row.subject, row.narrative, row.remedy_sought, row.contract_number, row.answer,
                row.name,
            )
            if part
        )  # fmt: skip
        self.words.add(case_text, row.language, words)

    def _answer(
        self,
        row: ImportedRow,
        case: str,
        chain_of_case: "_Chain",
        counted: Sequence[Counted],
        answered: str,
    ) -> None:
        assert row.answered is not None  # noqa: S101 -- the caller asked
        at = row.answered.at
        entry = chain_of_case.add(
            ImportedAnswer(
                source=self.mapping.source,
                dated_by=row.answered.by,
                precision=self.mapping.precision,
                deadlines=told(
                    [
                        one
                        for one in counted
                        if one.met_at is not None or (not row.closed and one.state != State.RUNNING)
                    ]
                ),
            ),
            stage=Stage.ANSWERED,
            body=row.answer,
            at=at,
            actor=Entry.Actor.SYSTEM,
        )
        if row.answer:
            self.messages.add(
                str(next(self.ids)), case, str(entry), _OUT, row.channel, NOTHING, answered,
            )  # fmt: skip

    def _closure(
        self, row: ImportedRow, chain_of_case: "_Chain", counted: Sequence[Counted]
    ) -> None:
        assert row.closed is not None  # noqa: S101 -- the caller asked
        chain_of_case.add(
            ImportedClosure(
                source=self.mapping.source,
                dated_by=row.closed.by,
                precision=self.mapping.precision,
                outcome=row.outcome,
                deadlines=told(
                    [one for one in counted if one.state in {State.DROPPED, State.MISSED}]
                ),
                rating=row.rating,
            ),
            stage=Stage.CLOSED,
            body="",
            at=row.closed.at,
            actor=Entry.Actor.SYSTEM,
        )

    def _person(self, row: ImportedRow) -> int:
        person = next(self.ids)
        self.people.add(
            str(person), text(row.name), row.language, text(row.identity_number), text(row.place)
        )
        for kind, value in (
            (_EMAIL, row.email),
            (_TELEPHONE, row.telephone),
            (_POST, row.postal_address),
        ):
            if value:
                self.points.add(
                    str(next(self.ids)), str(person), kind, text(value),
                    text(normalised(kind, value, self.house.entity.country)),
                )  # fmt: skip
        return person

    def _deadlines(
        self, counted: Sequence[Counted], case: str, instance: str, starts_at: str, answered: str
    ) -> None:
        # What is met was met by the answer, and what was missed was missed when it was due.
        for limit in counted:
            self.deadlines.add(
                str(limit.pk),
                case,
                instance,
                limit.state,
                starts_at,
                limit.due_text,
                moment(limit.warn_at),
                NOTHING if limit.met_at is None else answered,
                NOTHING if limit.missed_at is None else limit.due_text,
                moment(limit.next_look_at),
                limit.kept.line,
            )

    def _team_of(self, category: Category | None) -> int | None:
        key = category.pk if category else 0
        if key not in self._teams:
            team = team_for(self.house, category)
            self._teams[key] = team.pk if team else None
        return self._teams[key]


class _Chain:
    """The chain of one case while it is composed."""

    def __init__(self, composer: Composer, case: int, instance: int) -> None:
        self.composer = composer
        self.case = case
        self.instance = instance
        self.sequence = 0
        self.head = chain.FIRST

    def add(self, fact: Fact, *, stage: Stage, body: str, at: datetime, actor: Entry.Actor) -> int:
        """The next entry; its id."""
        composer = self.composer
        lasting, personal = fact.split()
        particulars = chain.written(lasting)
        entry = next(composer.ids)
        self.sequence += 1
        told_at = chain.moment(at)
        digest = None
        if body or any(personal.values()):
            salt = chain.draw_salt()
            details = chain.written(personal)
            digest = timeline.digest_of_content(salt, details, body)
            composer.contents.add(
                str(entry), str(self.case), octets(salt), text(details), text(body)
            )
        self.head = timeline.hash_of_line(
            self.head,
            entry=entry,
            case=self.case,
            entity=composer.entity_id,
            instance=self.instance,
            sequence=self.sequence,
            kind=fact.kind,
            seats=_SEATS,
            particulars=particulars,
            content=digest,
            stage=stage.value,
            holder=None,
            actor=actor.value,
            by=None,
            at=told_at,
            recorded_at=composer.recorded_at,
        )
        composer.entries.add(
            str(entry),
            str(self.case),
            str(self.instance),
            str(self.sequence),
            fact.kind,
            stage.value,
            text(particulars),
            NOTHING if digest is None else octets(digest),
            actor.value,
            told_at,
            octets(self.head),
        )
        return entry
