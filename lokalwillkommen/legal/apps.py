"""What the law asks of a website."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LegalConfig(AppConfig):
    """Imprint, privacy, accessibility: what only the operator knows, beside what the software does."""

    name = "lokalwillkommen.legal"
    verbose_name = _("legal pages")
