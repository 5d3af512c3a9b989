"""Results of the self-check in the admin, to read."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sprechstunden.models import DateCheck, Difference
from standorte.lists import ListAdmin

_HEAD = '<th scope="col">{}</th>'
_ROW = '<tr><th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>'


@admin.register(DateCheck)
class DateCheckAdmin(ListAdmin[DateCheck]):
    """What check_dates found; nobody writes it by hand."""

    list_display = ("checked_at", "first", "last", "offers", "dates", "difference_count")
    fields = ("checked_at", ("first", "last"), ("offers", "dates", "difference_count"), "listed")
    readonly_fields = ("listed",)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002  # Django's signature
        """Results come from the command."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: DateCheck | None = None) -> bool:  # noqa: ARG002  # Django's signature
        """Nobody mends a result."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: DateCheck | None = None) -> bool:  # noqa: ARG002  # Django's signature
        """Old results go by themselves."""
        return False

    @admin.display(description=_("where the two computations differ"))
    def listed(self, check: DateCheck) -> SafeString | str:
        """Show the dates with what each computation says."""
        rows = [(_named(one), one["day"], one["engine"], one["second"]) for one in check.differences]
        if not rows:
            return "-"
        heads = (_now("offer"), _now("day"), _now("shown on the pages"), _now("second computation"))
        return format_html(
            "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
            format_html_join("", _HEAD, ((head,) for head in heads)),
            format_html_join("", _ROW, rows),
        )


def _named(difference: Difference) -> str:
    return f"{difference['name']} ({difference['offer']})" if difference["offer"] else difference["name"]
