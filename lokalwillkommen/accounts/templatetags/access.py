"""How long somebody may do without a second factor, for the first page of the admin."""

from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django import template

from lokalwillkommen.accounts.second_factor import days_left

if TYPE_CHECKING:
    from lokalwillkommen.accounts.models import User

register = template.Library()


class PageContext(TypedDict):
    """What this tag needs of the page."""

    now: datetime
    user: "User"


@register.inclusion_tag("components/staff/second_factor_due.html", takes_context=True)
def second_factor_due(context: PageContext, *, is_there: bool = False) -> dict[str, int | bool | None]:
    """Say how many days are left; nothing for who has one or needs none."""
    return {"days": days_left(context["user"], context["now"]), "is_there": is_there}
