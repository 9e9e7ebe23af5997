"""The rows of emergencies and incidents, for Django to find."""

from valedor.incidents.collective.models import (
    AnswerPart,
    CollectiveAnswer,
    Incident,
    IncidentLine,
    Membership,
    NoticeSent,
)
from valedor.incidents.duty.models import (
    CallOut,
    CallOutCall,
    DutyChange,
    DutyPlan,
    DutyTurn,
)

__all__ = [
    "AnswerPart",
    "CallOut",
    "CallOutCall",
    "CollectiveAnswer",
    "DutyChange",
    "DutyPlan",
    "DutyTurn",
    "Incident",
    "IncidentLine",
    "Membership",
    "NoticeSent",
]
