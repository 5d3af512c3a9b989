"""The site: start page, legal pages, settings checks."""

from django.apps import AppConfig

from lokalwillkommen import checks  # noqa: F401  # importing them registers them


class SiteConfig(AppConfig):
    """What belongs to the whole site and not to places or hours."""

    name = "lokalwillkommen"
    label = "site"
    verbose_name = "lokal willkommen"
