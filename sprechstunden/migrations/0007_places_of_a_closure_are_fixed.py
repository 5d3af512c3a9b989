"""The places of a closed partner stand in the closure itself: what becomes of roles later changes no past date."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fix_places(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    roles = apps.get_model("standorte", "PartnerRole").objects.filter(
        kind__in=("runs", "hosts"), standort__isnull=False
    )
    for closure in apps.get_model("sprechstunden", "Closure").objects.filter(partners__isnull=False).distinct():
        there = roles.filter(partner__in=closure.partners.all())
        closure.partner_places.set(there.values_list("standort", flat=True))


class Migration(migrations.Migration):
    dependencies = [
        ("sprechstunden", "0006_what_to_bring"),
        ("standorte", "0002_standort_modified_at"),
    ]

    operations = [
        migrations.AddField(
            model_name="closure",
            name="partner_places",
            field=models.ManyToManyField(
                blank=True,
                editable=False,
                related_name="+",
                to="standorte.standort",
                verbose_name="places of these partners",
            ),
        ),
        migrations.AlterField(
            model_name="closure",
            name="partners",
            field=models.ManyToManyField(
                blank=True,
                help_text="All places that the partner runs, or where it gives a room, when this is saved.",
                related_name="closures",
                to="standorte.partner",
                verbose_name="all places of these partners",
            ),
        ),
        migrations.RunPython(fix_places, migrations.RunPython.noop),
    ]
