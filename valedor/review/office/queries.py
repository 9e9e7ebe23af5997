"""What is read of the office and its files, by whoever sits on its seat or is shown one file."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache

from django.db.models import F, Q
from django.db.models.functions import Lower

from valedor.casefile.limits.move import rule_of
from valedor.casefile.models import (
    Case,
    Deadline,
    DeadlineEvent,
    Document,
    Entry,
    Grievance,
    Letter,
)
from valedor.foundation.moments import local_day
from valedor.foundation.multilingual import MultilingualText
from valedor.people.models import Account, ContactPoint, Entity
from valedor.procedures.house_rules import HouseRules, house_rules
from valedor.review.office.access import at_both_tables
from valedor.review.office.models import (
    Appointment,
    Conclusion,
    Offer,
    Opinion,
    Proceeding,
    ProvenFact,
    Statement,
)

UNMET = (
    Deadline.State.RUNNING,
    Deadline.State.PAUSED,
    Deadline.State.HELD,
    Deadline.State.MISSED,
)


def appointments_at(entity: Entity | int, *, on: date) -> list[Appointment]:
    """Who holds the office on a day, whoever stands in last."""
    found = Appointment.objects.filter(entity=entity, begins_on__lte=on, ends_on__gte=on)
    found = found.filter(Q(ended_on=None) | Q(ended_on__gt=on))
    return list(
        found.select_related("account", "entity")
        .prefetch_related("declarations")
        .order_by(F("substitute_for").asc(nulls_first=True), "begins_on", "pk")
    )


def appointments_of(entity: Entity | int) -> list[Appointment]:
    """Every appointment at an entity, the newest first: the public record."""
    found = Appointment.objects.filter(entity=entity).select_related("account")
    return list(found.prefetch_related("declarations").order_by("-begins_on", "-pk"))


def office_of(house: HouseRules, *, at: datetime) -> MultilingualText | None:
    """What the office is called where somebody holds it; nothing where nobody does. Read once for
    the settings as they are: each appointment is one of them.
    """
    return _office_of(house, local_day(at, house.entity.timezone))


@lru_cache(maxsize=64)
def has_ever_had_office(house: HouseRules) -> bool:
    """Whether somebody holds or held the office; read once for the settings as they are."""
    return Appointment.objects.filter(entity=house.entity).exists()


@lru_cache(maxsize=64)
def _office_of(house: HouseRules, day: date) -> MultilingualText | None:
    found = appointments_at(house.entity, on=day)
    return MultilingualText(found[0].title) if found else None


def name_of_office(house: HouseRules, *, at: datetime) -> MultilingualText:
    """The same for a file that goes on while nobody holds the office: as it was called last."""
    named = office_of(house, at=at)
    return named or MultilingualText(appointments_of(house.entity)[0].title)


def is_declared(appointment: Appointment, *, on: date) -> bool:
    """Whether a declaration of ties stands on a day."""
    return any(one.valid_until >= on for one in appointment.declarations.all())


@dataclass(frozen=True, kw_only=True)
class FileState:
    """A file of the office with everything that its rules ask about."""

    file: Case
    house: HouseRules
    proceeding: Proceeding
    grievances: tuple[Grievance, ...]
    deadlines: tuple[Deadline, ...]
    statements: tuple[Statement, ...]
    offers: tuple[Offer, ...]
    opinion: Opinion | None
    facts: tuple[ProvenFact, ...]
    conclusions: tuple[Conclusion, ...]
    events: frozenset[str]  # What the clocks of the opinion know of.
    appointments: tuple[Appointment, ...]  # Of those who hold the office today.
    handled: frozenset[int]  # Accounts that dealt with the case for the company.
    parties: frozenset[int]  # Accounts of the person, or of whoever speaks for them.
    today: date

    @cached_property
    def open_offer(self) -> Offer | None:
        """The proposal that waits for a word."""
        return next((one for one in self.offers if one.state == Offer.State.OPEN), None)

    @cached_property
    def unanswered(self) -> tuple[Statement, ...]:
        """What was asked and not answered yet."""
        return tuple(one for one in self.statements if one.given_at is None)

    @cached_property
    def to_show(self) -> tuple[Statement, ...]:
        """What was said and the other side has not read yet."""
        return tuple(one for one in self.statements if one.given_at and one.shared_at is None)

    def running(self, duty: str) -> Deadline | None:
        """The limit of a duty that nobody has met yet."""
        return next((one for one in self.deadlines if one.duty == duty), None)

    def holds_office(self, account: Account | None) -> Appointment | None:
        """The appointment by which somebody may sign in this file."""
        found = (one for one in self.appointments if account and one.account_id == account.pk)
        return next(found, None)


def file_state(file: Case, *, at: datetime) -> FileState:
    """Read a file. Inside a viewer who sits on the seat of the office, or the house's own."""
    house = house_rules(file.entity_id)
    day = local_day(at, house.entity.timezone)
    opinion = Opinion.objects.filter(case=file).first()
    proceeding = Proceeding.objects.select_related("about").get(case=file)
    deadlines = Deadline.objects.filter(case=file, state__in=UNMET).order_by("due_at", "pk")
    return FileState(
        file=file,
        house=house,
        proceeding=proceeding,
        grievances=tuple(
            Grievance.objects.filter(case=file, withdrawn_at=None).order_by("ordinal")
        ),
        deadlines=tuple(deadlines),
        events=frozenset(
            event
            for one in deadlines
            if one.duty == "respond"
            for event in rule_of(one, house).events
        ),
        statements=tuple(Statement.objects.filter(case=file).order_by("asked_at", "pk")),
        offers=tuple(Offer.objects.filter(case=file).order_by("made_at", "pk")),
        opinion=opinion,
        facts=tuple(ProvenFact.objects.filter(opinion=opinion).order_by("ordinal"))
        if opinion
        else (),
        conclusions=tuple(
            Conclusion.objects.filter(opinion=opinion).select_related("grievance").order_by("pk")
        )
        if opinion
        else (),
        appointments=tuple(appointments_at(file.entity_id, on=day)),
        handled=_handled(proceeding),
        parties=_parties(file),
        today=day,
    )


