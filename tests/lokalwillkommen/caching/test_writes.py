"""No way of writing is forgotten: whoever writes, and however, the next reader sees it."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lokalwillkommen.caching import tables, triggers
from lokalwillkommen.caching.version import Contents, stored
from lokalwillkommen.notices.models import Notice
from lokalwillkommen.sign_videos.models import SignVideo, VideoPage
from sprechstunden.models import Closure, Schedule, Sprechstunde
from standorte.models import Phone, Standort, Street, Tombstone
from standorte.texts import Text, fingerprint
from tests.factories import (
    make_change,
    make_closure,
    make_notice,
    make_partner,
    make_schedule,
    make_stadtbezirk,
    make_standort,
    make_topic,
    make_user,
)
from tests.kept_pages import NOW, PLACE, Portal
from tests.legal_texts import write_legal_texts
from tests.lokalwillkommen.operations.backups import make_backup, restore
from tests.lokalwillkommen.test_translating_files import READ_IN, agreed, file_of, look
from tests.network import put_network
from tests.offer_form import change_url, german, new_times, open_form, staff_client
from tests.pages import FormData, form_of, get
from tests.sprechstunden.closure_page import ADD as ADD_CLOSURE
from tests.sprechstunden.closure_page import proposed
from tests.today_pages import CHANGE, about
from tests.translating_pages import translator

TODAY, TOMORROW = NOW.date(), NOW.date() + timedelta(days=1)


def test_every_table_is_watched_but_for_those_whose_change_no_page_shows() -> None:
    watched = {model._meta.label_lower for model in tables.content_models()}  # noqa: SLF001  # public as well

    assert {name.partition(".")[0] for name in watched} == {
        *("facts", "legal", "notices", "sign_videos", "sprechstunden", "standorte"),
    }
    assert set(tables.left_out()) == {
        *("account", "accounts", "admin", "auth", "axes", "caching", "confirming", "contact", "contenttypes", "mfa"),
        *("operations", "sessions", "suggestions", "usersessions"),
        *("facts.loadedfact", "sprechstunden.datecheck", "standorte.textversion"),
    }
    between = {"sprechstunden.sprechstunde_topics", "notices.notice_standorte", "sprechstunden.closure_partner_places"}
    assert between <= watched


@pytest.mark.django_db
def test_each_watched_table_has_its_triggers() -> None:
    events = {"insert", "update", "delete"} | ({"truncate"} if connection.vendor == "postgresql" else set())

    assert triggers.installed(connection) == {(table, event) for table in tables.content_tables() for event in events}


@pytest.mark.django_db
def test_each_write_to_each_table_makes_another_version() -> None:
    put_network()
    place, partner = make_standort("Neu"), make_partner("Neu")
    schedule = make_schedule()
    make_change(schedule, TODAY)
    closure = make_closure(TODAY, TODAY, standorte=[place], partners=[partner], sprechstunden=[schedule.sprechstunde])
    closure.partner_places.add(place)
    schedule.sprechstunde.topics.add(make_topic("Neu"))
    make_notice("Neu", TODAY, TODAY, place)
    Street.objects.create(name="Beispielweg", stadtbezirk=make_stadtbezirk("Neu"))
    Tombstone.objects.create(kind="place", address="alt", row="0", name="Alt", gone_at=timezone.now())
    write_legal_texts()
    SignVideo.objects.create(page=VideoPage.START, title=Text("Neu"), film="a.mp4", captions="a.vtt", poster="a.png")

    same = {}
    with connection.cursor() as cursor:
        for model in tables.content_models():
            table, key = model._meta.db_table, model._meta.pk.column  # noqa: SLF001  # public as well
            versions = [stored()]
            for statement in (
                f'UPDATE "{table}" SET {key} = {key}',  # noqa: S608  # our own names
                f'CREATE TEMPORARY TABLE copied AS SELECT * FROM "{table}" LIMIT 1',  # noqa: S608
                f'DELETE FROM "{table}" WHERE {key} = (SELECT {key} FROM copied)',  # noqa: S608
                f'INSERT INTO "{table}" SELECT * FROM copied',  # noqa: S608
            ):
                cursor.execute(statement)
                versions.append(stored())
            cursor.execute("DROP TABLE copied")
            same[table] = len(set(versions))

    assert same == dict.fromkeys(tables.content_tables(), 4)


@pytest.mark.django_db
def test_what_no_page_shows_makes_no_page_anew() -> None:
    portal = Portal()
    first, version = portal.get("/de/"), stored()

    Client().force_login(make_user(is_superuser=True))
    call_command("check_dates", stdout=StringIO())
    again = portal.get("/de/")

    assert (stored(), again.body, portal.made) == (version, first.body, 1)


def by_update(schedule: Schedule) -> object:
    return Standort.objects.filter(schedules=schedule).update(name="Anders")


def by_bulk(_schedule: Schedule) -> object:
    places = list(Standort.objects.all())
    for place in places:
        place.name = "Anders"
    return Standort.objects.bulk_update(places, ["name"])


def by_bulk_create(schedule: Schedule) -> object:
    return Phone.objects.bulk_create([Phone(standort=schedule.standort, number="+49 231 0000001")])


def by_delete(schedule: Schedule) -> object:
    return Sprechstunde.objects.filter(pk=schedule.sprechstunde_id).delete()


def by_sql(_schedule: Schedule) -> object:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE standorte_standort SET name = 'Anders'")
    return None


def by_save(schedule: Schedule) -> object:
    schedule.opens = None
    Schedule.objects.filter(pk=schedule.pk).update(confirmed_on=None)
    return make_notice("Neu", TODAY, TODAY)


def by_m2m(schedule: Schedule) -> object:
    assert schedule.standort
    make_notice("Neu", TODAY, TODAY, make_standort("Woanders")).standorte.add(schedule.standort)
    return None


def by_admin_form(schedule: Schedule) -> object:
    staff, url = staff_client(), f"/admin/standorte/standort/{schedule.standort_id}/change/"
    answer = staff.post(url, form_of(get(url, staff), "standort_form") | {"name": "Anders"})
    assert answer.status_code == 302
    return answer


def by_inline(schedule: Schedule) -> object:
    staff, url = staff_client(), change_url(schedule.sprechstunde)
    typed = new_times(valid_from=german(TOMORROW), weekdays=["WE"], opens="14:00", closes="16:00")
    answer = staff.post(url, open_form(staff, url) | typed | {"schedules-2-TOTAL_FORMS": "1"})
    assert answer.status_code == 302
    return answer


def by_action(_schedule: Schedule) -> object:
    ticked = {"action": "delete_selected", "_selected_action": [str(Notice.objects.get().pk)], "post": "yes"}
    return staff_client().post("/admin/notices/notice/", ticked)


def by_today(schedule: Schedule) -> object:
    answer = staff_client().post(CHANGE, about(schedule, reason="training"))
    assert answer.status_code == 302
    return answer


def by_closure(_schedule: Schedule) -> object:
    staff = staff_client()
    days: FormData = {"first": german(TODAY), "last": german(TOMORROW)}
    _page, form = proposed(staff, days | {"reason": "training", "whole_network": ["on"]})
    staff.post(ADD_CLOSURE, form)
    return Closure.objects.get()


def by_loader(_schedule: Schedule) -> object:
    return call_command("load_facts", stdout=StringIO())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [
        *(by_update, by_bulk, by_bulk_create, by_delete, by_sql, by_save, by_m2m),
        *(by_admin_form, by_inline, by_action, by_today, by_closure, by_loader),
    ],
)
def test_whoever_writes_the_next_reader_sees_it(write: Callable[[Schedule], object]) -> None:
    schedule = make_schedule(confirmed_on=TODAY)
    make_notice("Alt", TODAY, TODAY)

    before, after = Portal().sees(lambda: write(schedule))

    assert before.body != after.body


@pytest.mark.django_db
def test_a_table_of_translations_that_is_taken_in_is_seen() -> None:
    place = make_standort(directions=Text("Im Hof"))
    client, key = translator("tr"), f"standorte.standort.{place.pk}.directions"
    page = look(client, file_of((key, fingerprint("Im Hof"), "Avluda")), checked=True)

    _before, after = Portal().sees(lambda: client.post(READ_IN, agreed(page)), "/tr/standorte/marten/")

    assert "Avluda" in after.text


@pytest.mark.django_db(transaction=True)
def test_a_restored_backup_is_seen_and_is_a_version_of_its_own(tmp_path: Path) -> None:
    make_schedule(confirmed_on=TODAY)
    backup, version = make_backup(tmp_path), stored()
    Standort.objects.update(name="Anders")

    before, after = Portal().sees(lambda: restore(backup, "--replace"))

    assert ("Anders" in before.text, "Anders" in after.text, stored() == version) == (True, False, False)


@pytest.mark.django_db
def test_who_writes_through_the_portal_finds_it_at_the_next_request_whatever_was_remembered() -> None:
    schedule = make_schedule(confirmed_on=TODAY)
    portal, other = Portal(Contents(clock=lambda: 0.0)), Portal(Contents(clock=lambda: 0.0))
    staff, token = staff_client(), "a" * 32
    cookies = f"sessionid={staff.cookies['sessionid'].value}; csrftoken={token}"
    sent = urlencode({**about(schedule, reason="training"), "csrfmiddlewaretoken": token}).encode()
    before = [one.get(PLACE).body for one in (portal, other)]

    answer = portal.request("POST", CHANGE, sent, HTTP_COOKIE=cookies)
    after = [one.get(PLACE).body for one in (portal, other)]

    assert answer.status == 302
    assert [one == two for one, two in zip(before, after, strict=True)] == [False, True]


@pytest.mark.django_db
def test_what_another_process_writes_is_found_after_half_a_second() -> None:
    make_schedule()
    moments = iter([0.0, 0.499, 0.5, 0.5, 0.6])
    contents = Contents(clock=lambda: next(moments))
    seen = [contents.version()]

    Standort.objects.update(name="Anders")
    seen += [contents.version(), contents.version(), contents.version()]

    assert [version == seen[0] for version in seen] == [True, True, False, False]


@pytest.mark.django_db
def test_a_write_of_another_thread_is_not_covered_by_what_was_read_before_it() -> None:
    contents = Contents(clock=lambda: 0.0)

    def written(execute: Callable[..., object], *arguments: object) -> object:
        found = execute(*arguments)
        contents.forget()
        return found

    with connection.execute_wrapper(written):
        contents.version()
    with CaptureQueriesContext(connection) as queries:
        contents.version()
        contents.version()

    assert len(queries) == 1
