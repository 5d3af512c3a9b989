"""The history of everything as a table, for whoever answers for data protection."""

import csv
from collections.abc import Iterator
from io import StringIO

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lokalwillkommen.accounts.asking_again import asks_again
from lokalwillkommen.cells import to_cell
from lokalwillkommen.history.acts import CHANGED, CREATED, DELETED, Act, acts, version_keys
from lokalwillkommen.history.forms import WantedForm
from lokalwillkommen.history.rights import EVERYTHING
from lokalwillkommen.history.views import for_staff
from standorte.admin import staff_user

# Versions at once, so that memory holds few of them.
_BATCH = 500
_BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads umlauts wrong


@for_staff
@asks_again
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Give what happened, to whom and what is asked for, as a table; that somebody took it is noted too."""
    if not request.user.has_perm(EVERYTHING):
        raise PermissionDenied
    form, out = WantedForm(request.GET, request.user), StringIO(_BYTE_ORDER_MARK)
    out.seek(0, 2)
    writer = csv.writer(out, delimiter=";")
    writer.writerow(
        (_("When"), _("Who"), _("Deed"), _("Kind"), _("Name"), _("Field"), _("Before"), _("After"), _("Why"))
    )
    for page in Paginator(version_keys(form.about(), form.condition()), _BATCH):
        writer.writerows(row for act in acts(page) for row in _rows(act))
    LogEntry.objects.create(
        user_id=staff_user(request).pk,
        action_flag=CHANGE,
        object_repr=_("history"),
        change_message=_("Taken as a table."),
    )
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="geschichte.csv"'
    return response


def _rows(act: Act) -> Iterator[tuple[str, ...]]:
    """Give one line for each field; of what is new or gone without any, one line all the same."""
    deed = {CREATED: _("new"), CHANGED: _("changed"), DELETED: _("deleted")}[act.deed]
    at = f"{timezone.localtime(act.at):%Y-%m-%d %H:%M:%S}"
    fields = [(one.label, one.before, one.after) for one in act.differences] or [("", "", "")]
    for label, before, after in fields:
        cells = (at, act.by, deed, act.kind, act.name, label, before, after, act.why)
        yield tuple(map(to_cell, cells))
