"""What goes in and comes out, in the words of the house. Written, not derived from tables."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Field, Schema
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    StrictBool,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

KindWord = Literal[
    "enquiry", "order", "booking", "technical_support", "incident", "complaint", "claim",
    "suggestion", "thanks", "cancellation", "after_sales", "data_request", "report",
]  # fmt: skip
StageWord = Literal[
    "received", "incomplete", "assessed", "investigation", "awaiting_complainant", "decided",
    "answered_not_sent", "answered", "contested", "closed",
]  # fmt: skip
ChannelWord = Literal[
    "web_form",
    "email",
    "telephone",
    "chat",
    "sms",
    "letter",
    "fax",
    "in_person",
    "social",
    "api",
    "import",
]
LanguageWord = Literal["es", "ca", "pt-br", "en"]


def _without_null(text: str) -> str:
    if "\0" in text:
        raise PydanticCustomError("null_character", "a null character")
    return text


def _email(text: str) -> str:
    if text:
        try:
            validate_email(text)
        except ValidationError as error:
            raise PydanticCustomError("no_email", "no e-mail address") from error
    return text


def _written(given: object) -> object:
    """A moment or a day is written out: a number of seconds would be taken for one otherwise."""
    if not isinstance(given, str):
        raise PydanticCustomError("not_written", "no text")
    return given


_Clean = Annotated[str, AfterValidator(_without_null), StringConstraints(strip_whitespace=True)]
Line = Annotated[_Clean, StringConstraints(max_length=200)]
Short = Annotated[_Clean, StringConstraints(max_length=80)]
Email = Annotated[
    _Clean,
    StringConstraints(max_length=254),
    AfterValidator(_email),
    Field(json_schema_extra={"format": "email"}),
]
Long = Annotated[_Clean, StringConstraints(max_length=100_000)]
Moment = Annotated[AwareDatetime, BeforeValidator(_written)]
Day = Annotated[date, BeforeValidator(_written)]


class Taken(Schema):
    """What a program sends. An unknown field is refused, so that no typing error is lost."""

    model_config = ConfigDict(extra="forbid")


class Represented(Taken):
    """A person as the request names them."""

    name: Line = ""
    email: Email = ""
    telephone: Annotated[_Clean, StringConstraints(max_length=40)] = ""
    postal_address: Annotated[_Clean, StringConstraints(max_length=1000)] = ""
    identity_number: Annotated[_Clean, StringConstraints(max_length=40)] = ""
    place: Annotated[_Clean, StringConstraints(max_length=120)] = ""
    is_company: StrictBool = False


class Representative(Represented):
    """Somebody who speaks for the complainant, and on what ground."""

    basis: Line = ""
    expires_on: Day | None = None


class Registration(Taken):
    """A contact to register."""

    kind: KindWord
    narrative: Annotated[Long, StringConstraints(min_length=1)]
    subject: Line = ""
    grievances: list[Annotated[Long, StringConstraints(min_length=1)]] = Field([], max_length=50)
    remedy_sought: Annotated[_Clean, StringConstraints(max_length=10_000)] = ""
    category: str | None = Field(
        None, max_length=120, description="Key of a category of the entity."
    )
    contract_number: Short = ""
    language: LanguageWord | None = Field(None, description="The entity's own where not given.")
    channel: Literal["api", "telephone", "in_person", "email", "letter", "fax", "chat"] = Field(
        "api",
        description="How it reached the house, where the token acts as the person who wrote it "
        "down.",
    )
    answer_channel: Literal["email", "letter", "telephone"] = "email"
    received_at: Moment | None = Field(
        None, description="When it reached the house; now where not given. Clocks run from it."
    )
    complainant: Represented
    representative: Representative | None = None
    facts: dict[str, StrictBool] = Field(
        {}, description="Answers that time limits depend on, by the keys of the regimes."
    )
    is_vulnerable: StrictBool = False
    touches_safety: StrictBool = False
    if_alike: Literal["register", "refuse"] = Field(
        "register",
        description="What to do where the same may be registered already: “refuse” registers "
        "nothing then and tells of it (409 likely_duplicates). Needs the scope cases:read.",
    )
    apart_because: Annotated[_Clean, StringConstraints(max_length=1000)] = Field(
        "", description="Why it is another matter than those it resembles; said by a person."
    )
    held: int | None = Field(
        None,
        ge=1,
        le=2**63 - 1,
        description="Number of a message that no machine could read and that becomes this case; "
        "said by a person.",
    )
    answer: Annotated[_Clean, StringConstraints(max_length=20_000)] = Field(
        "",
        description="What an enquiry or a request for support was answered at once; said by a "
        "person. The case ends with it.",
    )
    answer_article: Annotated[_Clean, StringConstraints(max_length=40)] = Field(
        "", description="Key of the article that they were answered with, after “answer”."
    )


class NewMessage(Taken):
    """A message of a case: what the complainant says, or what the house writes to them."""

    author: Literal["complainant", "company"]
    text: Annotated[Long, StringConstraints(min_length=1)]


class CaseLine(Schema):
    """A case in a list."""

    reference: str
    entity: str
    kind: str
    channel: str
    stage: str
    subject: str
    category: str | None
    language: str
    severity: int
    urgency: str
    received_at: datetime
    received_precision: Literal["moment", "day", "month"]
    next_due_at: datetime | None
    closed_at: datetime | None


class CasePage(Schema):
    """Some cases, the newest first. ``next_cursor`` leads on; it is null on the last page."""

    cases: list[CaseLine]
    next_cursor: str | None


class Grievance(Schema):
    """One point of a case, decided on its own."""

    ordinal: int
    text: str
    withdrawn_at: datetime | None


class CaseView(Schema):
    """A case."""

    reference: str
    entity: str
    kind: str
    channel: str
    stage: str
    language: str
    answer_channel: str
    subject: str
    remedy_sought: str
    contract_number: str
    category: str | None
    area: str | None
    complainant: str
    grievances: list[Grievance]
    severity: int
    urgency: str
    is_vulnerable: bool
    touches_safety: bool
    source: str
    source_number: str | None
    book_number: str | None
    received_at: datetime
    received_precision: Literal["moment", "day", "month"]
    registered_at: datetime
    next_due_at: datetime | None
    closed_at: datetime | None
    erased_at: datetime | None


class Registered(Schema):
    """A registered case, with the access code, which is told once and stored nowhere."""

    case: CaseView
    access_code: str


class MessageView(Schema):
    """A piece of correspondence. ``text`` is null once its personal content was erased."""

    direction: Literal["in", "out"]
    channel: str
    text: str | None
    at: datetime


class MessagePage(Schema):
    """Some of the correspondence of a case, the oldest first. ``next_cursor`` leads on; it is null
    on the last page.
    """

    messages: list[MessageView]
    next_cursor: str | None


class EntryView(Schema):
    """A line of the timeline."""

    sequence: int
    kind: str
    sentence: str
    text: str | None
    actor: str
    seats: list[str]
    particulars: dict[str, Any]
    at: datetime
    recorded_at: datetime


class StepView(Schema):
    """A stretch of the count of a deadline; ``to`` is null while the clock stands still."""

    model_config = ConfigDict(populate_by_name=True)

    what: Literal[
        "counted", "skipped", "paused", "held", "waited", "extended", "rolled", "restarted"
    ]
    from_: str = Field(alias="from")
    to: str | None
    amount: float
    why: str


class DeadlineView(Schema):
    """A limit, and how it is counted. ``due`` is its last day if in days, ``due_at`` its end."""

    regime: str
    clock: str
    duty: str
    role: Literal["law", "promise", "target"]
    binding: bool
    provisional: bool
    reading: str
    length: int
    unit: str
    state: Literal["running", "paused", "held", "met", "missed", "dropped"]
    starts_at: datetime
    due: date | None
    due_at: datetime | None
    left: str
    met_at: datetime | None
    missed_at: datetime | None
    steps: list[StepView]


class Journey(Schema):
    """What happened to a case, as the seats of the token see it, and what it waits for."""

    reference: str
    stage: str
    timezone: str
    entries: list[EntryView]
    deadlines: list[DeadlineView]


class WhyNot(Schema):
    """What stands against an act now: the sentence that the page shows beside its button."""

    code: str
    detail: str


class ActView(Schema):
    """An act on a case, or on one thing of it (``item``), as it stands for a person now.

    ``body`` is what it asks, as JSON Schema with what can be chosen here; null while it is closed.
    """

    noun: str
    item: int | None
    title: str
    explanation: str
    address: str
    is_open: bool
    why_not: WhyNot | None
    takes_files: bool
    body: dict[str, Any] | None


class Acts(Schema):
    """Every act that concerns a case. ``last_sequence`` is how far the timeline goes: an act that
    heeds what others write takes it as ``seen``.
    """

    reference: str
    stage: str
    last_sequence: int
    acts: list[ActView]


class ActDone(Schema):
    """What came of an act: what its page says, and the entries that the person sees since then.

    ``succeeded`` is false where it was done and came to nothing good, such as a code that was
    wrong. ``remarks`` tell what else is to be known, such as files that were not taken.
    ``access_code`` is told in this answer alone; ``next`` the act that follows. ``stage`` and
    ``last_sequence`` are null where the person does not see the case any more.
    """

    reference: str
    words: str
    succeeded: bool
    remarks: list[str]
    access_code: str | None
    next: str | None
    stage: str | None
    last_sequence: int | None
    entries: list[EntryView]


class DeskActView(Schema):
    """An act that is not on one case, or such an act on one ``thing``, as it stands for a person.

    ``name`` tells what the thing is; ``body`` is what the act asks, as of an act on a case.
    """

    noun: str
    thing: str | None
    title: str
    name: str
    explanation: str
    address: str
    is_open: bool
    why_not: WhyNot | None
    takes_files: bool
    body: dict[str, Any] | None


class DeskActs(Schema):
    """The acts that a person's roles permit and that are not on one case."""

    acts: list[DeskActView]


