"""An extra date names its place, also the usual one: what becomes of its times later moves no date that is announced.

Backwards also what calls a date off is said as it was before: the date is cancelled on its old day, or was never added.
That stands here because PostgreSQL alters no table of which rows have just been changed.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def name_places(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    """Give extra dates without a place the one of their times."""
    schedule = apps.get_model("sprechstunden", "Schedule").objects.filter(pk=models.OuterRef("schedule"))
    extras = apps.get_model("sprechstunden", "Change").objects.filter(kind="extra", standort=None)
    extras.update(standort=models.Subquery(schedule.values("standort")))


def leave_off(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    """Let no date that is called off take place again."""
    for off in apps.get_model("sprechstunden", "Change").objects.filter(calls_off__isnull=False):
        first = off.calls_off
        if first is None:
            continue
        off.delete()
        if first.kind == "extra":
            first.delete()
            continue
        first.kind, first.reason, first.note = "cancelled", off.reason, off.note
        first.new_day = first.opens = first.closes = first.standort = None
        first.save()


class Migration(migrations.Migration):
    dependencies = (("sprechstunden", "0010_history_knows_what_calls_off"),)

    operations = (migrations.RunPython(name_places, leave_off),)
