"""Reading e-mail: from the bytes of any message to what a person can read.

Pure: no database, no settings, no network, no Django. The one door is ``read``; it never fails.
How, and what is never done: docs/concepts/mail.md.
"""

from .automatic import OUR_MARK
from .defects import Defect
from .message import (
    Address,
    Attachment,
    Automatic,
    Bounce,
    DeliveryResult,
    Disposition,
    ReadMessage,
    Security,
)
from .reading import read

__all__ = [
    "OUR_MARK",
    "Address",
    "Attachment",
    "Automatic",
    "Bounce",
    "Defect",
    "DeliveryResult",
    "Disposition",
    "ReadMessage",
    "Security",
    "read",
]
