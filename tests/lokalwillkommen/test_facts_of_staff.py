"""What staff have changed, decided or deleted: loading the facts again leaves it as it is."""

from collections.abc import Callable
from datetime import date, time
from uuid import uuid4

import pytest

from lokalwillkommen.facts.files import Record, records
from lokalwillkommen.facts.loader import load_all
from lokalwillkommen.facts.models import LoadedFact
from sprechstunden.models import Schedule, Sprechstunde
from standorte.models import Partner, Phone, PostalCode, Standort
from tests.factories import make_change, make_closure
from tests.rows import all_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]
TODAY = date(2026, 11, 22)


def test_what_staff_have_changed_is_kept() -> None:
    standort = Standort.objects.get(slug="marten")
    standort.street = "Neue Straße 1"
    standort.save()
    standort.evidence.filter(group="address").update(confirmed_on=date(2026, 11, 22), as_of="2026-11-22")
    before = all_rows()

    load_all()

    assert all_rows() == before


def _in_files(monkeypatch: pytest.MonkeyPatch, kind: str, changed: Callable[[Record], None]) -> None:
    """Let the data files say something else about the records of a kind."""

    def read(asked: str) -> list[Record]:
        found = records(asked)
        for record in found if asked == kind else ():
            changed(record)
        return found

    monkeypatch.setattr("lokalwillkommen.facts.loader.records", read)


@pytest.mark.parametrize(("confirmed_on", "number_count"), [(None, 1), (TODAY, 0)])
def test_a_new_phone_number_never_stands_under_a_confirmation_of_staff(
    monkeypatch: pytest.MonkeyPatch, confirmed_on: date | None, number_count: int
) -> None:
    office = Standort.objects.get(slug="mengede-huckarde")
    office.evidence.filter(group="contact").update(confirmed_on=confirmed_on)
    _in_files(monkeypatch, "standort", lambda record: record.get("phones", []).append(f"0231 9{record['slug'][0]}"))
    monkeypatch.setattr(Phone, "full_clean", lambda *_args, **_kwargs: None)

    load_all()

    assert office.phones.filter(number="0231 9m").count() == number_count


def _unchanged(_times: Schedule) -> None:
    """Leave times as they were loaded."""


def _confirmed(times: Schedule) -> None:
    times.confirm(TODAY, None)
    times.save()


def _moved(times: Schedule) -> None:
    times.valid_until = TODAY
    times.save()


def _followed(times: Schedule) -> None:
    times.pk, times.uid, times.valid_from = None, uuid4(), TODAY
    times.save()


def _deleted(times: Schedule) -> None:
    times.delete()


def _cancelled(times: Schedule) -> None:
    make_change(times, date(2026, 12, 3))


def _kept(times: Schedule) -> None:
    closure = make_closure(date(2026, 12, 1), date(2026, 12, 5))
    closure.keep(times.uid, date(2026, 12, 3))
    closure.save()


def _closed(times: Schedule) -> None:
    """Close the days, which does not depend on the times."""
    closure = make_closure(date(2026, 12, 1), date(2026, 12, 5), sprechstunden=[times.sprechstunde])
    closure.keep(uuid4(), date(2026, 12, 3))
    closure.save()


@pytest.mark.parametrize(
    ("staff_did", "is_theirs"),
    [
        (_unchanged, False),
        (_confirmed, True),
        (_moved, True),
        (_followed, True),
        (_deleted, True),
        (_cancelled, True),
        (_kept, True),
        (_closed, False),
    ],
)
def test_no_file_adds_or_changes_times_of_an_offer_whose_times_are_those_of_staff(
    monkeypatch: pytest.MonkeyPatch, staff_did: Callable[[Schedule], None], *, is_theirs: bool
) -> None:
    staff_did(Schedule.objects.get(sprechstunde__key="lanstrop-do"))
    before = all_rows()

    def say_more(record: Record) -> None:
        if record["key"] == "lanstrop-do":
            (times,) = record["schedule"]
            record["schedule"] = [{**times, "opens": time(7)}, {**times, "valid_from": date(2026, 12, 1)}]

    _in_files(monkeypatch, "sprechstunde", say_more)
    ledger = load_all()

    assert (ledger.created, ledger.updated, ledger.kept) == ((0, 0, 2) if is_theirs else (1, 1, 0))
    assert (all_rows() == before) is is_theirs


def test_what_staff_have_deleted_stays_deleted_with_all_that_belongs_to_it() -> None:
    Schedule.objects.filter(standort__slug="marten").delete()
    Standort.objects.get(slug="marten").delete()
    Partner.objects.get(slug="migrado").delete()
    PostalCode.objects.get(code="44357").delete()
    before = all_rows()

    ledger = load_all()

    assert (ledger.created, ledger.updated, all_rows()) == (0, 0, before)


def test_an_offer_that_staff_have_deleted_does_not_come_back_with_its_times() -> None:
    Sprechstunde.objects.get(key="holtestrasse").delete()
    before = all_rows()

    load_all()

    assert all_rows() == before
    assert str(LoadedFact.objects.get(key="sprechstunde/holtestrasse")) == "sprechstunde/holtestrasse"


def test_a_place_that_staff_gave_another_address_is_not_made_again() -> None:
    Standort.objects.filter(slug="marten").update(slug="marten-mitte")
    before = all_rows()

    ledger = load_all()

    assert (ledger.created, ledger.updated, all_rows()) == (0, 0, before)
