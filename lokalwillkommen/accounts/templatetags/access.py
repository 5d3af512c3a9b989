"""How long somebody may do without a second factor, for the pages of staff."""

from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypedDict

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
def second_factor_due(context: PageContext, where: Literal["admin", "page", "set_up"]) -> dict[str, int | str | None]:
    """Say how many days are left; nothing for who has one or needs none.

    When none are left only the page is open where it is set up, so the others do not ask.
    """
    user, now = context["user"], context["now"]
    is_asked = where == "set_up" or (user.second_factor_due is not None and now < user.second_factor_due)
    return {"days": days_left(user, now) if is_asked else None, "where": where}
