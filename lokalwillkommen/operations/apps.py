"""Operation of the portal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    """What keeps a running portal whole."""

    name = "lokalwillkommen.operations"
    verbose_name = _("operation")
