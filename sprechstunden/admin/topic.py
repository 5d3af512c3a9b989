"""Topics in the admin."""

from django.contrib import admin

from sprechstunden.models import Topic
from standorte.admin import ConfirmableAdmin


@admin.register(Topic)
class TopicAdmin(ConfirmableAdmin[Topic]):
    """What people come for."""

    list_display = ("__str__", "position", "is_sensitive", "confirmed_on")
    fields = ("name", "slug", "position", "is_sensitive", "source", "as_of", "note")
