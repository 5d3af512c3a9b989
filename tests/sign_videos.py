"""Films in sign language: the smallest files that are what they say, and a row that has them."""

from django.core.files.base import ContentFile

from lokalwillkommen.sign_videos.models import SignVideo, VideoPage
from standorte.texts import Text

MP4 = b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 64
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + b"\x00" * 64
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nGuten Tag\n"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 64
FILES = {"film.mp4": MP4, "captions.vtt": VTT, "poster.jpg": JPEG}


def make_sign_video(page: VideoPage = VideoPage.START, *, is_published: bool = True) -> SignVideo:
    """Make a film whose files have names that a test can know."""
    video = SignVideo(
        page=page,
        title=Text("Wer hilft mir?"),
        transcript=Text("Wir helfen.\n\nKommen Sie!"),
        is_published=is_published,
    )
    for (name, content), field in zip(FILES.items(), ("film", "captions", "poster"), strict=True):
        stored = getattr(video, field)
        stored.name = stored.storage.save(f"videos/{name}", ContentFile(content))
    video.save()
    return video
