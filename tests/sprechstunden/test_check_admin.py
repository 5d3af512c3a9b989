"""Operators see on the first page of the admin what the last check of all dates found; nobody else does."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from lokalwillkommen.accounts.models import User
from lokalwillkommen.accounts.roles import Role
from lokalwillkommen.operations.models import DailyRun
from sprechstunden.models import DateCheck, Difference
from tests.factories import make_user
from tests.pages import NOW, get

pytestmark = pytest.mark.django_db

DIFFERENCE: Difference = {
    "offer": 7,
    "name": "Café <Nord>",
    "day": "2026-12-01",
    "engine": "cancelled 2026-12-01T10:00:00+01:00",
    "second": "planned 2026-12-01T10:00:00+01:00",
}
EVERY_DAY = "check_dates sollte jeden Tag laufen."
CHECKED = "Geprüft am Sonntag, 22. November 2026 um 15:00:"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def operator() -> Client:
    return _logged_in(make_user("verwaltung@example.org", is_superuser=True))


def _logged_in(user: User) -> Client:
    user.is_staff = True
    user.save()
    client = Client()
    client.force_login(user)
    return client


def _make_check(checked_at: datetime = NOW, *differences: Difference, dates: int = 1000) -> DateCheck:
    return DateCheck.objects.create(
        checked_at=checked_at,
        first=date(2026, 11, 22),
        last=date(2027, 12, 27),
        offers=25,
        dates=dates,
        difference_count=len(differences),
        differences=list(differences),
    )


def _said(client: Client) -> list[str]:
    """Give what stands in the messages of the first page; the daily work is done, so nothing is said about it."""
    DailyRun.objects.create(started_at=NOW)
    page = get(reverse("admin:index"), client)
    lists = [element for element in page.all("ul") if element.get("class") == "messagelist"]
    return [f"{item.get('class')}: {page.text(item)}" for element in lists for item in element.iter("li")]


def test_a_check_that_never_ran_is_a_warning(operator: Client) -> None:
    assert _said(operator) == ["warning: Die Termine auf den Seiten wurden noch nie geprüft: " + EVERY_DAY]


@pytest.mark.parametrize(
    ("dates", "words"), [(1, "1 Termin, und er stimmt."), (1000, "1000 Termine, und alle stimmen.")]
)
def test_a_check_that_found_nothing_says_so(operator: Client, dates: int, words: str) -> None:
    _make_check(NOW - timedelta(days=1), DIFFERENCE)
    _make_check(dates=dates)

    assert _said(operator) == [f"success: {CHECKED} {words}"]


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (timedelta(days=2), "success: Geprüft am Freitag, 20. November 2026 um 15:00: 1000 Termine, und alle stimmen."),
        (
            timedelta(days=2, seconds=1),
            "warning: Zuletzt wurden alle Termine am Freitag, 20. November 2026 um 14:59 geprüft: " + EVERY_DAY,
        ),
    ],
)
def test_a_check_is_too_old_after_two_days(operator: Client, age: timedelta, said: str) -> None:
    _make_check(NOW - age)

    assert _said(operator) == [said]


@pytest.mark.parametrize(
    ("count", "words"), [(1, "1 Termin ist vielleicht falsch."), (2, "2 Termine sind vielleicht falsch.")]
)
def test_differences_are_an_error_however_old_and_lead_to_them(operator: Client, count: int, words: str) -> None:
    check = _make_check(NOW - timedelta(days=9), *[DIFFERENCE] * count)

    assert _said(operator) == [f"error: Prüfung aller Termine am Freitag, 13. November 2026 um 15:00: {words} Anzeigen"]
    link = reverse("admin:sprechstunden_datecheck_change", args=[check.pk])
    assert [a.get("href") for a in get(reverse("admin:index"), operator).all("a")].count(link) == 1


def test_others_see_nothing_of_it_unless_they_may() -> None:
    _make_check(NOW, DIFFERENCE)
    staff = make_user("team@example.org")

    before = _said(_logged_in(staff))
    User.objects.update(role=Role.COORDINATION)

    after = _said(_logged_in(User.objects.get(pk=staff.pk)))
    assert (before, len(after)) == ([], 1)


def test_a_result_names_each_date_and_what_each_computation_says(operator: Client) -> None:
    check = _make_check(NOW, DIFFERENCE)

    page = get(reverse("admin:sprechstunden_datecheck_change", args=[check.pk]), operator)

    rows = [[page.text(cell) for cell in row] for row in page.by_id("datecheck_form").iter("tr")]
    assert rows == [
        ["Angebot", "Tag", "auf den Seiten", "zweite Berechnung"],
        ["Café <Nord> (7)", "2026-12-01", DIFFERENCE["engine"], DIFFERENCE["second"]],
    ]


def test_a_result_without_differences_has_no_table(operator: Client) -> None:
    page = get(reverse("admin:sprechstunden_datecheck_change", args=[_make_check().pk]), operator)

    assert list(page.by_id("datecheck_form").iter("table")) == []


def test_nobody_can_make_change_or_delete_a_result(operator: Client) -> None:
    check = _make_check()
    change = reverse("admin:sprechstunden_datecheck_change", args=[check.pk])

    answers = [
        operator.get(reverse("admin:sprechstunden_datecheck_add")).status_code,
        operator.post(change, {"offers": "1"}).status_code,
        operator.post(reverse("admin:sprechstunden_datecheck_delete", args=[check.pk]), {"post": "yes"}).status_code,
        operator.get(reverse("admin:sprechstunden_datecheck_changelist")).status_code,
    ]

    assert answers == [403, 403, 403, 200]
    assert list(DateCheck.objects.values_list("offers", flat=True)) == [25]
