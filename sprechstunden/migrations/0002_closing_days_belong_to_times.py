"""Whether times are held on closing days moves from the offer to each version of its times: the past stays as it was."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FIELD = "held_on_closing_days"


def give_to_times(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("sprechstunden", "Schedule").objects.filter(sprechstunde__held_on_closing_days=True).update(
        held_on_closing_days=True
    )


def give_back(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    held = apps.get_model("sprechstunden", "Sprechstunde").objects.filter(schedules__held_on_closing_days=True)
    held.update(**{FIELD: True})


class Migration(migrations.Migration):
    dependencies = [("sprechstunden", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="schedule",
            name="follows_school_holidays",
            field=models.BooleanField(
                default=False,
                help_text="Ticked: it is off in the school holidays of North Rhine-Westphalia.",
                verbose_name="is off in school holidays",
            ),
        ),
        migrations.AddField(
            model_name="schedule",
            name="held_on_closing_days",
            field=models.BooleanField(
                default=False,
                help_text="Not ticked: it is off on public holidays of North Rhine-Westphalia and on 24 and 31 December.",
                verbose_name="takes place on public holidays",
            ),
        ),
        migrations.RunPython(give_to_times, give_back),
        migrations.RemoveField(model_name="sprechstunde", name="held_on_closing_days"),
    ]
