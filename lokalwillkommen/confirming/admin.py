"""Addresses at which offices are asked to confirm, and what came of it."""

from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.confirming.models import ConfirmationRequest, OfficeAddress
from standorte.admin import staff_user
from standorte.lists import ListAdmin

VERIFY = "confirming.verify_officeaddress"


@admin.register(OfficeAddress)
class OfficeAddressAdmin(ListAdmin[OfficeAddress]):
    """One address for each office; only who may check addresses can tick that it is right."""

    list_display = ("office", "email", "is_verified", "verified_by", "asked_on")
    list_select_related = ("office", "verified_by")
    fields = ("office", "email", "is_verified")

    def get_readonly_fields(self, request: HttpRequest, obj: OfficeAddress | None = None) -> tuple[str, ...]:  # noqa: ARG002  # Django's signature
        """Let only administrators say that mails reach the office."""
        return () if request.user.has_perm(VERIFY) else ("is_verified",)

    def save_model(
        self,
        request: HttpRequest,
        obj: OfficeAddress,
        form: ModelForm[OfficeAddress],
        change: bool,  # noqa: FBT001  # Django's signature
    ) -> None:
        """Note who checked it. Another address has to be checked anew."""
        is_another = change and bool({"email", "office"} & set(form.changed_data))
        if is_another and obj.is_verified and "is_verified" not in form.changed_data:
            obj.is_verified, obj.verified_by = False, None
            said = _now("The address is another now: please check it, then tick it again.")
            self.message_user(request, said, messages.WARNING)
        elif "is_verified" in form.changed_data:
            obj.verified_by = staff_user(request) if obj.is_verified else None  # type: ignore[assignment]  # swappable
        super().save_model(request, obj, form, change)


@admin.register(ConfirmationRequest)
class ConfirmationRequestAdmin(ListAdmin[ConfirmationRequest]):
    """Which address was asked when, and what was confirmed with its mail; to read."""

    list_display = ("created_at", "office", "email", "confirmed_at", "facts")
    list_select_related = ("office",)
    fields = list_display

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002  # Django's signature
        """They come from mails."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: ConfirmationRequest | None = None) -> bool:  # noqa: ARG002  # Django's signature
        """Nobody rewrites who confirmed what."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ConfirmationRequest | None = None) -> bool:  # noqa: ARG002  # Django's signature
        """Nobody takes it away by hand."""
        return False

    @admin.display(description=_("what was confirmed"))
    def facts(self, asked: ConfirmationRequest) -> str:
        """Name the facts."""
        return ", ".join(asked.confirmed) or "-"
