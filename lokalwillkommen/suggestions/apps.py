"""Texts that partner organisations suggest."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SuggestionsConfig(AppConfig):
    """What partners would like to say about their offers, until the coordination decides."""

    name = "lokalwillkommen.suggestions"
    verbose_name = _("suggestions")
