"""Who may do what: one role per account, and one table. Whose rows these are is another rule: `responsibility`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lokalwillkommen.accounts.models import User


class Role(models.TextChoices):
    """What a person does for the network."""

    OFFICE = "office", _("office: its places and their consultation hours")
    PARTNER = "partner", _("partner organisation: its own offers")
    TRANSLATOR = "translator", _("translator: only the page for translators")
    COORDINATION = "coordination", _("coordination: everything but accounts")
    ADMINISTRATION = "administration", _("administration: everything")


READ = frozenset({"view"})
WRITE = frozenset({"view", "change"})
UNDO = frozenset({"view", "add", "delete"})
ALL = frozenset({"view", "add", "change", "delete"})

# Rows of the next two roles are only those they look after, but for what is public anyway.
RIGHTS: Mapping[Role, Mapping[str, frozenset[str]]] = {
    Role.OFFICE: {
        "standorte.standort": WRITE,
        "standorte.phone": ALL,
        "standorte.partnerrole": ALL,
        "standorte.partner": READ,
        "standorte.stadtbezirk": READ,
        "standorte.stadtteil": READ,
        "standorte.postalcode": READ,
        "standorte.textversion": READ,
        "sprechstunden.sprechstunde": ALL,
        "sprechstunden.schedule": ALL,
        "sprechstunden.change": UNDO,
        "sprechstunden.closure": ALL,
        "sprechstunden.topic": READ,
        "notices.notice": ALL,
        "confirming.confirmationrequest": READ,
        "contact.message": WRITE,
        "contact.report": WRITE,
    },
    Role.PARTNER: {
        "standorte.partner": READ,
        "standorte.textversion": READ,
        "sprechstunden.sprechstunde": WRITE,
        "sprechstunden.schedule": ALL,
        "sprechstunden.change": UNDO,
        "sprechstunden.topic": READ,
        "suggestions.suggestion": frozenset({"view", "add"}),
    },
    Role.TRANSLATOR: {},
}
# What stays with the administration alone.
_OF_ADMINISTRATION = frozenset({"accounts", "auth", "legal", "sign_videos"})
# Who says that mails reach an office answers for it: a link in them confirms without a login.
_CHECKS_ADDRESSES = "confirming.verify_officeaddress"


def allows(role: str, permission: str) -> bool:
    """Tell whether a role has a permission, written as Django writes it: "standorte.change_standort"."""
    app, _dot, name = permission.partition(".")
    if role == Role.ADMINISTRATION:
        return True
    if role == Role.COORDINATION:
        return app not in _OF_ADMINISTRATION and permission != _CHECKS_ADDRESSES
    action, _line, model = name.partition("_")
    return action in RIGHTS[Role(role)].get(f"{app}.{model}", ())


def allows_app(role: str, app: str) -> bool:
    """Tell whether a role has any permission in an app."""
    if role in {Role.ADMINISTRATION, Role.COORDINATION}:
        return allows(role, f"{app}.")
    return any(label.partition(".")[0] == app for label in RIGHTS[Role(role)])


def must_have_second_factor(user: "User | AnonymousUser") -> bool:
    """Tell whether a password alone is not enough: for all who publish, so not for translators and strangers."""
    return not user.is_anonymous and user.role != Role.TRANSLATOR
