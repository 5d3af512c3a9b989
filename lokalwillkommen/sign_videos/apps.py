"""Films in German Sign Language."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignVideosConfig(AppConfig):
    """Films that administration uploads; they are served from here, with no foreign player."""

    name = "lokalwillkommen.sign_videos"
    verbose_name = _("sign language")
