"""Two people have the form of one offer open: nobody saves what they did not type, or over what they have not seen."""

from collections.abc import Iterator
from datetime import date, time

import pytest
import time_machine
from django.test import Client

from sprechstunden.models import Schedule, Sprechstunde
from tests.factories import make_schedule, make_sprechstunde
from tests.offer_form import change_url, new_times, open_form, send, staff_client
from tests.pages import NOW, FormData, form_of

pytestmark = pytest.mark.django_db

FORM = "sprechstunde_form"
SOMEBODY = "Jemand hat dieses Angebot gespeichert, während Sie es offen hatten."
JANUARY: FormData = new_times(valid_from="05.01.2027", weekdays=["WE"], words_de="Im Hinterhaus")
END: FormData = {"schedules-0-valid_until": "31.12.2026"}
WALK_IN: FormData = {"walk_in": "yes"}


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):  # every save is a moment later
        yield


@pytest.fixture
def offer() -> Sprechstunde:
    return make_schedule(valid_from=date(2026, 9, 1)).sprechstunde


def stored(offer: Sprechstunde) -> list[tuple[object, ...]]:
    rows = Schedule.objects.filter(sprechstunde=offer).order_by("valid_from")
    return list(rows.values_list("valid_from", "valid_until", "weekdays", "opens"))


def save(staff: Client, offer: Sprechstunde, data: FormData) -> None:
    assert staff.post(change_url(offer), data).status_code == 302


PRESENT = (date(2026, 9, 1), None, ("TU",), time(10))


@pytest.mark.parametrize(
    ("colleague", "rows"),
    [
        (JANUARY, [PRESENT, (date(2027, 1, 5), None, ("WE",), time(10))]),
        (END, [(PRESENT[0], date(2026, 12, 31), *PRESENT[2:])]),
    ],
)
def test_who_is_told_that_somebody_saved_and_saves_again_changes_only_what_they_typed(
    offer: Sprechstunde, colleague: FormData, rows: list[tuple[object, ...]]
) -> None:
    staff = staff_client()
    mine = open_form(staff, change_url(offer)) | WALK_IN
    save(staff, offer, open_form(staff, change_url(offer)) | colleague)

    told = send(staff, change_url(offer), mine)
    after_the_first = (stored(offer), Sprechstunde.objects.get(pk=offer.pk).walk_in)
    save(staff, offer, form_of(told, FORM))

    assert SOMEBODY in told.text()
    assert after_the_first == (rows, offer.walk_in)
    assert (stored(offer), Sprechstunde.objects.get(pk=offer.pk).walk_in) == (rows, "yes")


def test_times_to_come_that_somebody_has_changed_stay_so(offer: Sprechstunde) -> None:
    staff = staff_client()
    save(staff, offer, open_form(staff, change_url(offer)) | JANUARY)
    mine = open_form(staff, change_url(offer)) | WALK_IN
    save(staff, offer, open_form(staff, change_url(offer)) | new_times(opens="09:00"))

    save(staff, offer, form_of(send(staff, change_url(offer), mine), FORM))

    assert stored(offer) == [PRESENT, (date(2027, 1, 5), None, ("WE",), time(9))]


def test_what_was_typed_is_kept_and_counts_once_it_is_saved_again(offer: Sprechstunde) -> None:
    staff = staff_client()
    mine = open_form(staff, change_url(offer)) | new_times(valid_from="02.02.2027", weekdays=["FR"])
    save(staff, offer, open_form(staff, change_url(offer)) | END)

    told = send(staff, change_url(offer), mine)
    save(staff, offer, form_of(told, FORM))

    assert "01.09.2026 – 31.12.2026: jeden Dienstag 10:00 – 12:00" in told.text()
    assert stored(offer)[1] == (date(2027, 2, 2), None, ("FR",), time(10))


def test_who_looks_at_the_dates_first_is_told_too_and_nobody_is_told_of_another_offer(offer: Sprechstunde) -> None:
    staff, other = staff_client(), make_schedule(make_sprechstunde()).sprechstunde
    mine = open_form(staff, change_url(offer)) | {"_preview": "1"}

    save(staff, other, open_form(staff, change_url(other)) | WALK_IN)
    before = send(staff, change_url(offer), mine)
    save(staff, offer, open_form(staff, change_url(offer)) | WALK_IN)
    after = send(staff, change_url(offer), mine)

    assert (SOMEBODY in before.text(), SOMEBODY in after.text()) == (False, True)


def test_a_form_without_times_says_that_there_were_none_and_are_some_now() -> None:
    staff, offer = staff_client(), make_sprechstunde()
    mine = open_form(staff, change_url(offer)) | WALK_IN
    Sprechstunde.objects.get(pk=offer.pk).save()

    told = send(staff, change_url(offer), mine)

    assert f"{SOMEBODY} Nichts von dem, was Sie geschrieben haben, ist schon gespeichert." in told.text()
    assert "keine Zeiten" in told.text()
