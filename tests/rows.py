"""All that is stored about the network, to see that nothing has changed."""

from django.apps import apps
from django.core import serializers


def all_rows() -> str:
    """Give every row of places, hours and facts as text."""
    tables = [
        model for label in ("standorte", "sprechstunden", "facts") for model in apps.get_app_config(label).get_models()
    ]
    rows = (row for model in tables for row in model._default_manager.order_by("pk"))  # noqa: SLF001  # public
    return str(serializers.serialize("json", rows))
