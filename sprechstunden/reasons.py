"""Why a date does not take place: a closed list, stored and public. Pure: no Django."""

from dataclasses import dataclass
from enum import StrEnum


class ReasonKind(StrEnum):
    """Why a date does not take place; never the illness or leave of a person."""

    STAFF_SHORTAGE = "staff_shortage"
    TRAINING = "training"
    PUBLIC_HOLIDAY = "public_holiday"
    SCHOOL_HOLIDAYS = "school_holidays"
    CLOSING_DAY = "closing_day"  # 24 and 31 December, § 6 (3) TVöD
    ROOM_NOT_AVAILABLE = "room_not_available"
    EVENT = "event"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Reason:
    """A kind of reason; the detail is a msgid, such as the name of a holiday."""

    kind: ReasonKind
    detail: str = ""
