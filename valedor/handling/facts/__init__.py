"""What can happen while a case is handled. Free text (notes, questions, reasons) is the body of the
entry.

What is internal (notes, findings, approvals, recusals, questions to areas) has the seat of the
company alone; what the person is told has the seats of both sides.
"""

from .answer import (
    AnswerAccepted,
    Answered,
    DelayTold,
    Extended,
    LetterFailed,
    ResponseFailed,
    ResponseWritten,
)
from .deciding import Decided, FindingWithdrawn, Found
from .ending import AreaTold, Closed, MeasureTold, Reopened, Withdrawn
from .giving_out import (
    Assessed,
    Assigned,
    NobodyEligible,
    PartFinished,
    PartGiven,
    RecusalLifted,
    Recused,
)
from .limits import LimitNear, LimitPassed, NextStepOpened
from .redress import (
    RedressAccepted,
    RedressApproved,
    RedressCarriedOut,
    RedressDeclined,
    RedressOffered,
    RedressProposed,
    RedressRejected,
    RedressWithdrawn,
)
from .setting_right import (
    AccessCodeIssued,
    Corrected,
    LetterCorrected,
    LinksRevoked,
    Protected,
    ProtectionLifted,
)
from .taking_in import Acknowledged, Cured, CureLapsed, CureRequested, MarkCleared
from .words import (
    AreaAnswered,
    AreaAsked,
    Asked,
    MessageReceived,
    MessageSent,
    NoteWritten,
    QuestionAnswered,
    QuestionWithdrawn,
)

__all__ = [
    "AccessCodeIssued",
    "Acknowledged",
    "AnswerAccepted",
    "Answered",
    "AreaAnswered",
    "AreaAsked",
    "AreaTold",
    "Asked",
    "Assessed",
    "Assigned",
    "Closed",
    "Corrected",
    "CureLapsed",
    "CureRequested",
    "Cured",
    "Decided",
    "DelayTold",
    "Extended",
    "FindingWithdrawn",
    "Found",
    "LetterCorrected",
    "LetterFailed",
    "LimitNear",
    "LimitPassed",
    "LinksRevoked",
    "MarkCleared",
    "MeasureTold",
    "MessageReceived",
    "MessageSent",
    "NextStepOpened",
    "NobodyEligible",
    "NoteWritten",
    "PartFinished",
    "PartGiven",
    "Protected",
    "ProtectionLifted",
    "QuestionAnswered",
    "QuestionWithdrawn",
    "RecusalLifted",
    "Recused",
    "RedressAccepted",
    "RedressApproved",
    "RedressCarriedOut",
    "RedressDeclined",
    "RedressOffered",
    "RedressProposed",
    "RedressRejected",
    "RedressWithdrawn",
    "Reopened",
    "ResponseFailed",
    "ResponseWritten",
    "Withdrawn",
]
