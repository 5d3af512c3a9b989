"""Preview makes no page in a way of its own: each is what residents read, below a strip."""

import pytest
import time_machine

from tests.pages import LANGUAGES, NOW, PATHS, Page, get
from tests.preview_pages import shown, staff, strip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network"), pytest.mark.sweep]


def test_every_page_is_shown_as_residents_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with time_machine.travel(NOW, tick=False):
        client = staff(monkeypatch, "view_standort")
        for language, path in [*(("ar", path) for path in PATHS), *((language, "") for language in LANGUAGES)]:
            public, preview = get(f"/{language}/{path}"), shown(client, f"/{language}/{path}")

            assert _without_strip(preview) == public.text(), (language, path)
            html = preview.all("html")[0]
            assert (html.get("lang"), preview.response.headers["Content-Language"]) == (language, language)


def _without_strip(page: Page) -> str:
    return " ".join(page.text().replace(strip(page), "").split())
