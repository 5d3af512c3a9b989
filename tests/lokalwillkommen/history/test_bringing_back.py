"""An earlier state comes back: seen before, agreed to, recorded itself, and never a confirmation of other facts."""

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
import time_machine
from django.db.models import Model
from django.test import Client

from lokalwillkommen.accounts.models import User
from lokalwillkommen.history.acts import DELETED
from sprechstunden.models import Change, ChangeKind, Closure, Schedule, Sprechstunde
from standorte.history import Why
from standorte.models import FactGroup, Partner, Phone, PostalCode, Standort, StandortEvidence
from standorte.texts import Text
from tests.factories import (
    make_change,
    make_closure,
    make_notice,
    make_office,
    make_participation,
    make_partner,
    make_postal_code,
    make_schedule,
    make_sprechstunde,
    make_stadtbezirk,
    make_stadtteil,
    make_standort,
    make_topic,
    make_undated,
    make_user,
)
from tests.history_pages import acts_of, agree, restore_url, said_before, seen
from tests.offer_form import staff_client
from tests.pages import NOW, get
from tests.rights import client_who_may

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
TUESDAY = date(2026, 12, 8)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def version(row: Model) -> Model:
    """Give the newest version of a row."""
    newest: Model = row.history.first()  # type: ignore[attr-defined]  # the package's
    return newest


def test_it_says_what_becomes_what_and_then_is_recorded_itself(clock: time_machine.Traveller) -> None:
    staff, topic = staff_client(), make_topic("Wohnen")
    first = version(topic)
    clock.shift(MINUTE)
    topic.name = Text("Hausen")
    topic.save()

    assert said_before(staff, topic, first) == "Das wird daraus Thema Wohnen Name, Deutsch Hausen → Wohnen"
    assert agree(staff, topic, first) == "Zurückgeholt: Wohnen."

    topic.refresh_from_db()
    assert str(topic.name) == "Wohnen"
    newest = acts_of(staff, topic)[0]
    assert newest.startswith(
        "Geändert: Thema Wohnen 22.11.2026 15:01 · team@example.org · früherer Stand zurückgeholt "
        "Name, Deutsch Hausen → Wohnen"
    )
    assert said_before(staff, topic, version(topic)) == "So steht es schon da."


def test_what_a_colleague_changed_since_somebody_looked_is_shown_first() -> None:
    staff, topic = staff_client(), make_topic("Wohnen")
    first = version(topic)
    topic.name = Text("Hausen")
    topic.save()
    url = restore_url(topic, first)
    before = get(url, staff)
    topic.name = Text("Bauen")
    topic.save()

    response = staff.post(url, {"agreed": seen(before)})

    assert (response.status_code, "Es wurde nichts geschrieben" in response.content.decode()) == (409, True)
    topic.refresh_from_db()
    assert str(topic.name) == "Bauen"


def test_facts_of_a_place_come_back_with_the_confirmation_that_was_theirs(clock: time_machine.Traveller) -> None:
    staff, somebody = staff_client(), make_user("kollege@example.org")
    place, hall = make_standort(street="Alter Weg 1", email="alt@example.org"), make_stadtteil()
    place.serves.add(hall)
    for group in (FactGroup.ADDRESS, FactGroup.CONTACT, FactGroup.GENERAL):
        StandortEvidence.objects.create(
            standort=place, group=group, source="Anruf", confirmed_on=date(2026, 11, 2), confirmed_by=somebody
        )
    then = version(place)
    clock.shift(MINUTE)
    place.street, place.email = "Neuer Weg 2", "neu@example.org"
    place.save()
    place.serves.clear()
    clock.shift(MINUTE)
    for evidence in place.evidence.all():
        evidence.state_own(NOW.date(), somebody)
        evidence.save()

    assert agree(staff, place, then) == "Zurückgeholt: Marten."

    place.refresh_from_db()
    assert (place.street, place.email, list(place.serves.all())) == ("Alter Weg 1", "alt@example.org", [hall])
    found = {one.group: (one.source, one.confirmed_on, one.confirmed_by) for one in place.evidence.all()}
    assert found == {
        "address": ("Anruf", date(2026, 11, 2), somebody),
        "general": ("Anruf", date(2026, 11, 2), somebody),
        # Its phone numbers may be others than then.
        "contact": ("Anruf", None, None),
    }


def test_facts_that_nobody_had_confirmed_come_back_unconfirmed(clock: time_machine.Traveller) -> None:
    staff, place = staff_client(), make_standort(street="Alter Weg 1")
    then = version(place)
    clock.shift(MINUTE)
    Standort.objects.filter(pk=place.pk).update(street="An der Geschichte vorbei 3")
    StandortEvidence.objects.create(standort=place, group=FactGroup.ADDRESS, confirmed_on=NOW.date())

    agree(staff, place, then)

    assert place.evidence.get().confirmed_on is None


