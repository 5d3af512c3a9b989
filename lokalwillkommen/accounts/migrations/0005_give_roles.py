from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q


def give_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001  # Django's signature
    """Whoever had places only became an office; whoever had rights for all, the coordination; the rest had none."""
    users = apps.get_model("accounts", "User").objects
    chosen = [
        (Q(is_superuser=True), "administration"),
        (Q(standorte__isnull=False), "office"),
        (Q(groups__isnull=False) | Q(user_permissions__isnull=False), "coordination"),
    ]
    done: set[int] = set()
    for condition, role in chosen:
        found = set(users.filter(condition).values_list("pk", flat=True)) - done
        users.filter(pk__in=found).update(role=role)
        done |= found


def take_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    users = apps.get_model("accounts", "User").objects
    users.filter(role="administration").update(is_superuser=True)  # type: ignore[misc]  # as it was then


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_roles"),
    ]

    operations = [
        migrations.RunPython(give_roles, take_roles),
    ]
