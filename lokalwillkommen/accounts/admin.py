"""Staff accounts in the admin."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.accounts.models import User
from standorte.lists import ListAdmin


@admin.register(User)
class UserAdmin(ListAdmin[User], DjangoUserAdmin[User]):
    """Accounts by e-mail, without the names Django's own form asks for."""

    list_display = ("email", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "groups")
    search_fields = ("email",)
    ordering = ("email",)
    filter_horizontal = ("standorte", "groups")
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Places"), {"fields": ("standorte",)}),
        (_("Translating"), {"fields": ("translates",)}),
        (_("Login and creation"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "usable_password", "password1", "password2")}),)


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(ListAdmin[Group], DjangoGroupAdmin):
    """Groups as Django has them, in a list like all others."""