def test_a_number_that_comes_back_takes_the_confirmation_away_and_evidence_never_comes_alone() -> None:
    staff, place = staff_client(), make_standort()
    number = Phone.objects.create(standort=place, number="0231 123456")
    evidence = StandortEvidence.objects.create(standort=place, group=FactGroup.CONTACT, confirmed_on=NOW.date())
    confirmed = version(evidence)
    number.delete()

    assert agree(staff, number, Phone.history.first()) == "Zurückgeholt: 0231 123456 · Marten."

    assert [one.number for one in place.phones.all()] == ["0231 123456"]
    assert place.evidence.get().confirmed_on is None
    assert said_before(staff, evidence, confirmed).startswith("Was jemand bestätigt hat, kommt mit den Angaben")


def test_a_place_that_was_deleted_comes_back_with_what_went_with_it(clock: time_machine.Traveller) -> None:
    staff, place, partner = staff_client(), make_standort(), make_partner()
    hall = make_stadtteil("Germania")
    place.serves.add(hall, gone := make_stadtteil("Weg", hall.stadtbezirk))
    Phone.objects.create(standort=place, number="0231 123456")
    kept = partner.roles.create(standort=place, kind="runs")
    somebody = make_user("weg@example.org")
    StandortEvidence.objects.create(
        standort=place, group=FactGroup.ADDRESS, confirmed_on=NOW.date(), confirmed_by=somebody
    )
    other = make_partner("Caritas")
    other.roles.create(standort=place, kind="hosts")
    earlier = Phone.objects.create(standort=place, number="0231 999999")
    clock.shift(MINUTE)
    earlier.delete()
    clock.shift(MINUTE)
    number = place.pk
    place.delete()
    other.delete()
    gone.delete()
    somebody.delete()
    deletion = Standort.history.filter(id=number, history_type=DELETED).get()
    place.pk = number

    said = said_before(staff, place, deletion)
    back_too = "Telefonnummer 0231 123456 · Marten Belege Adresse · Marten Rolle betreibt · Diakonie · Marten"
    assert f"Das kommt mit zurück {back_too}" in said
    assert said.endswith(
        "Das kommt nicht zurück Weg "
        "Rolle gibt einen Raum · Caritas · Marten: Partner: „Caritas“ gibt es nicht mehr. "
        "Bitte holen Sie das zuerst zurück."
    )
    agree(staff, place, deletion)

    back = Standort.objects.get(pk=number)
    assert [one.number for one in back.phones.all()] == ["0231 123456"]
    assert list(back.roles.values_list("pk", flat=True)) == [kept.pk]
    assert list(back.serves.all()) == [hall]
    assert [(one.confirmed_on, one.confirmed_by) for one in back.evidence.all()] == [(NOW.date(), None)]
    assert Standort.history.first().history_change_reason == Why.RESTORED


def test_what_the_database_refuses_changes_nothing(clock: time_machine.Traveller) -> None:
    staff, place = staff_client(), make_standort()
    StandortEvidence.objects.create(standort=place, group=FactGroup.ADDRESS)
    number = place.pk
    clock.shift(MINUTE)
    place.delete()
    place.pk, deletion = number, Standort.history.first()
    StandortEvidence.history.update(group="sonst")

    assert agree(staff, place, deletion) == ""
    assert Standort.objects.count() == 0


def test_a_postal_code_comes_back_with_its_districts(clock: time_machine.Traveller) -> None:
    staff, code, district = staff_client(), make_postal_code(), make_stadtbezirk()
    code.areas.create(stadtbezirk=district, certainty="sure")
    clock.shift(MINUTE)
    code.delete()
    code.pk = "44357"

    agree(staff, code, PostalCode.history.first())

    assert [area.stadtbezirk for area in PostalCode.objects.get().areas.all()] == [district]


def test_what_needs_something_that_is_gone_waits_for_it(clock: time_machine.Traveller) -> None:
    staff, office = staff_client(), make_office()
    offer = make_sprechstunde(office=office)
    then = version(offer)
    clock.shift(MINUTE)
    offer.office, offer.partner = None, make_partner()
    offer.save()
    office.delete()

    assert said_before(staff, offer, then).startswith(
        "Zuständiges Büro: „Mengede/Huckarde“ gibt es nicht mehr. Bitte holen Sie das zuerst zurück."
    )
    assert staff.post(restore_url(offer, then), {"agreed": ""}).status_code == 409


