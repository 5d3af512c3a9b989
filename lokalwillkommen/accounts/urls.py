"""Addresses at which staff log in and look after their access; names are allauth's. What is not here does not exist.

So nobody adds a mail address, and nobody signs up: allauth asks for that address, but it leads to the login.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.urls import path, re_path
from django.views.generic import RedirectView

from lokalwillkommen.accounts import devices

urlpatterns = [
    path("", factor.index, name="mfa_index"),
    path("geraete/", devices.devices, name="usersessions_list"),
    # anmelden
    path("anmelden/", account.login, name="account_login"),
    path("anmelden/zweiter-faktor/", factor.authenticate, name="mfa_authenticate"),
    path("anmelden/passkey/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("anmelden/neu/", RedirectView.as_view(pattern_name="account_login"), name="account_signup"),
    path("abmelden/", account.logout, name="account_logout"),
    path("nicht-aktiv/", account.account_inactive, name="account_inactive"),
    # noch einmal
    path("noch-einmal/", account.reauthenticate, name="account_reauthenticate"),
    path("noch-einmal/code/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("noch-einmal/passkey/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    # passwort
    path("passwort/aendern/", account.password_change, name="account_change_password"),
    path("passwort/setzen/", RedirectView.as_view(pattern_name="account_reset_password"), name="account_set_password"),
    path("passwort/vergessen/", account.password_reset, name="account_reset_password"),
    path("passwort/vergessen/gesendet/", account.password_reset_done, name="account_reset_password_done"),
    path("passwort/neu/fertig/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^passwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    # app
    path("app/", app.activate_totp, name="mfa_activate_totp"),
    path("app/entfernen/", app.deactivate_totp, name="mfa_deactivate_totp"),
    # passkeys
    path("passkeys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/neu/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/entfernen/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/umbenennen/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    # codes
    path("codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/neu/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codes/herunterladen/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
