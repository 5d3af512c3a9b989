"""Where somebody is logged in: thirty days from the last use, seen in words, ended one by one."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lokalwillkommen.accounts.devices import device_words
from lokalwillkommen.operations.tables import tables
from tests.access import ACCESS, EMAIL, FIREFOX, PHONE, log_in, logged_in, make_admin
from tests.factories import make_user
from tests.pages import Page, get

pytestmark = pytest.mark.django_db

DEVICES = f"{ACCESS}geraete/"
DAY = timedelta(days=1)
PHONE_WORDS = "Chrome Mobile auf Android"


def cards(client: Client) -> list[str]:
    page = get(DEVICES, client)
    return [page.text(found) for found in page.all("li") if "access" in (found.get("class") or "")]


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (PHONE, "Chrome Mobile on Android"),
        ("curl/8.5.0", "curl"),
        ("(X11; Linux x86_64)", "Linux"),
        ("", "Unknown device"),
        ("<script>", "Unknown device"),
    ],
)
def test_a_device_is_named_in_words(user_agent: str, words: str) -> None:
    with_english = device_words(user_agent)

    assert with_english in {words, words.replace(" on ", " auf ").replace("Unknown device", "Unbekanntes Gerät")}


def test_people_see_where_they_are_logged_in_and_which_device_this_is(clock: time_machine.Traveller) -> None:
    make_admin()
    logged_in(user_agent=PHONE)
    clock.shift(2 * DAY)
    here = logged_in()
    logged_in_as_other()

    assert cards(here) == [
        "Firefox auf Windows Dieses Gerät Zuletzt genutzt am Dienstag, 24. November 2026 gegen 15:00.",
        f"{PHONE_WORDS} Zuletzt genutzt am Sonntag, 22. November 2026 gegen 15:00. Dort abmelden: {PHONE_WORDS}",
    ]


def test_one_device_is_logged_out_the_others_stay() -> None:
    make_admin()
    lost, here, tablet = logged_in(user_agent=PHONE), logged_in(), logged_in()
    lost_one = UserSession.objects.get(session_key=lost.session.session_key)

    answer = here.post(DEVICES, {"device": lost_one.pk}, follow=True)

    assert "Dort sind Sie jetzt abgemeldet." in Page(answer, answer.content.decode()).text()
    assert [client.get("/admin/").status_code for client in (lost, here, tablet)] == [302, 200, 200]


def test_all_others_are_logged_out_at_once() -> None:
    make_admin()
    others, here = [logged_in(), logged_in()], logged_in()
    offered = "Alle anderen Geräte abmelden" in get(DEVICES, here).text()

    here.post(DEVICES, {"device": "others"})

    assert [client.get("/admin/").status_code for client in (*others, here)] == [302, 302, 200]
    assert (offered, "Alle anderen Geräte abmelden" in get(DEVICES, here).text()) == (True, False)


@pytest.mark.parametrize("what", ["theirs", "this", "x", "9" * 30, ""])
def test_what_is_nobodys_other_device_changes_nothing(what: str) -> None:
    make_admin()
    here, stranger = logged_in(), logged_in_as_other()
    keys = {
        name: str(UserSession.objects.get(session_key=client.session.session_key).pk)
        for name, client in (("theirs", stranger), ("this", here))
    }

    answer = here.post(DEVICES, {"device": keys.get(what, what)}, follow=True)

    assert "Dort ist niemand mehr angemeldet." in Page(answer, answer.content.decode()).text()
    assert [client.get("/admin/").status_code for client in (here, stranger)] == [200, 200]


def test_a_login_lasts_for_thirty_days_from_its_last_use(clock: time_machine.Traveller) -> None:
    user = make_user()
    user.set_password("a long pass phrase")
    user.save()
    client = Client()
    log_in(client, user.email, "a long pass phrase")

    ages = []
    for days in (29, 29, 31):
        clock.shift(days * DAY)
        ages.append(client.get("/admin/").status_code)

    assert ages == [200, 200, 302]


def test_using_it_is_written_down_once_an_hour_and_costs_nothing_in_between(
    clock: time_machine.Traveller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_admin()
    client = logged_in()
    begun = UserSession.objects.get().last_seen_at

    clock.shift(timedelta(minutes=59))
    with django_assert_num_queries(2):  # the session and the person
        early = client.get("/admin/jsi18n/").cookies.get("sessionid")
    clock.shift(timedelta(minutes=1))
    late = client.get("/admin/jsi18n/").cookies["sessionid"]["max-age"]

    assert (early, late) == (None, 30 * 24 * 3600)
    assert UserSession.objects.get().last_seen_at == begun + timedelta(hours=1)


def test_pages_for_everybody_do_not_touch_a_login(
    clock: time_machine.Traveller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_admin()
    client = logged_in()
    clock.shift(2 * DAY)

    with django_assert_num_queries(0):
        answer = client.get("/robots.txt")

    assert answer.cookies == {}


def test_the_daily_command_forgets_devices_that_are_logged_out_and_old_attempts(clock: time_machine.Traveller) -> None:
    make_admin()
    logged_in_as_other().post(f"{ACCESS}abmelden/")
    here = logged_in()
    log_in(Client(), EMAIL, "wrong")
    clock.shift(timedelta(seconds=1))
    log_in(Client(), "b@example.org", "wrong")
    clock.shift(DAY - timedelta(seconds=1))
    said = StringIO()

    call_command("delete_old_logins", stdout=said)

    assert said.getvalue() == "Deleted: 1 attempts to log in, 1 devices.\n"
    assert [row.username for row in AccessAttempt.objects.all()] == ["b@example.org"]
    assert UserSession.objects.get().session_key == here.session.session_key


def test_a_backup_holds_second_factors_but_no_logins_and_no_attempts() -> None:
    names = {name for name in tables() if name.partition(".")[0] in {"sessions", "usersessions", "axes", "mfa"}}

    assert names == {"mfa.authenticator"}


def logged_in_as_other() -> Client:
    make_admin("other@example.org")
    return logged_in("other@example.org")
