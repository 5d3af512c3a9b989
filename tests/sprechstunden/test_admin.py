"""Staff change hours: new times from a day on, an end, a confirmation; the past never changes."""

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lokalwillkommen.accounts.models import User
from sprechstunden.models import Schedule, Sprechstunde
from standorte.models import Standort
from tests.pages import NOW, FormData, Page, form_of, get, moments

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]
TODAY = NOW.date()
FORM = "sprechstunde_form"


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


def errors(staff: Client, sprechstunde: Sprechstunde, data: FormData) -> list[str]:
    response = staff.post(url(sprechstunde), data)
    assert response.status_code == 200
    return [
        error
        for form in response.context["inline_admin_formsets"]
        for each in form.formset.errors
        for sentences in each.values()
        for error in sentences
    ]


def test_the_form_shows_the_rule_as_a_sentence_and_the_next_five_dates(staff: Client, marten: Sprechstunde) -> None:
    words = get(url(marten), staff).text()

    assert "jeden zweiten Dienstag 10:00 – 12:00" in words.replace("Jeden", "jeden")
    shown = [day for day in ("1. Dezember", "15. Dezember", "29. Dezember", "12. Januar", "26. Januar") if day in words]
    assert len(shown) == 5


def test_saving_without_touching_anything_changes_nothing(staff: Client, marten: Sprechstunde) -> None:
    before = list(Schedule.objects.values())

    response = staff.post(url(marten), open_form(staff, marten))

    assert response.status_code == 302
    assert list(Schedule.objects.values()) == before


def test_new_times_from_a_day_on_leave_earlier_dates_as_they_were(staff: Client, marten: Sprechstunde) -> None:
    data = open_form(staff, marten)
    data |= {
        "schedules-2-0-valid_from": "15.12.2026",
        "schedules-2-0-weekdays": ["WE"],
        "schedules-2-0-interval": "1",
        "schedules-2-0-anchor": "",
        "schedules-2-0-opens": "09:00",
        "schedules-2-0-closes": "11:00",
    }

    response = staff.post(url(marten), data)

    assert response.status_code == 302
    page = get("/de/standorte/marten/")
    assert moments(page.by_id("termine"))[:2] == ["2026-12-16T09:00+01:00", "2026-12-23T09:00+01:00"]
    old, new = marten.schedules.all()
    assert (old.valid_from, old.opens) == (date(2021, 11, 9), time(10))
    assert (new.valid_from, new.opens) == (date(2026, 12, 15), time(9))
    assert (new.source, new.confirmed_on, str(new.confirmed_by)) == ("lokal willkommen", TODAY, "team@example.org")
    assert old.confirmed_on is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"closes": "09:00"}, "Das Ende muss nach dem Beginn liegen."),
        ({"weekdays": []}, "Bitte mindestens einen Wochentag ankreuzen."),
        ({"valid_until": "01.12.2026"}, "Der letzte Tag liegt vor dem ersten Tag."),
        ({"anchor": "16.12.2026"}, "Mittwoch, 16. Dezember 2026 … Dienstag, 15. Dezember 2026"),
        ({"valid_from": "21.11.2026"}, "Es gibt schon frühere Zeiten."),
    ],
)
def test_wrong_times_get_one_sentence_at_their_field_and_keep_what_was_typed(
    staff: Client, marten: Sprechstunde, typed: FormData, sentence: str
) -> None:
    data = open_form(staff, marten)
    data |= {"schedules-2-0-valid_from": "15.12.2026", "schedules-2-0-anchor": "15.12.2026"}
    data |= {f"schedules-2-0-{name}": value for name, value in typed.items()}

    found = errors(staff, marten, data)

    assert len(found) == 1
    assert [part for part in sentence.split(" … ") if part not in found[0]] == []
    assert marten.schedules.count() == 1
    page = Page(response := staff.post(url(marten), data), response.content.decode())
    (name,) = typed
    assert form_of(page, FORM).get(f"schedules-2-0-{name}", []) == typed[name]


