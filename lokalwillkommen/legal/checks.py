"""What administration has not written yet, said to operators by `manage.py check --deploy`."""

from django.core import checks
from django.db import DatabaseError

from lokalwillkommen.legal.details import missing
from lokalwillkommen.legal.sections import KINDS


@checks.register(checks.Tags.security, deploy=True)
def legal_texts_are_written(**_options: object) -> list[checks.CheckMessage]:
    """Warn of each placeholder; before the tables are there nobody can have written anything."""
    try:
        found = missing()
    except DatabaseError:
        return []
    return [
        checks.Warning(
            f"The page “{KINDS[section].page.value}” has a placeholder: nobody has written “{section.value}”.",
            hint="Administration writes it at /admin/legal/legaltext/.",
            id="lokalwillkommen.W005",
        )
        for section in found
    ]
