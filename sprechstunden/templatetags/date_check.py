"""The last self-check of all dates, for operators."""

from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict

from django import template
from django.utils import timezone

from sprechstunden.models import DateCheck

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

State: TypeAlias = Literal["", "never", "differences", "too_old", "good"]

register = template.Library()


class PageContext(TypedDict):
    """What this tag needs of the page."""

    now: datetime
    user: "PermissionsMixin | AnonymousUser"


class LastCheck(TypedDict):
    """What its component shows; without a state nothing."""

    state: State
    check: DateCheck | None
    moment: datetime | None


@register.inclusion_tag("components/staff/date_check.html", takes_context=True)
def last_date_check(context: PageContext) -> LastCheck:
    """Say what the last self-check found, and warn where it is too old; one query, for those who may see it."""
    if not context["user"].has_perm("sprechstunden.view_datecheck"):
        return {"state": "", "check": None, "moment": None}
    check = DateCheck.objects.first()
    if check is None:
        return {"state": "never", "check": None, "moment": None}
    return {"state": _state(check, context["now"]), "check": check, "moment": timezone.localtime(check.checked_at)}


def _state(check: DateCheck, now: datetime) -> State:
    if check.difference_count:
        return "differences"
    return "too_old" if check.is_too_old(now) else "good"
