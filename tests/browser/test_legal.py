"""A film in sign language, and legal pages that are written, in a real browser."""

from pathlib import Path

from playwright.sync_api import Page
from pytest_django import Settings

from lokalwillkommen.legal.models import LegalText
from lokalwillkommen.legal.sections import Section
from lokalwillkommen.sign_videos.models import VideoPage
from standorte.texts import Text
from tests.browser.visits import visit
from tests.legal_texts import REQUIRED, write_legal_texts
from tests.sign_videos import make_sign_video


def test_axe_finds_nothing_on_pages_with_a_film_and_with_all_texts_and_only_we_are_asked(
    portal: str, page: Page, complaints: list[str], settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    make_sign_video(VideoPage.START)
    make_sign_video(VideoPage.ACCESSIBILITY)
    write_legal_texts(*(section for section in REQUIRED if section is not Section.OMBUDS))
    long = "https://example.org/" + "sehr-lange-adresse/" * 8
    LegalText.objects.create(section=Section.OMBUDS, text=Text(f"Ombudsstelle\nBeispielweg 1\n{long}"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    assert visit(page, f"{portal}/ar/barrierefreiheit/", "dark", 320) == []
    assert visit(page, f"{portal}/de/datenschutz/", "light", 320) == []
    asked.clear()
    assert visit(page, f"{portal}/de/", "light", 320) == []

    assert [url for url in asked if not url.startswith(portal)] == []
    # One more than a page without a film: its picture. The film itself waits for a tap.
    assert len([url for url in asked if "/media/" in url]) == 1
    assert len(asked) <= 5
    assert complaints == []
