"""The site: start page, finder, settings checks."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SiteConfig(AppConfig):
    """What belongs to the whole site and not to places or hours."""

    name = "lokalwillkommen"
    label = "site"
    verbose_name = "lokal willkommen"

    def ready(self) -> None:
        """Register the checks of all apps, now that models are there: some ask the database."""
        autodiscover_modules("checks")
