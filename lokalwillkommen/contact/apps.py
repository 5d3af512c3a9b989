"""What people write to us, and the mails that tell staff about it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactConfig(AppConfig):
    """Messages, reports and mails; what people write never leaves the database."""

    name = "lokalwillkommen.contact"
    verbose_name = _("messages from people")
