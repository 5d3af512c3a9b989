"""Staff accounts in the admin."""

from functools import partial

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.accounts.account_form import AccountForm
from lokalwillkommen.accounts.asking_again import asks_again, asks_again_to_write
from lokalwillkommen.accounts.devices import end_all
from lokalwillkommen.accounts.invitations import invite
from lokalwillkommen.accounts.models import User
from lokalwillkommen.accounts.second_factor import remove_second_factor
from standorte.lists import ListAdmin

# Buttons on the page of an account.
INVITE, END_ALL, REMOVE_FACTOR = "_invite", "_end_all", "_remove_factor"


@admin.register(User)
@method_decorator(asks_again, name="changeform_view")
@method_decorator(asks_again, name="delete_view")
@method_decorator(asks_again_to_write, name="changelist_view")
class UserAdmin(ListAdmin[User], DjangoUserAdmin[User]):
    """Accounts by e-mail, without names and without passwords: people choose theirs by the link of an invitation."""

    form = add_form = AccountForm
    list_display = ("email", "role", "is_active", "last_login", "invitation")
    list_filter = ("role", "is_active")
    search_fields = ("email",)
    ordering = ("email",)
    filter_horizontal = ("standorte",)
    actions = None  # deleting many at once could leave nobody who can give rights
    readonly_fields = ("last_login", "date_joined", "invitation")
    change_form_template = "admin/accounts/user/change_form.html"
    fieldsets = (
        (None, {"fields": ("email", "invitation")}),
        (_("Rights"), {"fields": ("role", "standorte", "partner", "translates")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email",), "description": _("An invitation goes to this address.")}),
        (_("Rights"), {"fields": ("role", "standorte", "partner", "translates")}),
    )

    def get_urls(self) -> list[URLPattern]:
        """Leave out the page on which one would type a password for somebody else."""
        return [url for url in super().get_urls() if url.name != "auth_user_password_change"]

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm[User], change: bool) -> None:  # noqa: FBT001  # Django's signature
        """Save; who is new gets an invitation when all is written."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            transaction.on_commit(partial(self._invite, request, obj))

    def response_change(self, request: HttpRequest, obj: User) -> HttpResponse:
        """Do what a button of the page says, write it down, and stay there."""
        if INVITE in request.POST:
            transaction.on_commit(partial(self._invite, request, obj))
        elif END_ALL in request.POST:
            count = end_all(obj)
            self._note(request, obj, gettext("Logged out at all devices: %(count)s.") % {"count": count})
        elif REMOVE_FACTOR in request.POST:
            remove_second_factor(obj)
            end_all(obj)
            self._note(request, obj, gettext("The second factor was removed; the person is logged out everywhere."))
        else:
            return super().response_change(request, obj)
        return HttpResponseRedirect(request.path)

    @admin.display(description=_("invitation"))
    def invitation(self, user: User) -> str:
        """Say how far the invitation is."""
        if user.has_usable_password():
            return gettext("accepted")
        if user.invited_at is None:
            return gettext("not sent")
        return gettext("sent on %(day)s") % {"day": date_format(timezone.localtime(user.invited_at), "DATE_FORMAT")}

    def _invite(self, request: HttpRequest, user: User) -> None:
        if invite(request, user):
            self._note(request, user, gettext("An invitation was sent to %(email)s.") % {"email": user.email})
        else:
            said = gettext("The invitation could not be sent. Please send it again later, on the page of the account.")
            messages.error(request, said)

    def _note(self, request: HttpRequest, user: User, sentence: str) -> None:
        self.log_change(request, user, sentence)
        messages.success(request, sentence)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Refuse to delete the last account that can give rights."""
        return not (obj and obj.is_last_administrator()) and super().has_delete_permission(request, obj)


# What an account may do follows from its role; groups would have no effect. And of secrets, session keys and
# addresses that are not used there is nothing to look at or to change by hand.
admin.site.unregister((Authenticator, EmailAddress, Group, UserSession))
