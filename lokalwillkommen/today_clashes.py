"""What other offers do where somebody has just put a date: worth a call, but no reason to refuse it."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from sprechstunden.models import Change, ChangeKind
from sprechstunden.offer_dates import OfferDates
from sprechstunden.preview import in_the_way
from sprechstunden.templatetags.staff import clash_words


def clashes_of(change: Change, now: datetime) -> Iterator[str]:
    """Name each date of another offer that needs the same room, or the same team at another place."""
    if change.kind not in {ChangeKind.MOVED, ChangeKind.EXTRA}:
        return
    offer = change.schedule.sprechstunde
    landed = OfferDates.fetch(offer, now.date(), now).landed(change)
    for one in in_the_way(offer, [landed], now).get(0, ()) if landed else ():
        yield _("%(clash)s: %(offer)s, %(place)s, %(starts)s to %(ends)s. The date is saved all the same.") % {
            "clash": clash_words(one.kind),
            "offer": one.entry.sprechstunde,
            "place": one.entry.standort or _("place not known"),
            "starts": f"{one.entry.starts:%H:%M}",
            "ends": f"{one.entry.ends:%H:%M}",
        }
