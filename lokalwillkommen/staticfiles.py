"""One stylesheet from many component files, without a build tool."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "site.css"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Joins css/*.css into site.css before names are hashed and files compressed."""

    def post_process(
        self,
        paths: dict[str, tuple[Storage, str]],
        dry_run: bool = False,  # noqa: FBT001, FBT002  # Django's signature
        **options: object,
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        """Add the joined stylesheet to what is collected; Django calls this only when it really collects."""
        parts = sorted(name for name in paths if name.startswith("css/"))
        self.delete(STYLESHEET)
        self._save(STYLESHEET, ContentFile(join_stylesheets([Path(self.path(name)) for name in parts])))
        paths = {name: path for name, path in paths.items() if name not in parts} | {STYLESHEET: (self, STYLESHEET)}
        yield from super().post_process(paths, dry_run, **options)


def join_stylesheets(files: list[Path]) -> str:
    """Join CSS files in the order given, the one that declares the layers first, without comments.

    Inside, the order of the files is free: each file puts its rules into a declared layer.
    """
    ordered = sorted(files, key=lambda file: (file.name != "layers.css", file.name))
    joined = "\n".join(file.read_text() for file in ordered)
    return _SPACE.sub(" ", _COMMENT.sub("", joined)).strip() + "\n"
