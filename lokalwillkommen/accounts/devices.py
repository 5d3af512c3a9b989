"""The devices on which somebody is logged in: each for 30 days after its last use, seen and ended one by one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from ua_parser import parse

from lokalwillkommen.accounts.models import User
from lokalwillkommen.middleware import STAFF_PREFIX
from standorte.admin import staff_user

GetResponse = Callable[[HttpRequest], HttpResponse]

# Kept in a session that was begun by logging in. Not at each request, which would cost a write each time.
SEEN = "seen_at"
WRITTEN_EVERY = timedelta(hours=1)
OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Device:
    """One device as its owner reads it."""

    session: UserSession
    words: str
    is_this_one: bool


def keep_logged_in(get_response: GetResponse) -> GetResponse:
    """Let a login last for 30 days from its last use, and remember that use, about to the hour."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(STAFF_PREFIX) and (seen := request.session.get(SEEN)) is not None:
            now = timezone.now()
            if now.timestamp() - seen >= WRITTEN_EVERY.total_seconds():
                begin(request, now)
                UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=now)
        return get_response(request)

    return middleware


def begin(request: HttpRequest, now: datetime) -> None:
    """Write down in the session that it is used; saving it moves its end on."""
    request.session[SEEN] = int(now.timestamp())


@never_cache
@login_required
def devices(request: HttpRequest) -> HttpResponse:
    """Show where somebody is logged in, and log out there."""
    here = request.session.session_key
    sessions = UserSession.objects.purge_and_list(staff_user(request))
    if request.method == "POST":
        others = {str(session.pk): session for session in sessions if session.session_key != here}
        form = EndForm(request.POST, others=others)
        if form.is_valid():
            get_adapter().end_sessions(form.chosen())
            messages.success(request, _("Logged out there."))
        else:
            messages.info(request, _("Nobody is logged in there any more."))
        return redirect("usersessions_list")
    found = [Device(session, device_words(session.user_agent), session.session_key == here) for session in sessions]
    found.sort(key=lambda device: (device.is_this_one, device.session.last_seen_at), reverse=True)
    return render(request, "usersessions/usersession_list.html", {"devices": found, "others": OTHERS})


def device_words(user_agent: str) -> str:
    """Name browser and system in words."""
    found = parse(user_agent)
    browser = found.user_agent.family if found.user_agent else ""
    system = found.os.family if found.os else ""
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown device")


def end_all(user: User) -> int:
    """Log somebody out everywhere; give at how many devices."""
    sessions = UserSession.objects.purge_and_list(user)
    get_adapter().end_sessions(sessions)
    return len(sessions)


class EndForm(forms.Form):
    """Which device to log out, or all but this one."""

    device = forms.ChoiceField()

    def __init__(self, data: object, *, others: dict[str, UserSession]) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict
        self.others = others
        self.fields["device"].choices = [(key, key) for key in (OTHERS, *others)]  # type: ignore[attr-defined]

    def chosen(self) -> list[UserSession]:
        """Give what was chosen."""
        device = self.cleaned_data["device"]
        return list(self.others.values()) if device == OTHERS else [self.others[device]]
