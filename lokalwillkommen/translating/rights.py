"""Who may translate into which language: the one rule."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from standorte.languages import site_languages
from standorte.texts import GERMAN

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lokalwillkommen.accounts.models import User

Rest = ParamSpec("Rest")


def languages_of(user: "User | AnonymousUser") -> tuple[str, ...]:
    """Give the languages a person translates into, in the order of the site; none without being told so."""
    codes = tuple(code for code in site_languages() if code != GERMAN)
    if user.is_anonymous:
        return ()
    return codes if user.looks_after.everything else tuple(code for code in codes if code in user.translates)


def for_translators(
    view: Callable[Concatenate[HttpRequest, Rest], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let in who translates into the language of the address; strangers are asked to log in, no cache keeps it."""

    @wraps(view)
    def allowed(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        mine = languages_of(request.user)
        if not mine or kwargs.get("language", mine[0]) not in mine:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return admin.site.admin_view(allowed)
