"""The application of the history."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """Pages about what was changed, and the command that forgets by whom."""

    name = "lokalwillkommen.history"
    label = "history"
