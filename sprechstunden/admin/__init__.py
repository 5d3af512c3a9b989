"""Hours in the admin: offers with their times, places with their hours, topics."""

from sprechstunden.admin.offer import SprechstundeAdmin
from sprechstunden.admin.place import HoursInline, StandortWithHoursAdmin
from sprechstunden.admin.topic import TopicAdmin

__all__ = ("HoursInline", "SprechstundeAdmin", "StandortWithHoursAdmin", "TopicAdmin")
