"""Whole pages that are kept until something they show changes."""

from django.apps import AppConfig


class CachingConfig(AppConfig):
    """What makes pages fast without ever making them old."""

    name = "lokalwillkommen.caching"
    verbose_name = "kept pages"
