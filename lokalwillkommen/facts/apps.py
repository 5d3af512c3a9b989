"""Facts about the network and how they come in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FactsConfig(AppConfig):
    """The network's figures, and the loading of all published facts."""

    name = "lokalwillkommen.facts"
    verbose_name = _("facts about the network")
