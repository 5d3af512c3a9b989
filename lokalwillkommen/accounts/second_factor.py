"""Who needs a second factor beside the password, and until when one may do without."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from lokalwillkommen.accounts.roles import must_have_second_factor
from lokalwillkommen.middleware import STAFF_PREFIX

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lokalwillkommen.accounts.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]

GRACE = timedelta(days=7)  # from the first login
ACCESS_PREFIX = f"{STAFF_PREFIX}konto/"
# Whoever must set up a second factor may still leave.
_OPEN = (ACCESS_PREFIX, f"{STAFF_PREFIX}logout/")


def has_second_factor(user: "User") -> bool:
    """Tell whether somebody has an app or a passkey; recovery codes alone are none."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=user, type__in=kinds).exists())


def days_left(user: "User", now: datetime) -> int | None:
    """Give the days, begun ones as whole, in which somebody may do without; None for who needs none or has one.

    Who has not logged in yet by the pages of accounts has no last day, and costs no query.
    """
    due = user.second_factor_due
    if due is None or not must_have_second_factor(user) or has_second_factor(user):
        return None
    return max(0, -((now - due) // timedelta(days=1)))


def lacks_second_factor(user: "User | AnonymousUser", now: datetime) -> bool:
    """Tell whether somebody has to set up a second factor before anything else."""
    if user.is_anonymous or user.second_factor_due is None or now < user.second_factor_due:
        return False
    return days_left(user, now) is not None


def remove_second_factor(user: "User") -> int:
    """Take all factors from an account, for somebody whose phone is gone; give how many there were."""
    return int(Authenticator.objects.filter(user=user).delete()[0])


def ask_for_second_factor(get_response: GetResponse) -> GetResponse:
    """Lead every page of staff to the one where a second factor is set up, when it is due."""

    def middleware(request: HttpRequest) -> HttpResponse:
        is_guarded = request.path.startswith(STAFF_PREFIX) and not request.path.startswith(_OPEN)
        if is_guarded and lacks_second_factor(request.user, timezone.now()):
            return HttpResponseRedirect(reverse("mfa_index"))
        response = get_response(request)
        if request.path.startswith(ACCESS_PREFIX):
            add_never_cache_headers(response)  # codes and links are not for the disk of a browser
        return response

    return middleware