def test_an_end_can_be_set_but_never_so_that_the_past_changes(staff: Client, marten: Sprechstunde) -> None:
    data = open_form(staff, marten)

    refused = errors(staff, marten, {**data, "schedules-0-valid_until": "01.11.2026"})
    accepted = staff.post(url(marten), {**data, "schedules-0-valid_until": "20.12.2026"})

    assert len(refused) == 1
    assert accepted.status_code == 302
    page = get("/de/standorte/marten/")
    assert moments(page.by_id("termine")) == ["2026-12-01T10:00+01:00", "2026-12-15T10:00+01:00"]


def test_confirming_makes_the_dates_confirmed_on_the_next_page(staff: Client, marten: Sprechstunde) -> None:
    schedule = marten.schedules.get()

    response = staff.post(url(marten), {**open_form(staff, marten), "_confirm": str(schedule.pk)})

    schedule.refresh_from_db()
    assert "bestätigt am Sonntag, 22. November 2026" in get(url(marten), staff).text()
    assert (response.status_code, response.headers["Location"]) == (302, url(marten))
    assert (schedule.confirmed_on, str(schedule.confirmed_by)) == (TODAY, "team@example.org")
    assert get("/de/standorte/marten/").text().count("nicht bestätigt") < get("/de/standorte/lanstrop/").text().count(
        "nicht bestätigt"
    )


def test_times_of_another_offer_cannot_be_confirmed_from_here(staff: Client, marten: Sprechstunde) -> None:
    foreign = Schedule.objects.exclude(sprechstunde=marten).filter(confirmed_on=None)
    before = foreign.count()

    staff.post(url(marten), {**open_form(staff, marten), "_confirm": str(foreign[0].pk)})
    staff.post(url(marten), {**open_form(staff, marten), "_confirm": "nonsense"})

    assert foreign.count() == before


def test_a_new_fortnightly_offer_is_public_at_the_next_request(staff: Client) -> None:
    add = reverse("admin:sprechstunden_sprechstunde_add")
    holtestrasse = Standort.objects.get(slug="holtestrasse")
    data = form_of(get(add, staff), FORM) | {
        "schedules-2-0-valid_from": "01.12.2026",
        "schedules-2-0-frequency": "weekly",
        "schedules-2-0-interval": "2",
        "schedules-2-0-weekdays": ["TH"],
        "schedules-2-0-anchor": "03.12.2026",
        "schedules-2-0-opens": "14:00",
        "schedules-2-0-closes": "16:00",
        "schedules-2-0-standort": str(holtestrasse.pk),
    }

    response = staff.post(add, data)

    assert response.status_code == 302
    page = get("/de/standorte/holtestrasse/")
    expected = [date(2026, 12, 3) + timedelta(days=14 * turn) for turn in range(4)]
    # The last day of the year is a closing day: the date stays visible, and one more follows.
    assert moments(page.by_id("termine")) == [f"{day}T14:00+01:00" for day in expected]


def test_somebody_who_is_not_logged_in_sees_and_changes_nothing(marten: Sprechstunde) -> None:
    before = list(Schedule.objects.values())

    answers = [Client().get(url(marten)), Client().post(url(marten), {"_confirm": str(marten.schedules.get().pk)})]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert [answer.headers["Location"].partition("?")[0] for answer in answers] == ["/admin/login/"] * 2
    assert list(Schedule.objects.values()) == before


@pytest.mark.parametrize("count", [1, 25])
def test_the_list_of_offers_costs_the_same_however_many_there_are(
    staff: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kept = Sprechstunde.objects.values_list("pk", flat=True)[:count]
    Sprechstunde.objects.exclude(pk__in=list(kept)).delete()

    with django_assert_num_queries(8):
        staff.get(reverse("admin:sprechstunden_sprechstunde_changelist"))
