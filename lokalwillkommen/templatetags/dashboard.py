"""The dashboard on the first page of the admin."""

from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django import template

from lokalwillkommen.dashboard import Dashboard, dashboard

if TYPE_CHECKING:
    from lokalwillkommen.accounts.models import User

register = template.Library()


class StaffContext(TypedDict):
    """What this tag needs of the page."""

    now: datetime
    user: "User"


@register.inclusion_tag("components/staff/dashboard.html", takes_context=True)
def tasks(context: StaffContext) -> dict[str, Dashboard]:
    """Give what the person can put right now."""
    return {"dashboard": dashboard(context["user"], context["now"])}
