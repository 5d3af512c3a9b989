"""Who is locked out after wrong passwords, in the words of axes: one address with one account, for some minutes."""

from collections.abc import Mapping
from ipaddress import ip_address

from axes.helpers import get_cool_off
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lokalwillkommen.contact.limiter import visitor_address

_LONGEST_NAME = 255  # letters; what axes has room for


def client_address(request: HttpRequest) -> str | None:
    """Give the address somebody types from; None where there is none, such as at a socket file."""
    try:
        return str(ip_address(visitor_address(request).partition("%")[0]))
    except ValueError:
        return None


def user_name(_request: HttpRequest, credentials: Mapping[str, str | None]) -> str:
    """Give the mail address that was typed; the form has made it lower case, so each account is counted once."""
    return (credentials.get("email") or credentials.get("username") or "")[:_LONGEST_NAME]


def locked(request: HttpRequest, _response: HttpResponse | None, _credentials: object) -> HttpResponse:
    """Say that it was too often, and how long one waits."""
    minutes = get_cool_off(request).total_seconds() // 60
    return render(request, "account/locked.html", {"minutes": int(minutes)}, status=429)
