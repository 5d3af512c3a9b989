"""Versions of times in the admin: what has begun stays, no two begin on one day, and many cost what one costs."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.contrib.admin import ModelAdmin, site
from django.db import IntegrityError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lokalwillkommen.accounts.models import User
from sprechstunden.fields import WeekdaysField
from sprechstunden.models import Schedule, Sprechstunde
from sprechstunden.occurrences import BERLIN
from standorte.models import Standort
from standorte.texts import State
from tests.factories import make_schedule
from tests.pages import NOW, FormData, Page, form_of, get
from tests.rights import client_who_may

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]
TODAY = NOW.date()
FORM = "sprechstunde_form"
SAME_DAY = "Es gibt schon Zeiten, die an diesem Tag beginnen."


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("team@example.org", "a long pass phrase"))
    return client


@pytest.fixture
def marten() -> Sprechstunde:
    return Sprechstunde.objects.get(schedules__standort__slug="marten")


def url(sprechstunde: Sprechstunde) -> str:
    return reverse("admin:sprechstunden_sprechstunde_change", args=[sprechstunde.pk])


def open_form(staff: Client, sprechstunde: Sprechstunde) -> FormData:
    return form_of(get(url(sprechstunde), staff), FORM)


def answer(staff: Client, sprechstunde: Sprechstunde, data: FormData) -> tuple[Page, list[str]]:
    """Send a form that is wrong; give the page and the sentences on it."""
    response = staff.post(url(sprechstunde), data)
    assert response.status_code == 200
    page = Page(response, response.content.decode())
    lists = [found for found in page.all("ul") if found.get("class") == "errorlist"]
    return page, [page.text(found) for found in lists]


def version(offer: Sprechstunde, first: date, **values: object) -> Schedule:
    """Add times on the weekday of their first day, from nine to eleven."""
    day = WeekdaysField.codes[first.weekday()]
    return offer.schedules.create(valid_from=first, weekdays=(day,), opens=time(9), closes=time(11), **values)


def at(hour: int) -> time_machine.travel:
    return time_machine.travel(datetime.combine(TODAY, time(hour), BERLIN), tick=False)


def test_copied_words_keep_the_state_of_translations_that_nobody_touched(staff: Client) -> None:
    offer = Sprechstunde.objects.get(key="scharnhorst-do")
    before = offer.schedules.get().words

    staff.post(url(offer), open_form(staff, offer) | {"schedules-2-0-valid_from": "15.12.2026"})

    _old, new = offer.schedules.all()
    assert (new.words, new.words.state("ar")) == (before, State.DRAFT)


def test_a_version_of_today_can_be_corrected_until_its_first_date_starts(staff: Client, marten: Sprechstunde) -> None:
    mistyped = version(marten, TODAY)

    with at(8):
        data = open_form(staff, marten)
        staff.post(url(marten), data | {"schedules-2-0-opens": "10:00"})

    mistyped.refresh_from_db()
    assert [data["schedules-2-0-id"], data["schedules-2-0-valid_from"]] == [str(mistyped.pk), "22.11.2026"]
    assert data["schedules-2-1-valid_from"] == "22.11.2026"
    assert (mistyped.opens, mistyped.valid_from, marten.schedules.count()) == (time(10), TODAY, 2)


def test_a_version_of_today_that_has_started_can_only_end(staff: Client, marten: Sprechstunde) -> None:
    started = version(marten, TODAY)

    with at(20):
        data = open_form(staff, marten)
        _page, too_early = answer(staff, marten, data | {"schedules-1-valid_until": "21.11.2026"})
        saved = staff.post(url(marten), data | {"schedules-1-valid_until": "22.11.2026"})

    assert [data["schedules-0-id"], data["schedules-1-id"]] == [str(row.pk) for row in marten.schedules.all()]
    assert len(too_early) == 1
    started.refresh_from_db()
    assert (saved.status_code, started.valid_until, started.source) == (302, TODAY, "")


def test_new_times_begin_tomorrow_once_a_date_of_today_has_started(staff: Client, marten: Sprechstunde) -> None:
    version(marten, TODAY - timedelta(days=7))
    typed: FormData = {"schedules-2-0-valid_from": "22.11.2026", "schedules-2-0-opens": "08:00"}

    with at(9):
        data = open_form(staff, marten)
        page, refused = answer(staff, marten, data | typed)

    assert data["schedules-2-0-valid_from"] == "23.11.2026"
    assert len(refused) == 1
    assert form_of(page, FORM)["schedules-2-0-opens"] == "08:00"
    assert marten.schedules.count() == 2


def test_a_form_left_open_while_a_date_starts_adds_nothing(staff: Client, marten: Sprechstunde) -> None:
    version(marten, TODAY - timedelta(days=7))
    with at(8):
        data = open_form(staff, marten)

    with at(20):
        response = staff.post(url(marten), data)

    assert (data["schedules-2-0-valid_from"], response.status_code) == ("22.11.2026", 302)
    assert marten.schedules.count() == 2


@pytest.mark.parametrize("days", [("15.12.2026", "01.12.2026"), ("20.12.2026", "20.12.2026")])
def test_two_versions_never_begin_on_the_same_day_not_even_in_between(
    staff: Client, marten: Sprechstunde, days: tuple[str, str]
) -> None:
    version(marten, date(2026, 12, 1))
    version(marten, date(2026, 12, 15))
    before = list(Schedule.objects.values())
    typed: FormData = {f"schedules-2-{turn}-valid_from": day for turn, day in enumerate(days)}

    page, sentences = answer(staff, marten, open_form(staff, marten) | typed)

    assert set(sentences) == {SAME_DAY}
    assert {name: form_of(page, FORM)[name] for name in typed} == typed
    assert list(Schedule.objects.values()) == before


def test_who_is_slower_than_somebody_else_reads_so_and_loses_nothing(
    staff: Client, marten: Sprechstunde, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed: FormData = {"schedules-2-0-valid_from": "15.12.2026", "schedules-2-0-opens": "09:30"}
    data = open_form(staff, marten) | typed
    real, asked = ModelAdmin.changeform_view, []

    def somebody_is_faster(*args: object) -> HttpResponse:
        asked.append(args)
        if len(asked) == 1:
            raise IntegrityError
        version(marten, date(2026, 12, 15))
        return real(*args)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(ModelAdmin, "changeform_view", somebody_is_faster)
    page, sentences = answer(staff, marten, data)

    assert sentences == [SAME_DAY]
    assert {name: form_of(page, FORM)[name] for name in typed} == typed


@pytest.mark.parametrize("count", [1, 8])
@pytest.mark.parametrize(("form", "queries"), [("offer", 25), ("place", 19)])
def test_a_form_costs_the_same_however_many_versions_it_shows(  # noqa: PLR0913, PLR0917  # two forms, twice
    staff: Client,
    marten: Sprechstunde,
    form: str,
    queries: int,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    place = Standort.objects.get(slug="marten")
    for turn in range(count - 1):
        version(marten, TODAY + timedelta(days=7 * (turn - 3) + 1), standort=place)
    path = url(marten) if form == "offer" else reverse("admin:standorte_standort_change", args=[place.pk])
    staff.get(path)  # the kinds of rows are asked for once per process

    with django_assert_num_queries(queries):
        staff.get(path)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Café International Wickede", 1),
        ("CAFÉ international", 2),
        ("draft", 0),
        ("checked", 0),
        ("Marten", 1),
        ("", 28),
        ("\x00", 28),
    ],
)
def test_offers_are_found_by_title_and_place_not_by_how_they_are_stored(words: str, found: int) -> None:
    offers, _has_duplicates = site.get_model_admin(Sprechstunde).get_search_results(
        RequestFactory().get("/"), Sprechstunde.objects.all(), words
    )

    assert offers.count() == found


PAST = "Ein Termin von heute, der schon begonnen hat, käme hinzu, fiele weg oder änderte sich."


def _refused(staff: Client, offer: Sprechstunde, typed: FormData) -> list[str]:
    """Send a form in the evening; give what is said, and see that nothing is saved."""
    before = list(Schedule.objects.values())
    with at(20):
        page, _sentences = answer(staff, offer, open_form(staff, offer) | typed)
    assert list(Schedule.objects.values()) == before
    return [page.text(found) for found in page.all("li") if found.get("class") == "error"]


def test_new_times_add_no_date_of_today_that_would_have_begun(staff: Client, marten: Sprechstunde) -> None:
    sunday: FormData = {"schedules-2-0-weekdays": ["SU"], "schedules-2-0-interval": "1", "schedules-2-0-anchor": ""}

    (said,) = _refused(staff, marten, {"schedules-2-0-valid_from": "22.11.2026", **sunday})

    assert said.startswith(PAST)


def test_times_that_have_ended_do_not_come_back_with_a_date_that_would_have_begun(
    staff: Client, marten: Sprechstunde
) -> None:
    version(marten, TODAY - timedelta(days=7), valid_until=TODAY - timedelta(days=1))

    (said,) = _refused(staff, marten, {"schedules-1-valid_until": ""})

    assert said.startswith(PAST)


def test_deleting_times_of_today_brings_no_date_back_that_would_have_begun(staff: Client, marten: Sprechstunde) -> None:
    version(marten, TODAY - timedelta(days=7))
    later = version(marten, TODAY)
    Schedule.objects.filter(pk=later.pk).update(opens=time(21), closes=time(22))

    (said,) = _refused(staff, marten, {"schedules-2-0-DELETE": "on"})

    assert said.startswith(PAST)


def test_who_may_not_change_times_confirms_none(monkeypatch: pytest.MonkeyPatch, marten: Sprechstunde) -> None:
    client = client_who_may(monkeypatch, "view_sprechstunde", "change_sprechstunde")

    client.post(url(marten), open_form(client, marten) | {"_confirm": str(marten.schedules.get().pk)})

    assert marten.schedules.get().confirmed_on is None


def test_times_that_are_deleted_leave_their_first_day_to_new_ones(staff: Client, marten: Sprechstunde) -> None:
    old = version(marten, date(2026, 12, 15))
    typed: FormData = {"schedules-2-0-DELETE": "on", "schedules-2-1-valid_from": "15.12.2026"}

    response = staff.post(url(marten), open_form(staff, marten) | typed)

    (new,) = marten.schedules.filter(valid_from=date(2026, 12, 15))
    assert (response.status_code, new.pk == old.pk) == (302, False)


def test_a_first_day_that_is_typed_into_times_to_be_deleted_does_not_count(staff: Client, marten: Sprechstunde) -> None:
    version(marten, date(2026, 12, 15))
    deleted: FormData = {"schedules-2-0-DELETE": "on", "schedules-2-0-valid_from": "22.12.2026"}

    response = staff.post(url(marten), open_form(staff, marten) | deleted | {"schedules-2-1-valid_from": "22.12.2026"})

    assert response.status_code == 302
    assert [row.valid_from for row in marten.schedules.filter(valid_from__gt=TODAY)] == [date(2026, 12, 22)]


def test_times_that_stay_cannot_begin_where_others_begin_until_they_are_deleted(
    staff: Client, marten: Sprechstunde
) -> None:
    version(marten, date(2026, 12, 8))
    version(marten, date(2026, 12, 15))
    typed: FormData = {"schedules-2-1-DELETE": "on", "schedules-2-0-valid_from": "15.12.2026"}

    _page, sentences = answer(staff, marten, open_form(staff, marten) | typed)

    assert set(sentences) == {SAME_DAY}


def test_an_offer_without_past_dates_can_be_deleted_with_its_times(staff: Client) -> None:
    offer = make_schedule(valid_from=TODAY + timedelta(7)).sprechstunde
    others = Schedule.objects.exclude(sprechstunde=offer).count()

    response = staff.post(reverse("admin:sprechstunden_sprechstunde_delete", args=[offer.pk]), {"post": "yes"})

    assert (response.status_code, Sprechstunde.objects.filter(pk=offer.pk).count()) == (302, 0)
    assert Schedule.objects.count() == others
