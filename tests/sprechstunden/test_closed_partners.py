"""A closure of all places of a partner is for the places it had when somebody decided so, whatever becomes of it."""

from collections.abc import Callable
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from sprechstunden.deciding import Chosen, close
from sprechstunden.models import Closure, Schedule
from sprechstunden.timetable import dates, schedules_of, versions
from standorte.models import Partner, PartnerRole, Standort
from standorte.models.partner import RoleKind
from tests.factories import make_closure, make_partner, make_schedule, make_standort
from tests.offer_form import staff_client
from tests.pages import NOW, form_of, get
from tests.sprechstunden.closure_page import FIRST, LAST, LIST, TUESDAY, TWO_WEEKS, boxes, change_url, proposed, words

pytestmark = pytest.mark.django_db
BEGUN = date(2026, 11, 16)


def _close(partner: Partner) -> Closure:
    closure = Closure(first=BEGUN, last=LAST, reason="event")
    close(closure, Chosen(partners=[partner]), None, NOW)
    return closure


def _held(schedule: Schedule) -> list[date]:
    found = dates(versions(schedules_of(schedule.sprechstunde), BEGUN), BEGUN, LAST, NOW)
    return [entry.day for entry in found if entry.takes_place]


def _role(partner: Partner, place: Standort, kind: RoleKind = RoleKind.RUNS) -> PartnerRole:
    return PartnerRole.objects.create(partner=partner, standort=place, kind=kind)


def _add(partner: Partner, _here: PartnerRole, there: Standort) -> None:
    _role(partner, there)


def _change(_partner: Partner, here: PartnerRole, there: Standort) -> None:
    here.kind = RoleKind.FUNDS
    here.save()
    PartnerRole.objects.filter(standort=there).update(kind=RoleKind.HOSTS)


def _remove(_partner: Partner, here: PartnerRole, _there: Standort) -> None:
    here.delete()


def _dissolve(partner: Partner, _here: PartnerRole, _there: Standort) -> None:
    partner.delete()


@pytest.mark.parametrize("happens", [_add, _change, _remove, _dissolve])
def test_whatever_becomes_of_a_partner_and_its_roles_changes_no_date(
    happens: Callable[[Partner, PartnerRole, Standort], None],
) -> None:
    partner, marten, lanstrop = make_partner(), make_standort("Marten"), make_standort("Lanstrop")
    here = _role(partner, marten)
    closed, held = make_schedule(standort=marten), make_schedule(standort=lanstrop)
    PartnerRole.objects.create(partner=make_partner("Caritas"), standort=lanstrop, kind=RoleKind.FUNDS)
    closure = _close(partner)
    before = (_held(closed), _held(held))

    happens(partner, here, lanstrop)

    assert before[0] == []
    assert len(before[1]) == 5
    assert (_held(closed), _held(held)) == before
    assert list(Closure.objects.get(pk=closure.pk).partner_places.all()) == [marten]


def test_whoever_only_sets_another_end_leaves_the_places_as_they_were() -> None:
    partner, marten, lanstrop = make_partner(), make_standort("Marten"), make_standort("Lanstrop")
    _role(partner, marten)
    closure = _close(partner)
    _role(partner, lanstrop)

    close(Closure.objects.get(), None, None, NOW)

    assert Closure.objects.get().scope().places == {marten.pk}
    assert list(closure.partners.all()) == [partner]


def test_who_corrects_a_note_leaves_the_places_as_they_were() -> None:
    partner, marten, lanstrop = make_partner(), make_standort("Marten"), make_standort("Lanstrop")
    here = _role(partner, marten)
    make_schedule(standort=marten)
    make_schedule(standort=lanstrop)
    closure = make_closure(FIRST, LAST, partners=[partner])
    here.delete()
    _role(partner, lanstrop)
    staff = staff_client()

    data = form_of(get(change_url(closure), staff), "closure_form") | {"note_de": "Bitte klingeln."}
    response = staff.post(change_url(closure), data)

    after = Closure.objects.get()
    assert (response.status_code, str(after.note), set(after.scope().places)) == (302, "Bitte klingeln.", {marten.pk})


