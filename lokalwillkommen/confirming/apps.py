"""Facts that want to be confirmed again."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConfirmingConfig(AppConfig):
    """What offices are asked to confirm, on a page of staff and by mail."""

    name = "lokalwillkommen.confirming"
    verbose_name = _("confirming")
