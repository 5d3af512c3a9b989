"""What operators get wrong, said before visitors notice. Run by `manage.py check --deploy`."""

from django.conf import settings
from django.core import checks

from lokalwillkommen import catalogues
from lokalwillkommen.context import operator_is_known


@checks.register(checks.Tags.security, deploy=True)
def operator_is_filled_in(**_options: object) -> list[checks.CheckMessage]:
    """Warn while nobody is named as running the portal (§ 5 DDG)."""
    if operator_is_known():
        return []
    return [
        checks.Warning(
            "Nobody is named as running the portal; every page says it is a preview and is kept out of search engines.",
            hint="Set OPERATOR_NAME, OPERATOR_ADDRESS and OPERATOR_EMAIL.",
            id="lokalwillkommen.W001",
        )
    ]


@checks.register(checks.Tags.compatibility, deploy=True)
def hosts_are_named(**_options: object) -> list[checks.CheckMessage]:
    """Warn where any name, or only this machine, is answered for."""
    public = [host for host in settings.ALLOWED_HOSTS if host not in {"localhost", "127.0.0.1", "[::1]"}]
    if public and "*" not in public:
        return []
    return [
        checks.Warning(
            "ALLOWED_HOSTS names no public host, or every host.",
            hint="Set ALLOWED_HOSTS to the names under which people reach the portal, separated by commas.",
            id="lokalwillkommen.W002",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def mails_reach_somebody(**_options: object) -> list[checks.CheckMessage]:
    """Warn where mails are only printed: staff would never learn that a message waits."""
    if settings.EMAIL_BACKEND != "django.core.mail.backends.console.EmailBackend":
        return []
    return [
        checks.Warning(
            "Mails to staff are printed instead of sent.",
            hint="Set EMAIL_URL to a mail server.",
            id="lokalwillkommen.W004",
        )
    ]


@checks.register(checks.Tags.translation)
def catalogues_are_there(**_options: object) -> list[checks.CheckMessage]:
    """Warn where a language is offered whose catalogue is missing or not compiled."""
    missing = [
        code
        for code in catalogues.translated_languages()
        if not catalogues.catalogue_file(code).with_suffix(".mo").exists()
    ]
    if not missing:
        return []
    return [
        checks.Warning(
            f"No compiled catalogue for: {', '.join(missing)}.",
            hint="Run ./portal manage build_assets.",
            id="lokalwillkommen.W003",
        )
    ]
