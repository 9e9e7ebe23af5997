"""The rows of all channels, for Django to find."""

from valedor.channels.email.models import Mail, Mailbox, MailTrace

__all__ = ["Mail", "MailTrace", "Mailbox"]
