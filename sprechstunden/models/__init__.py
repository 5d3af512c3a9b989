"""Offers, their times, what staff decide about dates, and what people come for."""

from sprechstunden.models.change import Change, ChangeKind
from sprechstunden.models.closure import Closure
from sprechstunden.models.date_check import DateCheck, Difference
from sprechstunden.models.decision import Decision, StaffReason
from sprechstunden.models.participation import Participation
from sprechstunden.models.schedule import Frequency, Schedule
from sprechstunden.models.sprechstunde import Sprechstunde, SprechstundeKind
from sprechstunden.models.topic import Topic

__all__ = (
    "Change",
    "ChangeKind",
    "Closure",
    "DateCheck",
    "Decision",
    "Difference",
    "Frequency",
    "Participation",
    "Schedule",
    "Sprechstunde",
    "SprechstundeKind",
    "StaffReason",
    "Topic",
)
