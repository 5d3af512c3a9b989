"""Staff accounts in the admin."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.accounts.forms import AccountForm
from lokalwillkommen.accounts.models import User
from standorte.lists import ListAdmin


@admin.register(User)
class UserAdmin(ListAdmin[User], DjangoUserAdmin[User]):
    """Accounts by e-mail, without the names Django's own form asks for."""

    form = AccountForm
    list_display = ("email", "role", "is_active", "last_login")
    list_filter = ("role", "is_active")
    search_fields = ("email",)
    ordering = ("email",)
    filter_horizontal = ("standorte",)
    actions = None  # deleting many at once could leave nobody who can give rights
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("Rights"), {"fields": ("role", "standorte", "partner", "translates")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "usable_password", "password1", "password2")}),)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Refuse to delete the last account that can give rights."""
        return not (obj and obj.is_last_administrator()) and super().has_delete_permission(request, obj)


# What an account may do follows from its role; groups would have no effect.
admin.site.unregister(Group)
