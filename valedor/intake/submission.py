"""What somebody submitted, read from whichever channel it came by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from valedor.casefile.models import Case, Kind
from valedor.people.models import Team


@dataclass(frozen=True, kw_only=True)
class PersonGiven:
    """A person as the submission names them."""

    name: str = ""
    email: str = ""
    telephone: str = ""
    postal_address: str = ""
    identity_number: str = ""
    place: str = ""
    is_company: bool = False
    person_id: int | None = None  # Already known to the house.


@dataclass(frozen=True, kw_only=True)
class MandateGiven:
    """That the submission was made for somebody else."""

    represented: PersonGiven
    basis: str = ""
    expires_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class KeptFile:
    """A file of the submission that lies in the document store."""

    name: str
    media_type: str
    claimed_type: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class RefusedFile:
    """A file that was not taken: ``too_large``, ``empty``, ``unreadable``,
    ``submission_too_large``.
    """

    name: str
    size: int | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class Submission:
    """One contact, ready to be registered.

    ``received_at`` is when it reached the house: clocks run from it. ``team`` is the one that
    the channel leads to, where it leads to one; ``in_reply_to`` the mail that the receipt answers.
    """

    entity_id: int
    kind: Kind
    channel: Case.Channel
    language: str
    received_at: datetime
    person: PersonGiven
    mandate: MandateGiven | None = None
    answer_channel: Case.Channel = Case.Channel.EMAIL
    subject: str = ""
    narrative: str
    grievances: tuple[str, ...] = ()
    remedy_sought: str = ""
    category_id: int | None = None
    contract_number: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    is_vulnerable: bool = False
    touches_safety: bool = False
    is_marked_abuse: bool = False
    privacy_notice_id: int | None = None
    documents: tuple[KeptFile, ...] = ()
    refused: tuple[RefusedFile, ...] = ()
    raw_id: int | None = None
    token: str = ""
    team: Team | None = None
    in_reply_to: str = ""
    received_precision: Case.Precision = Case.Precision.MOMENT
