"""A page is made once, and is the same for everybody until something it shows changes."""

import gzip
import json
import re

import brotli
import pytest
from django.conf import settings as project
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import DjangoAssertNumQueries, Settings

from lokalwillkommen.caching.answer import KEPT
from lokalwillkommen.caching.version import Contents
from standorte.models import Standort
from tests.factories import make_schedule
from tests.kept_pages import NOW, PLACE, Portal
from tests.logs import Log

pytestmark = pytest.mark.django_db
# Public addresses whose answers are never kept, each with its reason.
NEVER = {
    "choose_language": "sends people on by what their browser prefers",
    "offline": "says the minute at which it was made",
    "contact:write": "a form with an id of its own",
    "contact:report": "a form with an id of its own",
    "confirm_by_mail": "a secret address, of one mail",
    "sign_videos:file": "a film; a page that was large would push others out",
    "healthz": "says that this process lives",
    "readyz": "says that this process can serve",
    "robots": "costs nothing",
    "sitemap": "robots seldom ask for it",
    "security": "costs nothing",
    "worker": "costs nothing",
}


def rename(name: str = "Anders") -> None:
    Standort.objects.update(name=name)


def confirmed() -> None:
    make_schedule(confirmed_on=NOW.date())


def test_every_public_page_is_kept_or_left_out_with_a_reason() -> None:
    def names(resolver: URLResolver, space: str = "") -> set[str]:
        found: set[str] = set()
        for one in resolver.url_patterns:
            if str(one.pattern).startswith("admin/"):
                continue
            if isinstance(one, URLPattern):
                found.add(f"{space}{one.name}")
            else:
                found |= names(one, f"{one.namespace}:" if one.namespace else space)
        return found

    assert names(get_resolver()) == KEPT | set(NEVER)
    assert not KEPT & set(NEVER)


