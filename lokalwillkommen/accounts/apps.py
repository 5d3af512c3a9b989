"""Staff accounts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who log in: staff only, never visitors."""

    name = "lokalwillkommen.accounts"
    verbose_name = _("accounts")
