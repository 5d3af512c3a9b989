"""A moved or an extra date that is off after all has a second change, which calls off the first."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sprechstunden", "0008_keep_history"),
        ("standorte", "0004_text_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="change",
            name="change_that_moves_a_date_says_where_to",
        ),
        migrations.RemoveConstraint(
            model_name="change",
            name="change_is_the_only_one_of_its_date",
        ),
        migrations.AddField(
            model_name="change",
            name="calls_off",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="called_off_by",
                to="sprechstunden.change",
                to_field="uid",
                verbose_name="calls off",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "extra"),
                    models.Q(
                        ("kind", "moved"),
                        models.Q(
                            ("closes", None), ("new_day", None), ("opens", None), ("standort", None), _negated=True
                        ),
                    ),
                    models.Q(
                        ("kind__in", ("cancelled", "held")),
                        ("closes", None),
                        ("new_day", None),
                        ("opens", None),
                        ("standort", None),
                    ),
                    models.Q(("calls_off__isnull", False), ("kind", "cancelled"), ("new_day", None)),
                    _connector="OR",
                ),
                name="change_that_moves_a_date_says_where_to",
                violation_error_message="Please give a new day, new times or a new place.",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("calls_off", None), models.Q(("calls_off__isnull", False), ("kind", "cancelled")), _connector="OR"
                ),
                name="change_that_calls_off_another_is_a_cancellation",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.UniqueConstraint(
                condition=models.Q(models.Q(("kind", "extra"), _negated=True), ("calls_off", None)),
                fields=("schedule", "day"),
                name="change_is_the_only_one_of_its_date",
                violation_error_message="This date has been changed already: please take that back first.",
            ),
        ),
    ]
