"""The ledger follows the field that moved from offers to their times, so that nothing looks changed by staff."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FIELD = "held_on_closing_days"
_SLASHES_OF_TIMES = 2


def follow(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    _move(apps, of_times=True)


def go_back(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    _move(apps, of_times=False)


def _move(apps: Apps, *, of_times: bool) -> None:
    """Say the field at times (keys with three parts) or at offers (with two); all files said False until now."""
    for fact in apps.get_model("facts", "LoadedFact").objects.filter(key__startswith="sprechstunde/"):
        has_field = (fact.key.count("/") == _SLASHES_OF_TIMES) is of_times
        for values in (fact.values_in_file, fact.values_loaded):
            if has_field:
                values[FIELD] = False
            else:
                values.pop(FIELD, None)
        fact.save()


class Migration(migrations.Migration):
    dependencies = [("facts", "0001_initial"), ("sprechstunden", "0002_closing_days_belong_to_times")]

    operations = [migrations.RunPython(follow, go_back)]
