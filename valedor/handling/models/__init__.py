"""The steps of handling: rows that say who, when and why."""

from .assessment import Assessment, Assignment, CasePart, Recusal
from .closure import AreaNotice, Closure, Correction, Reopening
from .decision import Decision, Finding, FindingEvidence
from .drafts import Draft
from .identity import IdentityCheck
from .inquiry import CureRequest, Inquiry
from .joining import CaseMerge, CaseRelation
from .presence import Presence
from .redress import Approval, Redress
from .repetition import Repetition
from .response import Acknowledgement, DelayNotice, Response
from .thanks import Thanks
from .warnings import Alarm

__all__ = [
    "Acknowledgement",
    "Alarm",
    "Approval",
    "AreaNotice",
    "Assessment",
    "Assignment",
    "CaseMerge",
    "CasePart",
    "CaseRelation",
    "Closure",
    "Correction",
    "CureRequest",
    "Decision",
    "DelayNotice",
    "Draft",
    "Finding",
    "FindingEvidence",
    "IdentityCheck",
    "Inquiry",
    "Presence",
    "Recusal",
    "Redress",
    "Reopening",
    "Repetition",
    "Response",
    "Thanks",
]
