"""Temporary notices."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """What people should know for some days, on top of the pages it concerns."""

    name = "lokalwillkommen.notices"
    verbose_name = _("notices")
