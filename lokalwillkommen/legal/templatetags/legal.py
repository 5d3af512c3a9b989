"""What administration should know of the legal pages, on its first page."""

from typing import TYPE_CHECKING, TypedDict

from django import template

from lokalwillkommen.legal.details import missing

if TYPE_CHECKING:
    from lokalwillkommen.accounts.models import User

register = template.Library()


class StaffContext(TypedDict):
    """What this tag needs of the page."""

    user: "User"


@register.inclusion_tag("components/staff/missing_legal_texts.html", takes_context=True)
def missing_legal_texts(context: StaffContext) -> dict[str, int]:
    """Count the details that the law demands and nobody has written, for those who may write them; one query."""
    may_write = context["user"].has_perms(("legal.add_legaltext", "legal.change_legaltext"))
    return {"missing": len(missing()) if may_write else 0}