def _handled(proceeding: Proceeding) -> frozenset[int]:
    """Whoever wrote a line into the company's case but for the office itself. The office does not
    see those lines by itself, nor who wrote them by this.
    """
    if proceeding.about_id is None:
        return frozenset()
    with at_both_tables(proceeding.entity_id):
        lines = Entry.objects.filter(case=proceeding.about_id, by__isnull=False)
        theirs = lines.exclude(kind__startswith="office.").exclude(kind__startswith="limits.")
        return frozenset(theirs.values_list("by", flat=True).distinct())


def _parties(file: Case) -> frozenset[int]:
    """The members of the staff who are reached where the person, or whoever speaks for them, is."""
    people = {file.complainant_id, file.mandate.representative_id if file.mandate else None}
    points = ContactPoint.objects.filter(
        person__in=people - {None}, kind=ContactPoint.Kind.EMAIL, ended_at=None
    ).exclude(normalised="")
    found = Account.objects.annotate(folded=Lower("email")).filter(
        folded__in=points.values("normalised")
    )
    return frozenset(found.values_list("pk", flat=True))


def entries_of(file: Case) -> list[Entry]:
    """The lines of a file that the viewer may see."""
    found = Entry.objects.filter(case=file).select_related("content", "by")
    return list(found.order_by("sequence"))


def first_words(file: Case) -> str:
    """What the person said when they came."""
    first = Entry.objects.filter(case=file, kind="office.brought").select_related("content").first()
    return first.content.body if first is not None and hasattr(first, "content") else ""


def documents_of(case: Case) -> list[Document]:
    """The documents that the viewer may see."""
    return list(Document.objects.filter(case=case, erased_at=None).order_by("at", "pk"))


def letters_of(file: Case) -> list[Letter]:
    """The letters that went to the person."""
    return list(Letter.objects.filter(case=file).order_by("queued_at", "pk"))


def moves_of(file: Case) -> list[DeadlineEvent]:
    """Everything that stopped, resumed or extended a clock of a file, the first one first."""
    found = DeadlineEvent.objects.filter(case=file, withdrawn_at=None)
    return list(found.select_related("deadline", "by").order_by("at", "pk"))


def brought_last(case: Case) -> Proceeding | None:
    """How a case of the company stands before the office, where it was brought there; the last
    time. Runs as the house.
    """
    found = Proceeding.objects.filter(about=case).select_related("case")
    return found.order_by("-brought_at", "-pk").first()


def missing_asked_by(file: Case) -> date | None:
    """The day by which what is missing was asked for, the last time."""
    asked = Entry.objects.filter(case=file, kind="office.missing_asked_for")
    last = asked.order_by("-sequence").first()
    return date.fromisoformat(last.particulars["send_by"]) if last is not None else None


def opinion_of(file: Case) -> Opinion | None:
    """The opinion, as far as the viewer may see it: once it is signed, the person does."""
    return Opinion.objects.filter(case=file).first()


def about_of(file: Case) -> Case | None:
    """The company's case that a file is about. Runs as the house."""
    found = Proceeding.objects.select_related("about__entity", "about__mandate")
    return found.get(case=file).about


def offers_of(file: Case) -> list[Offer]:
    """The proposals of a file, the last one last."""
    return list(Offer.objects.filter(case=file).order_by("made_at", "pk"))


def proceeding_of(file: Case) -> Proceeding:
    """What a file is about."""
    return Proceeding.objects.get(case=file)


DECLARATION_LASTS = timedelta(days=365)
