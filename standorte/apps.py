"""Places, districts and partner organisations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandorteConfig(AppConfig):
    """Where people are met, and who runs it."""

    name = "standorte"
    verbose_name = _("places and partners")
