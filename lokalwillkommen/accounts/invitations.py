"""Inviting people: a mail with a link by which they choose their password, so that nobody types one for them."""

from smtplib import SMTPException

from allauth.account.adapter import get_adapter
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from lokalwillkommen.accounts.links import LinkTokens
from lokalwillkommen.accounts.models import User

DAYS = settings.PASSWORD_RESET_TIMEOUT // (24 * 3600)


def invite(request: HttpRequest, user: User) -> bool:
    """Send the invitation, and remember when; tell whether it was sent."""
    parts = {"uidb36": user_pk_to_url_str(user), "key": LinkTokens().make_token(user)}
    url = request.build_absolute_uri(reverse("account_reset_password_from_key", kwargs=parts))
    message = get_adapter().render_mail("account/email/invitation", user.email, {"url": url, "days": DAYS})
    try:
        message.send()
    except (SMTPException, OSError):
        return False
    User.objects.filter(pk=user.pk).update(invited_at=timezone.now())
    return True
