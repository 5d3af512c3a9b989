"""Films in German Sign Language come from our own server, with captions and words, or not at all."""

import os
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from lokalwillkommen.sign_videos.models import SignVideo, VideoPage
from lokalwillkommen.sign_videos.uploads import FILM, MEGABYTE
from standorte.models import TextVersion
from tests.factories import make_user
from tests.pages import FormData, Page, form_of, get
from tests.sign_videos import FILES, JPEG, MP4, VTT, WEBM, make_sign_video
from tests.violations import Violation

pytestmark = pytest.mark.django_db

ADD = "/admin/sign_videos/signvideo/add/"
PATHS = {VideoPage.START: "/de/", VideoPage.ABOUT: "/de/ueber-uns/", VideoPage.ACCESSIBILITY: "/de/barrierefreiheit/"}


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(make_user(is_superuser=True))
    return client


def films(page: Page) -> list[dict[str, str | None]]:
    return [{name: film.get(name) for name in ("src", "poster", "preload", "controls")} for film in page.all("video")]


@pytest.mark.parametrize("page", VideoPage)
def test_a_film_stands_on_its_page_and_until_there_is_one_nothing_does(page: VideoPage) -> None:
    before = get(PATHS[page])
    video = make_sign_video(page)

    shown = get(PATHS[page])

    assert films(before) == []
    assert films(shown) == [{"src": video.film.url, "poster": video.poster.url, "preload": "none", "controls": ""}]
    (track,) = shown.all("track")
    assert (track.get("src"), track.get("kind"), track.get("srclang")) == (video.captions.url, "captions", "de")
    assert "Wir helfen. Kommen Sie!" in shown.text(shown.all("details")[-1])
    assert [films(get(path)) for other, path in PATHS.items() if other is not page] == [[], []]


def test_the_files_of_a_film_are_given_with_their_kind_and_may_be_kept(settings: Settings) -> None:
    make_sign_video()

    answers = {name: Client().get(f"/media/videos/{name}", headers={"accept-encoding": "gzip"}) for name in FILES}

    assert {name: b"".join(answer) for name, answer in answers.items()} == FILES
    kinds = {name: answer.headers["Content-Type"] for name, answer in answers.items()}
    assert kinds == {
        "film.mp4": "video/mp4",
        "captions.vtt": "text/vtt; charset=utf-8",
        "poster.jpg": "image/jpeg",
    }
    assert {answer.headers["Cache-Control"] for answer in answers.values()} == {"public, max-age=31536000, immutable"}
    assert {answer.headers["X-Content-Type-Options"] for answer in answers.values()} == {"nosniff"}
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["media-src"] == ["'self'"]


def test_what_is_held_back_unknown_or_gone_is_not_given(media: Path) -> None:
    (media / "videos").mkdir()
    (media / "videos" / "other.mp4").write_bytes(MP4)
    make_sign_video(is_published=False)

    hidden = [Client().get(f"/media/videos/{name}").status_code for name in ("film.mp4", "other.mp4", "x%00.mp4")]
    SignVideo.objects.update(is_published=True)
    (media / "videos" / "film.mp4").unlink()

    assert hidden == [404, 404, 404]
    assert Client().get("/media/videos/film.mp4").status_code == 404


def typed(staff: Client, **files: SimpleUploadedFile) -> FormData:
    data = form_of(get(ADD, staff), "signvideo_form")
    data |= {"page": "start", "title_de": "Wer hilft mir?", "transcript_de": "Wir helfen.", "is_published": "on"}
    return data | files  # type: ignore[return-value]  # Django's client sends files among the words


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def whole() -> dict[str, SimpleUploadedFile]:
    return {
        "film": upload("Kollegin Müller.MP4", MP4),
        "captions": upload("a.vtt", VTT),
        "poster": upload("b.jpg", JPEG),
    }


def test_administration_uploads_a_film_whose_files_get_names_nobody_can_guess(staff: Client) -> None:
    answer = staff.post(ADD, typed(staff, **whole()))

    assert answer.status_code == 302
    video = SignVideo.objects.get()
    assert (str(video), video.page, video.is_published) == ("Wer hilft mir?", "start", True)
    assert video.written_by is not None
    assert [len(Path(str(file.name)).stem) for file in (video.film, video.captions, video.poster)] == [32, 32, 32]
    assert Path(str(video.film.name)).suffix == ".mp4"
    assert sorted(TextVersion.objects.values_list("field", "after")) == [
        ("title", "Wer hilft mir?"),
        ("transcript", "Wir helfen."),
    ]


