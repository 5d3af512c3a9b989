"""What may be uploaded: told by the name, the size and the first bytes, because a name alone proves nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

KILOBYTE, MEGABYTE = 1000, 1000 * 1000
_HEAD = 4096  # bytes in which a file says what it is


def _is_mp4(head: bytes) -> bool:
    return head[4:8] == b"ftyp"  # ISO/IEC 14496-12, 4.3


def _is_webm(head: bytes) -> bool:
    return head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head  # EBML, RFC 8794


def _is_jpeg(head: bytes) -> bool:
    return head.startswith(b"\xff\xd8\xff")


def _is_png(head: bytes) -> bool:
    return head.startswith(b"\x89PNG\r\n\x1a\n")


def _is_webp(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def _is_webvtt(head: bytes) -> bool:
    """Tell whether it begins as the standard demands, with at least one cue (W3C WebVTT, 4.1)."""
    try:
        lines = head.decode("utf-8-sig", errors="strict" if len(head) < _HEAD else "ignore").splitlines()
    except UnicodeDecodeError:
        return False
    return bool(lines) and lines[0].split(None, 1)[:1] == ["WEBVTT"] and any("-->" in line for line in lines)


@dataclass(frozen=True, slots=True)
class Kind:
    """What one sort of file may be; `most` in bytes."""

    most: int
    tests: Mapping[str, Callable[[bytes], bool]]

    def fault(self, file: "UploadedFile[bytes]") -> str:
        """Say in one sentence why a file is refused, or nothing."""
        test = self.tests.get(PurePath(file.name or "").suffix.lower())
        if test is None:
            return _("This file must end with one of these: %(endings)s") % {"endings": ", ".join(self.tests)}
        if (file.size or 0) > self.most:
            return _("This file is too large: at most %(size)s.") % {"size": _in_words(self.most)}
        file.seek(0)
        head = file.read(_HEAD)
        file.seek(0)
        return "" if test(head) else _("This file is not what its name says. Please choose another one.")


FILM = Kind(200 * MEGABYTE, MappingProxyType({".mp4": _is_mp4, ".webm": _is_webm}))
CAPTIONS = Kind(500 * KILOBYTE, MappingProxyType({".vtt": _is_webvtt}))
POSTER = Kind(
    100 * KILOBYTE, MappingProxyType({".jpg": _is_jpeg, ".jpeg": _is_jpeg, ".png": _is_png, ".webp": _is_webp})
)


def _in_words(size: int) -> str:
    return f"{size // MEGABYTE} MB" if size >= MEGABYTE else f"{size // KILOBYTE} kB"
