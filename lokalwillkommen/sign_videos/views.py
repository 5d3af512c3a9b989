"""Giving the files of films that residents may see."""

from pathlib import PurePath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from lokalwillkommen.sign_videos.models import FOLDER, SignVideo

_TYPES = {
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".mp4": "video/mp4",
    ".png": "image/png",
    ".vtt": "text/vtt; charset=utf-8",
    ".webm": "video/webm",
    ".webp": "image/webp",
}


@csrf_exempt
@require_safe
def video_file(request: HttpRequest, name: str) -> FileResponse:
    """Give a file of a published film, whole; nginx in front cuts out the part that a player asks for."""
    path = f"{FOLDER}/{name}"
    if "\x00" in name or not SignVideo.objects.published().with_file(path).exists():
        raise Http404
    try:
        file = default_storage.open(path)
    except FileNotFoundError as error:
        raise Http404 from error
    # A film is compressed already; to do it once more would cost a processor and the parts players ask for.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    response = FileResponse(file, content_type=_TYPES[PurePath(name).suffix])
    # Another file has another name.
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
