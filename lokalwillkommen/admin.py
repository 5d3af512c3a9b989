"""What staff read at the head of every page of the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

admin.site.site_header = "lokal willkommen"
admin.site.site_title = "lokal willkommen"
admin.site.index_title = _("What would you like to change?")
