"""What of allauth is different here: who may do what, whom mails reach, and words."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from axes.utils import reset
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from qrcode import QRCode
from qrcode.image.svg import SvgPathImage

from lokalwillkommen.accounts import encryption
from lokalwillkommen.accounts.devices import begin
from lokalwillkommen.accounts.locking import client_address
from lokalwillkommen.accounts.models import User
from lokalwillkommen.accounts.second_factor import GRACE

_logger = logging.getLogger(__name__)

# At a socket file there is no address, and the table of sessions needs one.
NO_ADDRESS = "0.0.0.0"  # noqa: S104  # nothing is bound to it
CHANGES = {
    "account/email/password_changed": _("Your password was changed."),
    "account/email/password_reset": _("A new password was chosen by a link from a mail."),
    "mfa/email/totp_activated": _("An authenticator app was set up as second factor."),
    "mfa/email/totp_deactivated": _("The authenticator app was removed."),
    "mfa/email/webauthn_added": _("A passkey was set up."),
    "mfa/email/webauthn_removed": _("A passkey was removed."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made; the old ones no longer work."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Logging in for accounts that administrators make."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("E-mail address and password do not fit."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This code is not right. Please type the newest one."),
        "incorrect_password": _("This password is not right."),
        "invalid_password_reset": _("This link works no longer."),
        "too_many_login_attempts": _("That was too often. Please try again in five minutes."),
        "rate_limited": _("That was too often. Please try again in five minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        """Nobody signs up."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401  # allauth's signature
        """Leave wrong passwords to axes: a limit for the account alone would let anybody lock anybody out."""

    def set_password(self, user: User, password: str) -> None:
        """Set a new password; whoever was locked out after wrong ones begins anew."""
        super().set_password(user, password)
        reset(username=user.email)

    def login(self, request: HttpRequest, user: User) -> None:
        """Log in; the first time the days begin in which one may do without a second factor."""
        super().login(request, user)
        now = timezone.now()
        begin(request, now)
        User.objects.filter(pk=user.pk, second_factor_due=None).update(second_factor_due=now + GRACE)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Give the address the proxy saw."""
        return client_address(request) or NO_ADDRESS

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002  # allauth's signature
        """Lead back to one's access."""
        return reverse("mfa_index")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail. If it fails the page stays the same: it must not tell whether there is such an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as fault:
            _logger.error("A mail about an account was not sent: %s", type(fault).__name__)  # noqa: TRY400  # no words

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell people what was changed about how they log in, in one mail for all kinds."""
        said = (context or {}) | {"change": CHANGES[template_prefix], "moment": timezone.localtime()}
        self.send_mail("account/email/notification", email or user.email, said)


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are encrypted, their words are ours."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"]
    }

    def encrypt(self, text: str) -> str:
        """Encrypt the secret of an app or of codes."""
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Give it again."""
        return encryption.decrypt(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        """Draw the code that an app reads, to stand in the page: so the policy needs no exception for pictures."""
        code = QRCode(image_factory=SvgPathImage)
        code.add_data(url)
        return str(code.make_image().to_string(encoding="unicode"))

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002  # allauth's name
        """Give a passkey a name, which its owner may change."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return str(_("Passkey %(number)s") % {"number": number})

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Say for which site a passkey is."""
        return {"id": context.request.get_host().partition(":")[0], "name": "lokal willkommen"}
