"""The rows of all channels, for Django to find."""

from valedor.channels.email.models import Mail, Mailbox, MailTrace
from valedor.channels.telephone.models import Call, CallEvent, Line, LineTrouble

__all__ = ["Call", "CallEvent", "Line", "LineTrouble", "Mail", "MailTrace", "Mailbox"]
