"""What people write to us, and what follows from it."""

from lokalwillkommen.contact.models.limiter import DailySecret, Submission
from lokalwillkommen.contact.models.mail import Mail, MailState
from lokalwillkommen.contact.models.message import Message, MessageTopic
from lokalwillkommen.contact.models.report import Report, ReportKind

__all__ = [
    "DailySecret",
    "Mail",
    "MailState",
    "Message",
    "MessageTopic",
    "Report",
    "ReportKind",
    "Submission",
]