def test_who_chooses_other_partners_gets_their_places_of_now_and_sees_first_what_takes_place_again() -> None:
    partner, other = make_partner(), make_partner("Caritas")
    marten, lanstrop = make_standort("Marten"), make_standort("Lanstrop")
    _role(partner, marten)
    _role(other, lanstrop)
    make_schedule(standort=marten)
    make_schedule(standort=lanstrop)
    closure = make_closure(FIRST, LAST, partners=[partner])
    staff = staff_client()

    page, data = proposed(staff, {"partners": [str(other.pk)]}, change_url(closure))
    unsaved = Closure.objects.get().scope().places
    staff.post(change_url(closure), data)

    assert words(page).endswith(
        "Diese Termine finden wieder statt "
        "Dienstag, 8. Dezember 2026, 10:00 – 12:00: Sprechstunde, Marten "
        "Dienstag, 15. Dezember 2026, 10:00 – 12:00: Sprechstunde, Marten"
    )
    assert [unsaved, Closure.objects.get().scope().places] == [{marten.pk}, {lanstrop.pk}]


def test_a_closure_whose_only_partner_is_gone_can_be_changed_and_says_what_it_closes() -> None:
    partner, marten = make_partner(), make_standort("Marten")
    _role(partner, marten)
    make_schedule(standort=marten)
    closure = make_closure(FIRST, TUESDAY, partners=[partner])
    partner.delete()
    staff = staff_client()

    before = get(change_url(closure), staff)
    page, data = proposed(staff, {"last": f"{LAST:%d.%m.%Y}"}, change_url(closure))
    response = staff.post(change_url(closure), data)

    (line,) = (found for found in before.root.iter("div") if "field-what" in (found.get("class") or ""))
    assert before.text(line) == "Was ausfällt: Marten"
    assert (len(boxes(page)), response.status_code, set(Closure.objects.get().scope().places)) == (2, 302, {marten.pk})


def test_the_whole_network_needs_no_places_of_a_partner() -> None:
    partner = make_partner()
    _role(partner, make_standort("Marten"))
    make_schedule()
    closure = make_closure(FIRST, LAST, partners=[partner])
    staff = staff_client()

    _page, data = proposed(staff, {**TWO_WEEKS, "partners": []}, change_url(closure))
    staff.post(change_url(closure), data)

    after = Closure.objects.get()
    assert (after.whole_network, list(after.partner_places.all())) == (True, [])


def test_the_list_names_the_places_also_when_the_partner_is_gone() -> None:
    partner = make_partner()
    _role(partner, make_standort("Marten"))
    make_closure(TUESDAY, TUESDAY, partners=[partner])
    staff = staff_client()

    with_partner = get(LIST, staff).text()
    partner.delete()
    without = get(LIST, staff).text()

    assert "08.12.2026alle Orte von Diakonie, MartenVeranstaltung" in with_partner
    assert "08.12.2026MartenVeranstaltung" in without


def test_closures_from_before_get_the_places_that_their_partners_have() -> None:
    partner, marten = make_partner(), make_standort("Marten")
    _role(partner, marten, RoleKind.HOSTS)
    _role(partner, make_standort("Lanstrop"), RoleKind.FUNDS)
    PartnerRole.objects.create(partner=partner, standort=None, kind=RoleKind.RUNS)
    old, other = make_closure(FIRST, LAST, partners=[partner]), make_closure(FIRST, LAST)
    old.partner_places.clear()

    migration = import_module("sprechstunden.migrations.0007_places_of_a_closure_are_fixed")
    migration.fix_places(apps, None)

    assert [list(one.partner_places.all()) for one in (old, other)] == [[marten], []]
