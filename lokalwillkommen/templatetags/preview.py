"""Ways to the preview from the pages of the admin."""

from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django import template
from django.urls import reverse

from lokalwillkommen.notices.models import Notice
from lokalwillkommen.preview_page import NINE, address, may_preview
from sprechstunden.models import Sprechstunde, Topic
from sprechstunden.occurrences import BERLIN
from standorte.models import Partner, Standort

if TYPE_CHECKING:
    from lokalwillkommen.accounts.models import User

register = template.Library()
register.filter("may_preview", may_preview)


class StaffContext(TypedDict):
    """What this tag needs of the page."""

    now: datetime
    user: "User"


@register.simple_tag(takes_context=True)
def preview_of(context: StaffContext, row: object) -> str:
    """Give the address at which staff see a row as people do, if it stands on a page and they may."""
    if not may_preview(context["user"]):
        return ""
    if isinstance(row, Standort | Sprechstunde | Partner | Topic):
        return address(row.get_absolute_url())
    return _of_notice(row, context["now"]) if isinstance(row, Notice) else ""


def _of_notice(notice: Notice, now: datetime) -> str:
    """Give the page of its first place, else the start page, on the first day on which it stands there."""
    place = None if notice.whole_network else notice.standorte.order_by("pk").first()
    is_to_come = notice.first > now.date()
    moment = datetime.combine(notice.first, NINE, BERLIN) if is_to_come else None
    return address(place.get_absolute_url() if place else reverse("start"), moment)
