"""The case, its instances, grievances, deadlines, timeline, correspondence and documents."""

from .case import Case, Grievance, Instance, Kind, Stage
from .correspondence import Letter, LetterDocument, Message, RawMessage
from .deadlines import Deadline, DeadlineEvent
from .documents import Document, RefusedDocument
from .figures import QueueCount, QueueIncrement, SearchText, WalledSearchText
from .rows import SEEN_BY_SOMEBODY, CaseRow
from .timeline import Entry, EntryContent, ReadEntry, ReadLink

__all__ = [
    "SEEN_BY_SOMEBODY",
    "Case",
    "CaseRow",
    "Deadline",
    "DeadlineEvent",
    "Document",
    "Entry",
    "EntryContent",
    "Grievance",
    "Instance",
    "Kind",
    "Letter",
    "LetterDocument",
    "Message",
    "QueueCount",
    "QueueIncrement",
    "RawMessage",
    "ReadEntry",
    "ReadLink",
    "RefusedDocument",
    "SearchText",
    "Stage",
    "WalledSearchText",
]
