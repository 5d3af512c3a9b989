"""The WSGI application that a server runs."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lokalwillkommen.settings")

django = get_wsgi_application()
# It knows models, so it can be loaded only now. Without it for whoever works on templates and wants to see each change.
application = django if settings.DEBUG else import_string("lokalwillkommen.caching.layer.KeptPages")(django)
