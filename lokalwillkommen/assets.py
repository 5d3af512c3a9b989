"""What is built from the sources before a page is served: catalogues and static files."""

import hashlib
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.template.loader import render_to_string

from lokalwillkommen import catalogues, staticfiles


def build() -> None:
    """Compile catalogues and collect static files; what is up to date is left alone."""
    catalogues.compile_all()
    stamp = Path(settings.STATIC_ROOT) / "built-from.txt"
    wanted = _fingerprint()
    if not stamp.exists() or stamp.read_text() != wanted:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(wanted)
    # For a proxy that refuses what is too long before the portal sees it.
    page, words = Path(settings.STATIC_ROOT) / "400.html", render_to_string("400.html")
    if not page.exists() or page.read_text() != words:
        page.write_text(words)


def _fingerprint() -> str:
    digest = hashlib.sha256(version("django").encode() + version("whitenoise").encode())
    for root in (*settings.STATICFILES_DIRS, Path(staticfiles.__file__)):
        for path in sorted(Path(root).rglob("*")) or [Path(root)]:
            if path.is_file():
                digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