def test_a_page_is_made_once_and_then_given_without_asking_anybody(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    confirmed()
    portal = Portal(Contents(clock=lambda: 0.0))
    first = portal.get(PLACE)

    with django_assert_num_queries(0):
        second = portal.get(PLACE)

    assert portal.made == 1
    assert (second.status, second.body) == (200, first.body)
    numbers = [sent.headers["X-Request-ID"] for sent in (first, second)]
    assert len(set(numbers)) == 2
    assert dict(first.headers) | {"X-Request-ID": ""} == dict(second.headers) | {"X-Request-ID": ""}


def test_a_kept_page_is_what_django_answers_but_for_how_long_it_may_be_kept() -> None:
    confirmed()
    plain = Client().get(PLACE)

    sent = Portal().get(PLACE)

    assert sent.body == plain.content
    ours = {"ETag", "Cache-Control", "X-Accel-Expires", "X-Request-ID"}
    kept = {name: value for name, value in sent.headers.items() if name not in ours}
    assert kept == {name: value for name, value in plain.headers.items() if name not in ours}
    assert {name: re.sub('"[0-9a-f]{24}"', '"…"', sent.headers[name]) for name in sorted(ours - {"X-Request-ID"})} == {
        "Cache-Control": "no-cache, s-maxage=1, stale-if-error=1800",
        "ETag": '"…"',
        "X-Accel-Expires": f"@{int(NOW.timestamp())}",
    }


def test_a_page_is_compressed_once_for_those_who_understand_it() -> None:
    confirmed()
    portal = Portal()

    plain, by_gzip, by_brotli = (portal.get(PLACE, HTTP_ACCEPT_ENCODING=said) for said in ("", "gzip", "gzip, br"))

    assert portal.made == 1
    assert gzip.decompress(by_gzip.body) == brotli.decompress(by_brotli.body) == plain.body
    assert [sent.headers.get("Content-Encoding") for sent in (plain, by_gzip, by_brotli)] == [None, "gzip", "br"]
    assert [int(sent.headers["Content-Length"]) for sent in (plain, by_gzip, by_brotli)] == [
        len(sent.body) for sent in (plain, by_gzip, by_brotli)
    ]
    assert len({sent.headers["ETag"] for sent in (plain, by_gzip, by_brotli)}) == 3


def test_who_has_a_page_is_told_that_it_is_still_the_same() -> None:
    confirmed()
    portal = Portal()
    known = portal.get(PLACE, HTTP_ACCEPT_ENCODING="gzip").headers["ETag"]
    said = {"HTTP_ACCEPT_ENCODING": "gzip"}

    same, weak = (portal.get(PLACE, **said, HTTP_IF_NONE_MATCH=etag) for etag in (f'"other", {known}', f"W/{known}"))
    any_page, other = (portal.get(PLACE, **said, HTTP_IF_NONE_MATCH=etag) for etag in ("*", '"other"'))
    rename()
    changed = portal.get(PLACE, **said, HTTP_IF_NONE_MATCH=known)

    assert [(sent.status, sent.body == b"") for sent in (same, weak, any_page)] == [(304, True)] * 3
    assert (same.headers["ETag"], same.headers["Cache-Control"]) == (known, "no-cache, s-maxage=1, stale-if-error=1800")
    assert [(sent.status, sent.body == b"") for sent in (other, changed)] == [(200, False)] * 2


def test_somebody_who_only_asks_for_headers_gets_those_of_the_kept_page() -> None:
    confirmed()
    portal = Portal()
    not_yet = portal.request("HEAD", PLACE)
    page = portal.get(PLACE)

    head = portal.request("HEAD", PLACE)

    assert (not_yet.status, head.status, head.body) == (200, 200, b"")
    assert dict(head.headers) | {"X-Request-ID": ""} == dict(page.headers) | {"X-Request-ID": ""}
    assert portal.made == 2


def test_what_is_a_visitors_own_makes_no_other_page() -> None:
    confirmed()
    portal = Portal()
    addresses = (PLACE, f"{PLACE}?q=typed", f"{PLACE}?fbclid=1&utm=2")
    browsers: list[dict[str, str]] = [{}, {"HTTP_COOKIE": "other=1"}, {"HTTP_ACCEPT_LANGUAGE": "ar"}]

    bodies = {portal.get(address, **browser).body for address in addresses for browser in browsers}

    assert (len(bodies), portal.made) == (1, 1)


def test_what_pages_read_of_the_address_makes_another_page_whatever_its_order() -> None:
    confirmed()
    portal = Portal()
    agenda = "/de/sprechstunden/"

    pages = [
        portal.get(f"{agenda}{query}")
        for query in ("", "?sprache=ar&woche=2026-12-07", "?woche=2026-12-07&x=1&sprache=ar", "?woche=2026-12-07")
    ]
    other_host = portal.get(agenda, HTTP_HOST="localhost")
    by_https = portal.get(agenda, **{"wsgi.url_scheme": "https"})

    assert [page.body == pages[0].body for page in pages] == [True, False, False, False]
    assert (pages[1].body == pages[2].body, pages[1].body == pages[3].body) == (True, False)
    assert b"http://localhost/de/sprechstunden/" in other_host.body
    assert b"https://testserver/de/sprechstunden/" in by_https.body
    assert portal.made == 5


def test_behind_a_proxy_its_word_on_https_makes_another_page(settings: Settings) -> None:
    settings.BEHIND_PROXY, settings.SECURE_PROXY_SSL_HEADER = True, ("HTTP_X_FORWARDED_PROTO", "https")
    portal = Portal()

    pages = [portal.get("/de/", HTTP_X_FORWARDED_PROTO=said) for said in ("http", "https", "https")]

    assert [b"https://testserver/de/" in page.body for page in pages] == [False, True, True]
    assert portal.made == 2


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        (PLACE, {"HTTP_COOKIE": f"{project.SESSION_COOKIE_NAME}=x"}),
        (PLACE, {"HTTP_AUTHORIZATION": "Basic x"}),
        (PLACE, {"HTTP_HOST": "typed.example"}),
        (f"{PLACE}?{'a=1&' * 1100}", {}),
        ("/de/standorte/nowhere/", {}),
        ("/de/finden/?stadtbezirk=mengede", {}),
        ("/de/kontakt/", {}),
        ("/de/offline/", {}),
        ("/", {}),
        ("/admin/heute/", {}),
        ("/robots.txt", {}),
    ],
)
def test_what_is_for_one_person_or_one_moment_is_never_kept(address: str, headers: dict[str, str]) -> None:
    confirmed()
    portal = Portal()

    sent = [portal.get(address, **headers) for _ in range(2)]

    assert portal.made == 2
    assert ["X-Accel-Expires" in one.headers or "s-maxage" in one.headers["Cache-Control"] for one in sent] == [
        False
    ] * 2


def test_an_answer_that_is_not_kept_is_compressed_all_the_same() -> None:
    sent = Portal().get("/de/kontakt/", HTTP_ACCEPT_ENCODING="gzip, br")

    assert (sent.headers["Content-Encoding"], sent.headers["Cache-Control"]) == ("gzip", "no-store")


def test_feeds_are_kept_in_each_language() -> None:
    confirmed()
    portal = Portal()

    feeds = [portal.get(f"/kalender/alle.ics{query}") for query in ("", "?sprache=ar", "?sprache=ar", "?x=1")]

    assert [feed.headers["Content-Language"] for feed in feeds] == ["de", "ar", "ar", "de"]
    assert portal.made == 2


def test_a_kept_page_is_logged_as_one_with_its_own_number(log: Log) -> None:
    confirmed()
    portal = Portal()
    portal.get(PLACE)
    made = log.text

    sent = portal.get(PLACE, HTTP_IF_NONE_MATCH="*")

    line = json.loads(log.text.removeprefix(made))
    assert {**line, "at": "", "milliseconds": 0} == {
        "at": "",
        "level": "INFO",
        "logger": "lokalwillkommen.requests",
        "request_id": sent.headers["X-Request-ID"],
        "method": "GET",
        "route": "standorte:detail",
        "status": 304,
        "milliseconds": 0,
        "kept": True,
    }


def test_visitors_still_get_no_cookie_and_whoever_has_one_no_kept_page() -> None:
    portal = Portal()

    sent = [portal.get(address) for address in ("/de/", "/de/", "/de/kontakt/")]

    assert ["Set-Cookie" in one.headers for one in sent] == [False] * 3
