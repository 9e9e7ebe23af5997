"""What can happen while a case is handled. Free text (notes, questions, reasons) is the body of the
entry.

What is internal (notes, findings, approvals, recusals, questions to areas) has the seat of the
company alone; what the person is told has the seats of both sides.
"""

from .answer import (
    AnswerAccepted,
    Answered,
    AnswerTakenBack,
    DelayTold,
    Extended,
    LetterFailed,
    ResponseFailed,
    ResponseWritten,
)
from .contacts import AnsweredAtOnce, ThanksPassedOn
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
from .identity import IdentityCodeSent, IdentityNotShown, IdentityShown
from .joining import (
    CameFrom,
    GoesOnAgain,
    GoesOnIn,
    LetGo,
    MergeExplained,
    Related,
    RelationEnded,
    SplitOff,
    TookIn,
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
from .repeating import KeptApart
from .setting_right import (
    AccessCodeIssued,
    Corrected,
    KindChanged,
    KindClaimed,
    LetterCorrected,
    LinkSent,
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
    "AnswerTakenBack",
    "Answered",
    "AnsweredAtOnce",
    "AreaAnswered",
    "AreaAsked",
    "AreaTold",
    "Asked",
    "Assessed",
    "Assigned",
    "CameFrom",
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
    "GoesOnAgain",
    "GoesOnIn",
    "IdentityCodeSent",
    "IdentityNotShown",
    "IdentityShown",
    "KeptApart",
    "KindChanged",
    "KindClaimed",
    "LetGo",
    "LetterCorrected",
    "LetterFailed",
    "LimitNear",
    "LimitPassed",
    "LinkSent",
    "LinksRevoked",
    "MarkCleared",
    "MeasureTold",
    "MergeExplained",
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
    "Related",
    "RelationEnded",
    "Reopened",
    "ResponseFailed",
    "ResponseWritten",
    "SplitOff",
    "ThanksPassedOn",
    "TookIn",
    "Withdrawn",
]