class DeskActDone(Schema):
    """What came of it: what its page says, and what else is to be known, such as cases that were
    refused. A case that came of it has its ``reference``, and ``access_code`` in this answer alone;
    anything else that was made is read at ``address``.
    """

    words: str
    remarks: list[str]
    reference: str | None
    access_code: str | None
    address: str | None


class TokenHealth(Schema):
    """What a token is and may, and as whom."""

    name: str
    entity: str
    account: str | None
    scopes: list[str]
    issued_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None


class FieldProblem(Schema):
    """What cannot be taken: where it was sent, its name there, and what is expected.

    ``pointer`` leads to it in a body (RFC 6901) and is null elsewhere; ``field`` is empty where it
    is the body as a whole.
    """

    where: Literal["body", "query", "path", "header"]
    field: str
    pointer: str | None
    code: str
    detail: str


class PersonAlike(Schema):
    """A record of somebody who may be the same, and what speaks for it."""

    number: int
    name: str
    signs: list[str]
    cases: list[str]


class CaseAlike(Schema):
    """An open case that may be about the same matter, and what speaks for it."""

    reference: str
    subject: str
    signs: list[str]


class AlikeView(Schema):
    """Whom and what a contact may be about: strong signs first."""

    persons: list[PersonAlike]
    cases: list[CaseAlike]


class ProblemDocument(Schema):
    """RFC 9457, with the code of the refusal."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldProblem] | None = None
    alike: AlikeView | None = None
