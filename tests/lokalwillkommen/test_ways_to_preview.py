"""The pages of the admin lead to a preview: what people see of a row, also before it is published."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

import pytest
import time_machine
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils.safestring import SafeString

from tests.factories import (
    make_closure,
    make_notice,
    make_office,
    make_partner,
    make_sprechstunde,
    make_topic,
    make_user,
)
from tests.pages import NOW, get
from tests.preview_pages import PREVIEW, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_the_pages_of_the_admin_lead_to_what_people_see(monkeypatch: pytest.MonkeyPatch) -> None:
    place = make_office("Marten", is_published=False)
    offer, partner, topic = make_sprechstunde(office=place), make_partner(), make_topic()
    notices = [
        make_notice("Überall", date(2026, 11, 1), date(2026, 12, 31)),
        make_notice("Bald", date(2026, 12, 24), date(2026, 12, 31), place),
    ]
    closure = make_closure(date(2026, 12, 24), date(2026, 12, 31))
    client = _admin()

    found = [_way(client, row) for row in (place, offer, partner, topic, *notices, closure)]

    later = "&tag=2026-12-24&zeit=09%3A00"
    assert found == [
        "adresse=%2Fde%2Fstandorte%2Fmarten%2F",
        f"adresse=%2Fde%2Fsprechstunden%2F{offer.pk}%2F",
        "adresse=%2Fde%2Fpartner%2Fdiakonie%2F",
        "adresse=%2Fde%2Fsprechstunden%2Fthemen%2Fwohnen%2F",
        "adresse=%2Fde%2F",
        f"adresse=%2Fde%2Fstandorte%2Fmarten%2F{later}",
        None,
    ]
    ways = [
        {a.get("href") for a in get("/admin/", one).all("a")} for one in (client, staff(monkeypatch, "view_dailyrun"))
    ]
    assert [PREVIEW in found for found in ways] == [True, False]


def test_who_may_not_look_is_shown_no_way_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    topic = make_topic()

    assert _way(staff(monkeypatch, "view_topic"), topic) is None


def _admin() -> Client:
    client = Client()
    client.force_login(make_user("admin@example.org", is_superuser=True))
    return client


def _way(client: Client, row: Model) -> str | None:
    page = get(reverse(admin_urlname(row._meta, SafeString("change")), args=[row.pk]), client)  # noqa: SLF001  # public as well
    found = [a.get("href", "") for a in page.all("a") if page.text(a) == "So sehen es Menschen"]
    return urlsplit(found[0]).query if found else None
