"""What an administrator types about an account, and what is wrong with it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.accounts.models import User
from lokalwillkommen.accounts.roles import Role


class AccountForm(forms.ModelForm[User]):
    """An account: a role, with what it is for. Somebody who can give rights always stays."""

    def clean(self) -> dict[str, object]:
        """Refuse a role that is for nothing, and to take the last administrator away."""
        typed = super().clean() or self.cleaned_data
        role = typed.get("role")
        if role == Role.OFFICE and not typed.get("standorte"):
            self.add_error("standorte", _("Please choose the office: else this person could change nothing."))
        if role == Role.PARTNER and not typed.get("partner"):
            self.add_error("partner", _("Please choose the organisation: else this person could change nothing."))
        stays = role == Role.ADMINISTRATION and typed.get("is_active") and typed.get("is_staff")
        if not stays and self.instance.is_last_administrator():
            raise forms.ValidationError(
                _(
                    "This is the last account that can give rights. "
                    "Please make somebody else administrator first; then you can change this one."
                )
            )
        return typed
