"""The addresses of the portal, and one whose view fails with data in the words of its exceptions."""

from typing import NoReturn

from django.http import HttpRequest
from django.urls import path

from lokalwillkommen import urls

handler400, handler404, handler500 = urls.handler400, urls.handler404, urls.handler500
_EMPTY: dict[str, str] = {}


def fail(_request: HttpRequest, slug: str) -> NoReturn:
    """Fail as a database does that tells which row was in the way."""
    try:
        _EMPTY[slug]
    except KeyError as error:
        message = f"Key (email)=({slug}) already exists."
        raise ValueError(message) from error
    raise AssertionError


urlpatterns = [path("fails/<slug>/", fail, name="fails"), *urls.urlpatterns]
