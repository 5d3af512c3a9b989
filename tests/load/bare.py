"""A Django project without middleware whose one view gives bytes out of a folder: what pages are measured against."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

FOLDER = Path(os.environ["BARE_FOLDER"])
_BODIES = {file.name: file.read_bytes() for file in FOLDER.iterdir()}


def page(_request: HttpRequest, name: str) -> HttpResponse:
    """Give the bytes."""
    body = _BODIES[name]
    return HttpResponse(body, headers={"Content-Encoding": "gzip", "Content-Length": len(body)})


urlpatterns = [path("<str:name>", page)]

settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, MIDDLEWARE=[], LOGGING_CONFIG=None)
application = get_wsgi_application()
