"""All addresses of staff: the pages of rows by their end, the others each with what is asked there."""

# What each kind of row has pages for, by the end of its address.
PAGES_OF_ROWS = {
    "": "list",
    "add/": "add",
    "<path:object_id>/change/": "change",
    "<path:object_id>/delete/": "delete",
    "<path:object_id>/history/": "history",
    "<path:object_id>/": "row",
}
# All other addresses, each with what is asked there about somebody else.
OTHERS = {
    "admin/": "/admin/",
    "admin/heute/": "/admin/heute/?sprechstunde={offer}",
    "admin/heute/termin/": "/admin/heute/termin/",
    "admin/heute/zusatz/": "/admin/heute/zusatz/",
    "admin/heute/zuruecknehmen/": "/admin/heute/zuruecknehmen/",
    "admin/geschichte/": "/admin/geschichte/",
    "admin/geschichte/tabelle.csv": "/admin/geschichte/tabelle.csv",
    "admin/geschichte/<label>/<key>/": "/admin/geschichte/standorte.standort/{office}/",
    "admin/geschichte/<label>/stand/<int:version>/": "",  # see asked_of_foreign_rows
    "admin/bestaetigen/": "/admin/bestaetigen/",
    "admin/vorschau/": "/admin/vorschau/?adresse=/de/standorte/fremdwort-buro/",
    "admin/tabellen/": "/admin/tabellen/",
    "admin/tabellen/<slug>.csv": "",  # notes that somebody has loaded it, so it is asked first
    "admin/tabellen/<slug>/einlesen/": "/admin/tabellen/sprechstunden/einlesen/",
    "admin/vorschlaege/": "/admin/vorschlaege/",
    "admin/vorschlaege/text/<key>/": "/admin/vorschlaege/text/sprechstunden.sprechstunde.{offer}.title/",
    "admin/vorschlaege/<int:number>/": "/admin/vorschlaege/{suggestion}/",
    "admin/uebersetzen/": "/admin/uebersetzen/",
    "admin/uebersetzen/<language>/": "/admin/uebersetzen/tr/",
    "admin/uebersetzen/<language>/tabelle.csv": "/admin/uebersetzen/tr/tabelle.csv",
    "admin/uebersetzen/<language>/einlesen/": "/admin/uebersetzen/tr/einlesen/",
    "admin/uebersetzen/<language>/text/<key>/": "/admin/uebersetzen/tr/text/standorte.standort.{office}.directions/",
    "admin/uebersetzen/<language>/text/<key>/vorschlag/": (
        "/admin/uebersetzen/tr/text/standorte.standort.{office}.directions/vorschlag/"
    ),
    "admin/r/<path:row>": "/admin/r/{content_type}/{office}/",
    "admin/login/": "/admin/login/",
    "admin/password_change/": "/admin/password_change/",
    "admin/password_change/done/": "/admin/password_change/done/",
    "admin/jsi18n/": "/admin/jsi18n/",
    "admin/autocomplete/": "",  # see test_no_choice_names_what_is_foreign
    "admin/sprechstunden/closure/offers/": "",
    # Whoever asks it is logged out, and nothing else; behind the first comes no page.
    "admin/logout/": "",
    "admin/r/<path:content_type_id>/<path:object_id>/": "",
    "admin/(?P<url>.*)$": "/admin/nirgends/",
}
OTHERS |= {f"admin/{app}/": f"/admin/{app}/" for app in ("accounts", "admin", "contact", "facts", "notices")}
OTHERS |= {f"admin/{app}/": f"/admin/{app}/" for app in ("confirming", "legal", "sign_videos")}
OTHERS |= {f"admin/{app}/": f"/admin/{app}/" for app in ("sprechstunden", "standorte")}

# One's own access; whose it is, is asked in tests/lokalwillkommen/accounts.
OTHERS |= {
    f"admin/konto/{page}": f"/admin/konto/{page}"
    for page in (
        *("", "geraete/", "anmelden/", "anmelden/zweiter-faktor/", "anmelden/passkey/", "anmelden/neu/"),
        *("noch-einmal/", "noch-einmal/code/", "noch-einmal/passkey/", "passwort/aendern/", "passwort/setzen/"),
        *("passwort/vergessen/", "passwort/vergessen/gesendet/", "passwort/neu/fertig/", "app/", "app/entfernen/"),
        *("passkeys/", "passkeys/neu/", "codes/", "codes/neu/", "codes/herunterladen/", "nicht-aktiv/"),
    )
}
OTHERS |= {
    "admin/konto/abmelden/": "",
    "admin/konto/passkeys/<int:pk>/entfernen/": "/admin/konto/passkeys/1/entfernen/",
    "admin/konto/passkeys/<int:pk>/umbenennen/": "/admin/konto/passkeys/1/umbenennen/",
    "admin/konto/^passwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "/admin/konto/passwort/neu/{user}-x/",
}
