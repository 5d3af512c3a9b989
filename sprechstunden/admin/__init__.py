"""Hours in the admin: offers with their times, places with their hours, topics, decisions about dates, checks."""

from sprechstunden.admin.change import ChangeAdmin
from sprechstunden.admin.check import DateCheckAdmin
from sprechstunden.admin.closure import ClosureAdmin
from sprechstunden.admin.offer import SprechstundeAdmin
from sprechstunden.admin.partner import PartnerWithOffersAdmin
from sprechstunden.admin.place import HoursInline, StandortWithHoursAdmin
from sprechstunden.admin.topic import TopicAdmin

__all__ = (
    "ChangeAdmin",
    "ClosureAdmin",
    "DateCheckAdmin",
    "HoursInline",
    "PartnerWithOffersAdmin",
    "SprechstundeAdmin",
    "StandortWithHoursAdmin",
    "TopicAdmin",
)
