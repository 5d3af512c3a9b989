"""Bring the interface catalogues up to date with the sources."""

from typing import Any

from django.core.management.base import BaseCommand

from lokalwillkommen import catalogues


class Command(BaseCommand):
    """For developers, after changing a sentence of the interface."""

    help = "Extracts all messages into the catalogues in lokalwillkommen/locale and compiles them."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401  # Django's signature
        """Extract, merge, compile; say how many are untranslated."""
        catalogues.update_all()
        for language in catalogues.translated_languages():
            missing = sum(1 for message in catalogues.read(language) if message.id and not message.string)
            self.stdout.write(f"{language}: {missing} untranslated")
        catalogues.compile_all()
