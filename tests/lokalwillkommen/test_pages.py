"""Every public page in every language: what holds for all of them."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest
import time_machine
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from lokalwillkommen.legal.sections import KINDS
from lokalwillkommen.views import server_error
from tests.legal_texts import REQUIRED, write_legal_texts
from tests.pages import LANGUAGES, NOW, PATHS, Page, descriptions, every_page, get, moments, titles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network"), pytest.mark.sweep]
EVERY_PAGE = tuple(every_page())
Read = Callable[[str], Page]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(scope="module")
def read() -> Read:
    """Give each page once: nothing in this file changes one."""
    return cache(get)


@pytest.mark.parametrize(("language", "path"), EVERY_PAGE)
def test_a_page_says_its_language_and_direction_and_has_one_heading_and_all_landmarks(
    language: str, path: str, read: Read
) -> None:
    page = read(path)

    assert page.response.status_code == 200
    assert page.response.headers["Content-Language"] == language
    assert page.root.get("lang") == language
    assert page.root.get("dir") == ("rtl" if language in {"ar", "fa"} else "ltr")
    assert [len(page.all(tag)) for tag in ("h1", "header", "main", "footer", "title")] == [1, 1, 1, 1, 1]
    assert page.all("nav") != []


@pytest.mark.parametrize(("language", "path"), EVERY_PAGE)
def test_a_page_names_itself_and_its_twins_in_the_other_languages(language: str, path: str, read: Read) -> None:
    page = read(path)

    links = {(link.get("rel"), link.get("hreflang")): link.get("href") for link in page.all("link")}
    rest = path.removeprefix(f"/{language}/")
    assert links["canonical", None] == f"http://testserver{path.partition('?')[0]}"
    for other in LANGUAGES:
        assert links["alternate", other] == f"http://testserver/{other}/{rest}".partition("?")[0]
    assert links["alternate", "x-default"] == f"http://testserver/{f'de/{rest}'.partition('?')[0] if rest else ''}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_pages_have_the_same_title_or_description(language: str, read: Read) -> None:
    pages = {path: read(f"/{language}/{path}") for path in PATHS if "?" not in path}

    for said in (titles(pages), descriptions(pages)):
        assert {path: words for path, words in said.items() if list(said.values()).count(words) > 1} == {}
        assert {path: words for path, words in said.items() if "<" in words or not words} == {}


@pytest.mark.parametrize(("language", "path"), EVERY_PAGE)
def test_a_page_sets_no_cookie_and_asks_no_other_host_at_most_four_times(language: str, path: str, read: Read) -> None:
    page = read(path)

    fetched = [e.get("src") for e in page.root.iter() if e.get("src")]
    fetched += [
        e.get("href") for e in page.all("link") if e.get("rel") in {"stylesheet", "icon", "manifest", "preload"}
    ]
    assert page.response.cookies == {}
    assert "Cookie" not in page.response.headers.get("Vary", "")
    assert [url for url in fetched if not (url or "").startswith("/static/")] == []
    assert len(fetched) <= 3, language


SCRIPTS = {
    "standorte/mengede-huckarde/": "copy",
    "standorte/marten/": "copy",
    "standorte/brackel-aplerbeck/": "copy",
    "standorte/mengede-huckarde/karte/": "copy",
    "standorte/marten/karte/": "copy",
    "offline/": "offline",
}


@pytest.mark.parametrize("path", PATHS)
def test_only_places_and_the_copy_carry_a_script_one_each_that_waits_for_the_page(path: str, read: Read) -> None:
    page = read(f"/de/{path}")

    run = [script for script in page.all("script") if script.get("type") != "application/ld+json"]  # data, never run
    names = [str(script.get("src")).split("/")[-1].split(".")[0] for script in run]
    assert names == [name for name in [SCRIPTS.get(path)] if name]
    assert [script.get("defer") for script in run] == [""] * len(run)


@pytest.mark.parametrize("path", PATHS)
def test_what_only_a_script_can_do_is_hidden_without_it(path: str, read: Read) -> None:
    page = read(f"/de/{path}")

    hidden = {button for box in page.root.iter() if box.get("hidden") is not None for button in box.iter("button")}
    enhanced = [button for button in page.all("button") if button.get("type") == "button"]
    assert [page.text(button) for button in enhanced if button not in hidden] == []
    assert bool(enhanced) is (path in SCRIPTS)


@pytest.mark.parametrize(("language", "path"), EVERY_PAGE)
def test_no_element_is_styled_or_scripted_inline(language: str, path: str, read: Read) -> None:
    page = read(path)

    inline = [e.tag for e in page.root.iter() for name in e.keys() if name == "style" or name.startswith("on")]  # noqa: SIM118  # keys of an Element
    assert inline == [], language
    assert page.all("style") == []


@pytest.mark.parametrize("path", PATHS)
def test_until_an_operator_is_named_a_page_is_a_preview_and_not_indexed(path: str) -> None:
    page = get(f"/de/{path}")

    robots = [meta.get("content") for meta in page.all("meta") if meta.get("name") == "robots"]
    assert robots == ["noindex"]
    assert page.response.headers["X-Robots-Tag"] == "noindex"
    assert page.text().count("Vorschau, nicht amtlich") == 1


def test_ids_are_unique_and_every_date_says_its_offset(read: Read) -> None:
    for _language, path in EVERY_PAGE:
        page = read(path)
        ids = [element.get("id") for element in page.root.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        with_time = [moment for moment in moments(page.root) if "T" in moment]
        assert [moment for moment in with_time if moment[-6:] not in {"+01:00", "+02:00"}] == []


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("ar-SY,ar;q=0.9,en;q=0.5", "ar"),
        ("en-GB", "en"),
        ("uk-UA,uk;q=0.9,ru;q=0.8", "uk"),
        ("fa-AF", "fa"),
        ("pl", "pl"),
        ("ku,tr;q=0.8", "tr"),
        ("zh-Hans,zh;q=0.9", "de"),
        ("ckb", "de"),
        ("", "de"),
        ("tlh,xx;q=0.3", "de"),
        ("de-DE,de;q=0.9", "de"),
    ],
)
def test_the_bare_address_follows_the_browser_without_a_cookie(accepted: str, language: str) -> None:
    response = Client().get("/", headers={"accept-language": accepted})

    assert (response.status_code, response.headers["Location"]) == (302, f"/{language}/")
    assert response.cookies == {}
    assert response.headers["Vary"] == "Accept-Language"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["nichts/", "standorte/nichts/", "partner/nichts/", "sprechstunden/999999/"])
def test_an_unknown_address_answers_404_in_the_readers_language(language: str, path: str) -> None:
    page = get(f"/{language}/{path}")

    assert page.response.status_code == 404
    assert page.root.get("lang") == language
    assert len(page.all("h1")) == 1


def test_an_error_is_answered_in_every_language_without_asking_anything(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        response = server_error(RequestFactory().get("/de/"))

    page = Page(response, response.content.decode())
    assert response.status_code == 500
    assert {element.get("lang") for element in page.root.iter() if element.get("lang")} >= set(LANGUAGES)


@pytest.mark.parametrize("body", [f"ort={'a' * 3_000_000}", "&".join(f"a{number}=1" for number in range(2000))])
def test_what_is_too_long_to_be_read_is_answered_in_every_language(body: str) -> None:
    response = Client().post("/de/finden/", body, content_type="application/x-www-form-urlencoded")

    page = Page(response, response.content.decode())
    assert response.status_code == 400
    assert page.text(page.all("h1")[0]) == "Das konnten wir nicht lesen"
    assert {element.get("lang") for element in page.root.iter() if element.get("lang")} >= set(LANGUAGES)


def test_once_an_operator_is_named_and_all_is_written_pages_are_official_and_indexed(settings: Settings) -> None:
    write_legal_texts(*(section for section in REQUIRED if not KINDS[section].setting))
    settings.OPERATOR = {
        **settings.OPERATOR,
        "name": "Stadt Beispiel",
        "address": "Beispielweg 1, 00000 Beispiel",
        "email": "amt@example.org",
    }

    page = get("/de/impressum/")

    assert "Vorschau" not in page.text()
    assert "X-Robots-Tag" not in page.response.headers
    assert [meta for meta in page.all("meta") if meta.get("name") == "robots"] == []
    assert "Beispielweg 1, 00000 Beispiel" in page.text()


@pytest.mark.parametrize("path", ["/de/", "/admin/konto/anmelden/"])
def test_headers_keep_strangers_scripts_and_frames_out(path: str) -> None:
    headers = get(path).response.headers

    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    own = ("script", "style", "img", "media", "font", "connect", "manifest", "worker")
    assert policy == {
        "default-src": "'none'",
        **{f"{kind}-src": "'self'" for kind in own},
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_machines_are_answered_without_a_database() -> None:
    assert Client().get("/healthz").content == b"ok\n"


def test_a_page_repeats_only_the_words_of_a_query_that_pages_read_and_only_their_beginning() -> None:
    long = "a" * 3000

    page = get(f"/de/sprechstunden/?x={long}&sprache=ar&sprache={long}&%3Cscript%3E={long}&seite={long}")

    links = {link.get("href") for link in page.all("a")}
    assert f"/en/sprechstunden/?sprache={'a' * 60}&seite={'a' * 60}" in links
    assert [link for link in links if link and ("x=" in link or "script" in link or "a" * 61 in link)] == []
