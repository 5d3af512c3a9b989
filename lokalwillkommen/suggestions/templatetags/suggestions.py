"""What staff should know of suggestions on the first page they open."""

from typing import TYPE_CHECKING, TypedDict

from django import template

from lokalwillkommen.suggestions.models import Suggestion

if TYPE_CHECKING:
    from lokalwillkommen.accounts.models import User

register = template.Library()


class StaffContext(TypedDict):
    """What this tag needs of the page."""

    user: "User"


@register.inclusion_tag("components/staff/waiting_suggestions.html", takes_context=True)
def waiting_suggestions(context: StaffContext) -> dict[str, object]:
    """Lead partners to their texts, and those who decide to what waits; at most one query."""
    user = context["user"]
    may_decide = user.has_perm("suggestions.change_suggestion")
    return {
        "may_suggest": user.has_perm("suggestions.add_suggestion") and not may_decide,
        "count": Suggestion.objects.waiting().count() if may_decide else 0,
    }
