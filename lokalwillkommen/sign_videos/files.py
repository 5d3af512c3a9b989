"""Stored files that no film has any more."""

from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from lokalwillkommen.sign_videos.models import FOLDER, SignVideo

# A form that is being saved stores its files before its row.
_KEPT = timedelta(days=1)


def delete_unused(now: datetime) -> list[str]:
    """Delete files that belong to no film, if they are older than a day; give their names."""
    used = {name for names in SignVideo.objects.values_list("film", "captions", "poster") for name in names}
    unused = [path for path in _stored() if path not in used and now - default_storage.get_modified_time(path) > _KEPT]
    for path in unused:
        default_storage.delete(path)
    return unused


def _stored() -> list[str]:
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    return [f"{FOLDER}/{name}" for name in sorted(names)]
