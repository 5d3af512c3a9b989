"""Offers, their times and what people come for."""

from sprechstunden.models.schedule import Frequency, Schedule
from sprechstunden.models.sprechstunde import Sprechstunde, SprechstundeKind
from sprechstunden.models.topic import Topic

__all__ = ("Frequency", "Schedule", "Sprechstunde", "SprechstundeKind", "Topic")
