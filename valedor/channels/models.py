"""The rows of all channels, for Django to find."""

from valedor.channels.chat.models import Chat, ChatAttendant, ChatDesk, ChatLine
from valedor.channels.email.models import Mail, Mailbox, MailTrace, SpamJudge
from valedor.channels.post.models import Printing, PrintRun, Scan
from valedor.channels.sms.models import Gateway, GatewayTrouble, SmsStop
from valedor.channels.social.models import PublicConsent, PublicMessage
from valedor.channels.telephone.call_backs import CallAttempt, CallBack
from valedor.channels.telephone.models import (
    Call,
    CallCase,
    CallEvent,
    Line,
    LineTrouble,
    RecordingConsent,
)

__all__ = [
    "Call",
    "CallAttempt",
    "CallBack",
    "CallCase",
    "CallEvent",
    "Chat",
    "ChatAttendant",
    "ChatDesk",
    "ChatLine",
    "Gateway",
    "GatewayTrouble",
    "Line",
    "LineTrouble",
    "Mail",
    "MailTrace",
    "Mailbox",
    "PrintRun",
    "Printing",
    "PublicConsent",
    "PublicMessage",
    "RecordingConsent",
    "Scan",
    "SmsStop",
    "SpamJudge",
]