def test_a_film_is_edited_without_sending_its_files_again(staff: Client) -> None:
    video = make_sign_video()
    path = f"/admin/sign_videos/signvideo/{video.pk}/change/"
    data = form_of(get(path, staff), "signvideo_form") | {"title_de": "Wer ist da?"}
    data = {name: value for name, value in data.items() if name not in {"film", "captions", "poster"}}

    assert staff.post(path, data).status_code == 302

    again = SignVideo.objects.get()
    assert (str(again), again.film.name) == ("Wer ist da?", video.film.name)


@pytest.mark.parametrize(
    ("field", "name", "content", "sentence"),
    [
        ("film", "a.exe", MP4, "Diese Datei muss so enden: .mp4, .webm"),
        ("film", "a", MP4, "Diese Datei muss so enden: .mp4, .webm"),
        ("film", "a.mp4", b"<script>alert(1)</script>", "nicht, was ihr Name sagt"),
        ("film", "a.webm", MP4, "nicht, was ihr Name sagt"),
        ("film", "a.mp4", WEBM, "nicht, was ihr Name sagt"),
        ("captions", "a.vtt", b"WEBVTTX\n00:00.000 --> 00:01.000\nx", "nicht, was ihr Name sagt"),
        ("captions", "a.vtt", b"WEBVTT\n\nno cue", "nicht, was ihr Name sagt"),
        ("captions", "a.vtt", b"\n", "nicht, was ihr Name sagt"),
        ("captions", "a.vtt", VTT + b"\xff", "nicht, was ihr Name sagt"),
        ("captions", "a.vtt", VTT + b" " * 500_000, "zu groß: höchstens 500 kB"),
        ("poster", "a.png", JPEG, "nicht, was ihr Name sagt"),
        ("poster", "a.webp", JPEG, "nicht, was ihr Name sagt"),
        ("poster", "a.svg", b"<svg onload='alert(1)'/>", "Diese Datei muss so enden: .jpg, .jpeg, .png, .webp"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_with_a_sentence(
    staff: Client, field: str, name: str, content: bytes, sentence: str
) -> None:
    answer = staff.post(ADD, typed(staff, **whole() | {field: upload(name, content)}))

    page = Page(answer, answer.content.decode())
    (fault,) = (page.text(found) for found in page.root.iter("ul") if "errorlist" in found.get("class", ""))
    assert sentence in fault
    # Browsers never send a file again by themselves; the words stay.
    assert "Wir helfen." in page.html
    assert SignVideo.objects.count() == 0


def test_a_film_that_is_too_large_is_refused_before_it_is_read(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lokalwillkommen.sign_videos.admin.FILM", replace(FILM, most=MEGABYTE))

    answer = staff.post(ADD, typed(staff, **whole() | {"film": upload("a.mp4", MP4 + bytes(MEGABYTE))}))

    assert "zu groß: höchstens 1 MB" in answer.content.decode()


def test_every_kind_of_picture_and_film_is_taken(staff: Client) -> None:
    pictures = {"a.png": b"\x89PNG\r\n\x1a\n" + b"\x00" * 9, "a.webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a.jpeg": JPEG}

    for page, (name, content) in zip(VideoPage.values, pictures.items(), strict=True):
        files = whole() | {"poster": upload(name, content), "film": upload("a.webm", WEBM)}
        assert staff.post(ADD, typed(staff, **files) | {"page": page}).status_code == 302

    assert SignVideo.objects.count() == 3


def test_files_of_no_film_are_deleted_after_a_day_and_others_never(media: Path) -> None:
    def delete() -> str:
        out = StringIO()
        call_command("delete_unused_files", stdout=out)
        return out.getvalue()

    nothing_there = delete()
    make_sign_video()
    for name, days in (("old.mp4", 2), ("new.mp4", 0)):
        (media / "videos" / name).write_bytes(MP4)
        stamp = (timezone.now() - timedelta(days=days)).timestamp()
        os.utime(media / "videos" / name, (stamp, stamp))

    assert (nothing_there, delete()) == ("Deleted: 0 files.\n", "Deleted: 1 files.\n")
    assert {path.name for path in (media / "videos").iterdir()} == {*FILES, "new.mp4"}


VIOLATIONS = [
    Violation("sign_video_stands_on_a_known_page", make_sign_video, lambda: {"page": "sonst"}),
]


@pytest.mark.parametrize("violation", VIOLATIONS, ids=str)
def test_the_database_refuses_what_must_not_be(violation: Violation) -> None:
    violation.is_refused_by_the_database()