def test_what_cannot_be_saved_by_a_form_cannot_come_back_either(clock: time_machine.Traveller) -> None:
    staff, partner = staff_client(), make_partner("Diakonie")
    partner.confirm(NOW.date(), make_user("weg@example.org"))
    partner.save()
    then = version(partner)
    clock.shift(MINUTE)
    partner.name = "Diakonisches Werk"
    partner.save()
    twin = make_partner("Diakonie e.V.")
    Partner.objects.filter(pk=twin.pk).update(name="Diakonie")

    assert said_before(staff, partner, then).startswith("Partner mit diesem Wert für das Feld Name existiert bereits.")
    # An account that is gone stands no longer beside what it confirmed.
    twin.delete()
    partner.confirmed_by.delete()  # type: ignore[union-attr]  # it was there
    agree(staff, partner, then)
    partner.refresh_from_db()
    assert (partner.name, partner.confirmed_on, partner.confirmed_by) == ("Diakonie", NOW.date(), None)


def test_accounts_never_come_back_from_here() -> None:
    staff, user = staff_client(), make_user("kollege@example.org")
    first = version(user)
    user.is_staff = False
    user.save()

    assert said_before(staff, user, first).startswith("Konten werden hier nicht zurückgeholt")


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ({"weekdays": ("MO",)}, "Diese Zeiten haben begonnen"),
        ({"valid_until": date(2026, 11, 10)}, "Das würde vergangene Termine ändern."),
        ({"valid_until": date(2026, 12, 1)}, "Das wird daraus"),
        ({"words": Text("Bitte klingeln")}, "Das wird daraus"),
    ],
)
def test_times_that_have_begun_keep_their_past(before: dict[str, object], sentence: str) -> None:
    staff, times = staff_client(), make_schedule(valid_from=date(2026, 1, 1), **before)  # type: ignore[arg-type]  # of its fields
    first = version(times)
    times.weekdays, times.valid_until, times.words = ("TU",), None, Text()
    times.save()

    assert said_before(staff, times, first).startswith(sentence)


def test_times_come_back_before_they_begin_and_not_later(clock: time_machine.Traveller) -> None:
    staff, offer = staff_client(), make_sprechstunde()
    times = make_schedule(offer, valid_from=date(2026, 12, 1))
    key = times.pk
    clock.shift(MINUTE)
    times.delete()
    times.pk, gone = key, Schedule.history.first()

    clock.move_to(NOW + timedelta(days=10))
    assert said_before(staff, times, gone).startswith("Diese Zeiten hätten inzwischen begonnen")
    clock.move_to(NOW)
    agree(staff, times, gone)
    assert Schedule.objects.get().pk == key


def test_times_do_not_come_back_under_decisions_that_would_fit_no_longer(clock: time_machine.Traveller) -> None:
    staff, times = staff_client(), make_schedule(valid_from=date(2026, 12, 1), weekdays=("MO",))
    first = version(times)
    clock.shift(MINUTE)
    times.weekdays = ("TU",)
    times.save()
    make_change(times, TUESDAY)

    assert said_before(staff, times, first).startswith(
        "Was über einzelne Termine entschieden ist, würde nicht mehr passen: 08.12.2026."
    )


def test_an_offer_does_not_take_its_past_to_another_office() -> None:
    staff, first_office = staff_client(), make_office()
    offer = make_sprechstunde(office=first_office)
    first = version(offer)
    make_undated(offer)
    offer.office = make_office("Hörde")
    offer.save()

    assert said_before(staff, offer, first).startswith("Das wird daraus")
    make_schedule(offer, valid_from=date(2026, 1, 1), standort=None)
    assert said_before(staff, offer, first).startswith("Zeiten dieses Angebots sind in seinem Büro")


def test_an_offer_that_was_deleted_comes_back_with_its_times_and_decisions(clock: time_machine.Traveller) -> None:
    staff, times = staff_client(), make_schedule(valid_from=date(2026, 12, 1))
    offer, topic = times.sprechstunde, make_topic()
    offer.topics.add(topic)
    make_change(times, TUESDAY)
    make_change(times, date(2026, 12, 1))
    make_change(times, date(2026, 11, 24), ChangeKind.EXTRA, opens=time(9), closes=time(10))
    make_participation(offer, make_partner())
    number = offer.pk
    clock.shift(MINUTE)
    offer.delete()
    offer.pk, gone = number, Sprechstunde.history.first()

    clock.move_to(NOW + timedelta(days=10))
    late = said_before(staff, offer, gone)
    assert "Diese Zeiten hätten inzwischen begonnen" in late
    assert "Änderung eines Termins 08.12.2026: fällt aus: Zeiten: „Sprechstunde · Mengede/Huckarde" in late
    clock.move_to(NOW + timedelta(days=3))
    assert "Änderung eines Termins 24.11.2026: zusätzlicher Termin: Dieser Termin ist vorbei" in said_before(
        staff, offer, gone
    )
    agree(staff, offer, gone)

    assert list(Sprechstunde.objects.get(pk=number).topics.all()) == [topic]
    assert [one.day for one in Change.objects.all()] == [date(2026, 12, 1), TUESDAY]
    assert offer.participations.count() == 1


