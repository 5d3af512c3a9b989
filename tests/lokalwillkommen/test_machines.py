"""What machines read: who may index, the list of all pages, whom to tell about a weakness, icons and pictures."""

import json
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as project
from django.test import Client
from django.utils.timezone import localdate

from sprechstunden.models import ChangeKind
from sprechstunden.occurrences import BERLIN
from standorte.models import Partner
from tests.factories import make_change, make_partner, make_schedule, make_sprechstunde, make_standort
from tests.sitemap import listed

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/sitemap.xml", "/.well-known/security.txt"])
def test_a_preview_has_no_list_of_pages_and_nobody_to_tell_about_a_weakness(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_robots_of_a_preview_are_told_of_no_list() -> None:
    assert Client().get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"


@pytest.mark.usefixtures("official")
def test_robots_are_kept_from_staff_and_led_to_the_list_of_pages() -> None:
    response = Client().get("/robots.txt")

    assert response.content == b"User-agent: *\nDisallow: /admin/\n\nSitemap: http://testserver/sitemap.xml\n"


@pytest.mark.django_db
@pytest.mark.usefixtures("official")
def test_what_is_held_back_is_not_listed_and_what_is_listed_answers() -> None:
    hidden = make_standort("Hidden", is_published=False)
    make_schedule(make_sprechstunde(), standort=hidden)
    seen = make_schedule(make_sprechstunde()).sprechstunde
    make_schedule(make_sprechstunde(is_published=False))
    make_schedule(nowhere := make_sprechstunde(), standort=None)
    moved = make_schedule(make_sprechstunde(), standort=hidden)
    make_change(moved, localdate(), ChangeKind.MOVED, standort=make_standort("Marten"))
    make_sprechstunde()  # without times it has no page
    partner = make_partner("Held back")
    Partner.objects.update(is_published=False)
    make_schedule(make_sprechstunde(partner=partner))

    german = {path for path in listed() if path.startswith("/de/")}

    offers = {path for path in german if path.startswith("/de/sprechstunden/") and path != "/de/sprechstunden/"}
    assert offers == {row.get_absolute_url() for row in (seen, nowhere, moved.sprechstunde)}
    assert {path for path in german if "hidden" in path or "held-back" in path} == set()
    assert {Client().get(path).status_code for path in german} == {200}


@pytest.mark.usefixtures("official")
def test_who_finds_a_weakness_reads_whom_to_tell() -> None:
    # It is already the 23rd in Dortmund.
    with time_machine.travel(datetime(2026, 11, 23, 0, 30, tzinfo=BERLIN), tick=False):
        response = Client().get("/.well-known/security.txt")

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "Contact: mailto:sicher%20heit@example.org",
        "Expires: 2027-05-21T00:00:00Z",
        "Preferred-Languages: de, en",
        "Canonical: http://testserver/.well-known/security.txt",
    ]


def test_pictures_have_the_size_they_are_said_to_have() -> None:
    static = Path(project.STATIC_ROOT)
    manifest = json.loads((static / "site.webmanifest").read_text())

    promised = {icon["src"]: icon["sizes"] for icon in manifest["icons"] if icon["type"] == "image/png"}
    promised |= {"icon-180.png": "180x180", "social.png": "1200x630"}
    assert {name: _size(static / name) for name in promised} == promised
    assert (static / "icon.svg").exists()


def test_a_portal_on_the_home_screen_has_a_name_its_colours_and_icons_that_may_be_cut_round() -> None:
    manifest = json.loads((Path(project.STATIC_ROOT) / "site.webmanifest").read_text())

    icons = {(icon["sizes"], icon.get("purpose", "any")) for icon in manifest.pop("icons")}
    assert icons == {("any", "any"), ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
    # "/" chooses the language of the phone each time; buttons to go back stay, because pages have none of their own.
    assert (manifest["id"], manifest["start_url"], manifest["scope"]) == ("/", "/", "/")
    assert manifest["display"] == "minimal-ui"
    assert (manifest["lang"], manifest["dir"], len(manifest["short_name"])) == ("de", "ltr", 16)
    assert set(manifest) >= {"name", "description", "background_color", "theme_color"}


def _size(picture: Path) -> str:
    """Give width and height as the first chunk of a PNG says them (ISO/IEC 15948, 11.2.2)."""
    head = picture.read_bytes()[:24]
    assert head[:8] == PNG_SIGNATURE
    return f"{int.from_bytes(head[16:20], 'big')}x{int.from_bytes(head[20:24], 'big')}"
