"""Model fields for weekdays and positions in a month, in the words of RFC 5545."""

from babel.dates import get_day_names
from django.utils.translation import gettext, gettext_noop

from standorte.fields import CodesField
from standorte.languages import babel_locale

POSITIONS = {
    "1": gettext_noop("first in the month"),
    "2": gettext_noop("second in the month"),
    "3": gettext_noop("third in the month"),
    "4": gettext_noop("fourth in the month"),
    "5": gettext_noop("fifth in the month (months without one are skipped)"),
    "-1": gettext_noop("last in the month"),
}


class WeekdaysField(CodesField):
    """Weekdays as in BYDAY (RFC 5545, section 3.3.10), Monday first."""

    codes = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

    def label(self, code: str) -> str:
        """Name a weekday in the active language."""
        name: str = get_day_names("wide", "stand-alone", babel_locale())[self.codes.index(code)]
        return name


class PositionsField(CodesField):
    """Which of a weekday in a month: the first to the fifth, or the last."""

    codes = tuple(POSITIONS)

    def label(self, code: str) -> str:
        """Name a position in the active language."""
        return gettext(POSITIONS[code])
