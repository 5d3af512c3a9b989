"""What staff should see of what people wrote, on the first pages they open."""

from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django import template

from lokalwillkommen.accounts.responsibility import Responsibility
from lokalwillkommen.contact.models import Mail, Message, Report

if TYPE_CHECKING:
    from lokalwillkommen.accounts.models import User

MOST_REPORTS = 5
register = template.Library()


class StaffContext(TypedDict):
    """What these tags need of the page."""

    now: datetime
    user: "User"


@register.inclusion_tag("components/staff/backed_reports.html", takes_context=True)
def backed_reports(context: StaffContext) -> dict[str, object]:
    """Say where two people found the same and nobody has looked after it yet; one query."""
    user = context["user"]
    rows = Report.objects.waiting().filter(is_backed=True).select_related("standort", "sprechstunde")
    mine = Responsibility.of(user).rows(rows)
    found = {(report.where, report.kind): report for report in reversed(mine[: MOST_REPORTS * 2])}
    return {"reports": list(found.values())[:MOST_REPORTS], "may_see": user.has_perm("contact.view_report")}


@register.inclusion_tag("components/staff/waiting_messages.html", takes_context=True)
def waiting_messages(context: StaffContext) -> dict[str, object]:
    """Count the messages that wait, and the mails with which something is wrong, for those who may see them."""
    user = context["user"]
    found: dict[str, object] = {"messages": 0, "mails": 0}
    if user.has_perm("contact.view_message"):
        found["messages"] = Responsibility.of(user).rows(Message.objects.waiting()).count()
    if user.has_perm("contact.view_mail"):
        found["mails"] = Mail.objects.troubled(context["now"]).count()
    return found
