"""Whether the daily work is done, for operators."""

from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict

from django import template
from django.utils import timezone

from lokalwillkommen.operations.models import DailyRun

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin

State: TypeAlias = Literal["", "never", "too_old", "failed"]

register = template.Library()


class PageContext(TypedDict):
    """What this tag needs of the page."""

    now: datetime
    user: "PermissionsMixin | AnonymousUser"


class LastRun(TypedDict):
    """What its component shows; without a state nothing."""

    state: State
    moment: datetime | None
    failed: str


@register.inclusion_tag("components/staff/daily_run.html", takes_context=True)
def last_daily_run(context: PageContext) -> LastRun:
    """Warn where the daily work was not done, or not whole; one query, for those who may see it."""
    if not context["user"].has_perm("operations.view_dailyrun"):
        return {"state": "", "moment": None, "failed": ""}
    run = DailyRun.objects.first()
    if run is None:
        return {"state": "never", "moment": None, "failed": ""}
    return {
        "state": _state(run, context["now"]),
        "moment": timezone.localtime(run.started_at),
        "failed": ", ".join(run.failed),
    }


def _state(run: DailyRun, now: datetime) -> State:
    if run.is_too_old(now):
        return "too_old"
    return "failed" if run.failed else ""
