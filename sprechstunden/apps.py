"""Offers and their times."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SprechstundenConfig(AppConfig):
    """When somebody is there."""

    name = "sprechstunden"
    verbose_name = _("consultation hours")