def test_a_change_that_was_taken_back_comes_back_while_it_fits(clock: time_machine.Traveller) -> None:
    staff, times = staff_client(), make_schedule(valid_from=date(2026, 1, 1))
    change = make_change(times, TUESDAY)
    assert said_before(staff, change, version(change)) == "So steht es schon da."
    edited = version(change)
    Change.objects.filter(pk=change.pk).update(reason="event")
    assert said_before(staff, change, edited).startswith("Eine Entscheidung über einen Termin wird nie bearbeitet")
    key = change.pk
    clock.shift(MINUTE)
    change.delete()
    change.pk, gone = key, Change.history.first()

    agree(staff, change, gone)

    assert Change.objects.get().decided_by is not None
    Change.objects.all().delete()
    clock.move_to(NOW + timedelta(days=20))
    staff.force_login(User.objects.get())
    assert said_before(staff, change, gone).startswith("Dieser Termin ist vorbei")


def test_a_change_does_not_come_back_where_it_fits_no_longer() -> None:
    staff, times = staff_client(), make_schedule(valid_from=date(2026, 1, 1))
    moved = make_change(times, TUESDAY, ChangeKind.MOVED, new_day=TUESDAY + timedelta(1))
    fits = make_change(times, TUESDAY + timedelta(7), ChangeKind.MOVED, new_day=TUESDAY + timedelta(8))
    number, other = moved.pk, fits.pk
    Change.objects.all().delete()
    moved.pk, gone = number, Change.history.get(id=number, history_type=DELETED)
    fits.pk, fitting = other, Change.history.get(id=other, history_type=DELETED)

    make_closure(TUESDAY, TUESDAY + timedelta(2))
    assert said_before(staff, moved, gone).startswith("Inzwischen ist über diesen Tag etwas anderes entschieden")
    agree(staff, fits, fitting)
    assert Change.objects.get().pk == other
    times.weekdays = ("FR",)
    times.save()
    assert said_before(staff, moved, gone).startswith(
        "Nach den Zeiten des Angebots gibt es an diesem Tag keinen Termin"
    )
    Change.objects.all().delete()
    times.delete()
    assert staff.get(restore_url(moved, gone)).status_code == 403


def test_a_closure_comes_back_until_it_would_have_begun(clock: time_machine.Traveller) -> None:
    staff, place = staff_client(), make_standort()
    closure = make_closure(TUESDAY, TUESDAY + timedelta(3), standorte=[place])
    number = closure.pk
    clock.shift(MINUTE)
    closure.delete()
    closure.pk, gone = number, Closure.history.first()

    make_schedule(valid_from=date(2026, 1, 1), standort=place)
    assert said_before(staff, closure, gone).endswith("Damit fällt 1 Termin aus.")
    agree(staff, closure, gone)

    back = Closure.objects.get(pk=number)
    assert (list(back.standorte.all()), back.whole_network) == ([place], False)
    first = version(back)
    clock.move_to(NOW + timedelta(days=16))
    staff.force_login(User.objects.get())
    Closure.objects.filter(pk=number).update(last=TUESDAY + timedelta(30))
    assert said_before(staff, back, first).startswith("Dieser Ausfall hat begonnen")


def test_notices_come_back_with_their_places(clock: time_machine.Traveller) -> None:
    staff, place = staff_client(), make_standort()
    notice = make_notice("Büro zieht um", TUESDAY, TUESDAY, place)
    first = version(notice)
    clock.shift(MINUTE)
    notice.standorte.clear()

    agree(staff, notice, first)

    assert list(notice.standorte.all()) == [place]


def test_only_who_may_change_a_thing_brings_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    place = make_standort()
    number = Phone.objects.create(standort=place, number="0231 123456")
    first, phone, times = version(place), version(number), make_schedule(valid_from=date(2026, 1, 1))
    change = make_change(times, TUESDAY)
    decided = version(change)
    place.street = "Weg 1"
    place.save()
    reader = client_who_may(monkeypatch, "view_standort", "view_sprechstunde")

    for row, one in ((place, first), (number, phone), (change, decided)):
        url = restore_url(row, one)
        assert (reader.get(url).status_code, reader.post(url).status_code) == (403, 403)
        assert Client().get(url).status_code == 302
    assert [act for act in acts_of(reader, place) if "zurückholen" in act] == []
    place.delete()
    gone = Standort.history.first()
    place.pk = gone.id
    assert reader.get(restore_url(place, gone)).status_code == 403
    assert staff_client().get("/admin/geschichte/standorte.standort/stand/99999/").status_code == 404
    assert Standort.objects.count() == 1
