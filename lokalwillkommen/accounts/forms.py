"""The forms of allauth with plain labels in our words, and nothing written into the fields."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as passkey
from django import forms
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("e-mail address"),
    "email": _("e-mail address"),
    "password": _("password"),
    "oldpassword": _("present password"),
    "password1": _("new password"),
    "password2": _("new password once more"),
    "code": _("code"),
    "name": _("name of this passkey"),
    "passwordless": _("log in with it without a password"),
}


class PlainLabels(forms.Form):
    """Goes before a form of allauth."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # whatever the form takes
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            if name.endswith("password"):
                field.help_text = ""  # the way to a forgotten one stands below the button
            if name == "password1":
                field.help_text = _("At least 12 characters. Not a common password, and nothing like your address.")
            if name == "code":
                field.widget.attrs["inputmode"] = "numeric"


class LoginForm(PlainLabels, account.LoginForm):
    """Address and password."""


class ReauthenticateForm(PlainLabels, account.ReauthenticateForm):
    """The password once more."""


class ChangePasswordForm(PlainLabels, account.ChangePasswordForm):
    """The present and the new password."""


class ResetPasswordForm(PlainLabels, account.ResetPasswordForm):
    """The address whose password is forgotten."""


class ResetPasswordKeyForm(PlainLabels, account.ResetPasswordKeyForm):
    """A password, by a link from a mail."""


class AuthenticateForm(PlainLabels, factor.AuthenticateForm):
    """The code of an app, or a recovery code."""


class CodeAgainForm(PlainLabels, factor.ReauthenticateForm):
    """Such a code once more."""


class ActivateTOTPForm(PlainLabels, app.ActivateTOTPForm):
    """The first code of an app."""


class AddWebAuthnForm(PlainLabels, passkey.AddWebAuthnForm):
    """A new passkey; most can stand in for the password as well, some sticks cannot."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # whatever the form takes
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].help_text = _("Take this away if your security key cannot do it.")


class EditWebAuthnForm(PlainLabels, passkey.EditWebAuthnForm):
    """Another name for a passkey."""
