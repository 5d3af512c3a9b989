"""Asking people who are logged in who they are once more, before accounts, roles and exports: 15 minutes at a time.

What was typed is kept meanwhile and sent on afterwards (allauth).
"""

from collections.abc import Callable
from typing import TypeVar

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse

View = TypeVar("View", bound=Callable[..., HttpResponse])


def asks_again(view: View) -> View:
    """Ask before a page is shown or anything is done; stands behind what asks people to log in."""
    asking: View = reauthentication_required(view)
    return asking


def asks_again_to_write(view: View) -> View:
    """Let people read, and ask before anything is done."""
    asking: View = reauthentication_required(view, allow_get=True)
    return asking
