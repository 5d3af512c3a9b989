"""An extra date names its place, also the usual one: what becomes of its times later moves no date that is announced."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def name_places(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    """Give extra dates without a place the one of their times."""
    schedule = apps.get_model("sprechstunden", "Schedule").objects.filter(pk=models.OuterRef("schedule"))
    extras = apps.get_model("sprechstunden", "Change").objects.filter(kind="extra", standort=None)
    extras.update(standort=models.Subquery(schedule.values("standort")))


class Migration(migrations.Migration):
    dependencies = (("sprechstunden", "0008_a_date_that_was_moved_can_be_called_off"),)

    operations = (migrations.RunPython(name_places, migrations.RunPython.noop),)
