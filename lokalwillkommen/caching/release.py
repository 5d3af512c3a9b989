"""What tells apart pages of one release of the portal from those of another, where several share a cache."""

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

_FOLDERS = ("lokalwillkommen", "sprechstunden", "standorte", "templates")
_SUFFIXES = {".py", ".html", ".js", ".mo", ".json", ".toml"}


def release() -> str:
    """Give a digest of the code, of pinned packages, static files, and what the settings say to residents."""
    digest = blake2b(digest_size=16)
    for path in _files():
        digest.update(path.name.encode() + path.read_bytes())
    digest.update(repr((settings.SECRET_KEY, sorted(settings.OPERATOR.items()))).encode())
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    root = Path(settings.BASE_DIR)
    for folder in _FOLDERS:
        yield from sorted(path for path in (root / folder).rglob("*") if path.suffix in _SUFFIXES)
    beside = (root / "requirements" / "run.txt", Path(settings.STATIC_ROOT) / "staticfiles.json")
    yield from (path for path in beside if path.exists())
