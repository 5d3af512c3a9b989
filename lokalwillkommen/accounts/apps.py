"""Staff accounts, and the admin that only they enter."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who log in: staff only, never visitors."""

    name = "lokalwillkommen.accounts"
    verbose_name = _("accounts")


class StaffAdminConfig(AdminConfig):
    """Django's admin, without its own way to log in."""

    default_site = "lokalwillkommen.accounts.site.StaffSite"
