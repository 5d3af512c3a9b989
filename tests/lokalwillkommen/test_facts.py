"""The real facts: loaded as their sources say them, confirmed by nobody, and staff have the last word."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command

from lokalwillkommen.facts.files import Record, evidence, records, text
from lokalwillkommen.facts.loader import load_all
from lokalwillkommen.facts.models import Figure, LoadedFact
from sprechstunden import timetable
from sprechstunden.entries import EntryState
from sprechstunden.models import Schedule, Sprechstunde, Topic
from sprechstunden.occurrences import BERLIN
from sprechstunden.reasons import Reason, ReasonKind
from standorte.models import Evidence, Kind, Partner, Phone, PostalCode, Stadtbezirk, Stadtteil, Standort
from standorte.models.standort import StandortEvidence
from standorte.texts import State, Text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]

SUNDAY = datetime(2026, 11, 22, 15, tzinfo=BERLIN)
TODAY = date(2026, 11, 22)
OFFICES = [
    *("brackel-aplerbeck", "eving-scharnhorst", "hoerde-hombruch", "innenstadt-nord", "innenstadt-west-ost"),
    *("luetgendortmund", "mengede-huckarde"),
]
WITH_EVIDENCE = [model for model in apps.get_models() if issubclass(model, Evidence)]


def _all_rows() -> str:
    tables = [
        model for label in ("standorte", "sprechstunden", "facts") for model in apps.get_app_config(label).get_models()
    ]
    rows = (row for model in tables for row in model._default_manager.order_by("pk"))  # noqa: SLF001  # public
    return str(serializers.serialize("json", rows))


def test_the_whole_network_is_there() -> None:
    counts = {
        model.__name__: model.objects.count()
        for model in (Stadtbezirk, Stadtteil, PostalCode, Standort, Partner, Topic, Sprechstunde, Figure)
    }

    assert counts == {
        "Stadtbezirk": 12,
        "Stadtteil": 119,
        "PostalCode": 27,
        "Standort": 17,
        "Partner": 21,
        "Topic": 13,
        "Sprechstunde": 25,
        "Figure": 13,
    }


def test_the_offices_have_the_addresses_that_are_printed_on_paper() -> None:
    assert sorted(Standort.objects.offices().values_list("slug", flat=True)) == OFFICES


def test_every_stadtbezirk_has_its_office() -> None:
    offices = Standort.objects.offices()

    assert [district.name for district in Stadtbezirk.objects.exclude(office__in=offices)] == []


def test_an_unknown_phone_number_is_never_borrowed() -> None:
    with_phone = Standort.objects.filter(phones__isnull=False).distinct()

    assert list(with_phone.values_list("slug", flat=True)) == [
        "brackel-aplerbeck",
        "hoerde-hombruch",
        "mengede-huckarde",
    ]
    assert Phone.objects.values("number").distinct().count() == Phone.objects.count()


def test_a_second_run_changes_nothing() -> None:
    before = _all_rows()

    ledger = load_all()

    assert (ledger.created, ledger.updated, ledger.kept) == (0, 0, 0)
    assert _all_rows() == before


def test_the_command_says_what_it_did() -> None:
    Stadtbezirk.objects.filter(slug="mengede").update(name="Mengede-Mitte")
    said = StringIO()

    call_command("load_facts", stdout=said)

    assert said.getvalue() == "0 created, 0 updated, 1 kept as staff left them.\n"


def test_what_staff_have_changed_is_kept() -> None:
    standort = Standort.objects.get(slug="marten")
    standort.street = "Neue Straße 1"
    standort.save()
    standort.evidence.filter(group="address").update(confirmed_on=date(2026, 11, 22), as_of="2026-11-22")
    before = _all_rows()

    load_all()

    assert _all_rows() == before


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


@pytest.mark.parametrize(
    ("staff_did", "is_theirs"),
    [(_unchanged, False), (_confirmed, True), (_moved, True), (_followed, True), (_deleted, True)],
)
def test_no_file_adds_or_changes_times_of_an_offer_whose_times_are_those_of_staff(
    monkeypatch: pytest.MonkeyPatch, staff_did: Callable[[Schedule], None], *, is_theirs: bool
) -> None:
    staff_did(Schedule.objects.get(sprechstunde__key="lanstrop-do"))
    before = _all_rows()

    def say_more(record: Record) -> None:
        if record["key"] == "lanstrop-do":
            (times,) = record["schedule"]
            record["schedule"] = [{**times, "opens": time(7)}, {**times, "valid_from": date(2026, 12, 1)}]

    _in_files(monkeypatch, "sprechstunde", say_more)
    ledger = load_all()

    assert (ledger.created, ledger.updated, ledger.kept) == ((0, 0, 2) if is_theirs else (1, 1, 0))
    assert (_all_rows() == before) is is_theirs


def test_what_staff_have_deleted_stays_deleted_with_all_that_belongs_to_it() -> None:
    Schedule.objects.filter(standort__slug="marten").delete()
    Standort.objects.get(slug="marten").delete()
    Partner.objects.get(slug="migrado").delete()
    PostalCode.objects.get(code="44357").delete()
    before = _all_rows()

    ledger = load_all()

    assert (ledger.created, ledger.updated, _all_rows()) == (0, 0, before)


def test_an_offer_that_staff_have_deleted_does_not_come_back_with_its_times() -> None:
    Sprechstunde.objects.get(key="holtestrasse").delete()
    before = _all_rows()

    load_all()

    assert _all_rows() == before
    assert str(LoadedFact.objects.get(key="sprechstunde/holtestrasse")) == "sprechstunde/holtestrasse"


def test_a_place_that_staff_gave_another_address_is_not_made_again() -> None:
    Standort.objects.filter(slug="marten").update(slug="marten-mitte")
    before = _all_rows()

    ledger = load_all()

    assert (ledger.created, ledger.updated, _all_rows()) == (0, 0, before)


@pytest.mark.parametrize("model", WITH_EVIDENCE, ids=lambda model: model.__name__)
def test_every_fact_has_a_source_and_nobody_has_confirmed_it(model: type[Evidence]) -> None:
    rows = model._default_manager.all()  # noqa: SLF001  # public

    assert [str(row) for row in rows if not row.source] == []
    assert [str(row) for row in rows if row.is_confirmed or row.confirmed_by] == []
    assert rows.exists() is True


def test_nothing_is_ever_open_before_somebody_has_confirmed_it() -> None:
    versions = list(timetable.versions(timetable.all_schedules(), SUNDAY.date()))
    moments = [SUNDAY + timedelta(minutes=15 * step) for step in range(7 * 24 * 4)]

    states = {entry.state for now in moments for entry in timetable.dates(versions, now.date(), now.date(), now)}
    open_now = {timetable.outlook(versions, now, 1).open_now for now in moments}

    assert (states, open_now) == ({EntryState.PLANNED}, {None})


def test_marten_is_every_second_tuesday_across_a_year_of_53_weeks() -> None:
    marten = Standort.objects.get(slug="marten")

    outlook = timetable.outlooks([marten], SUNDAY, 4)[marten.pk]

    assert [(entry.starts.isoformat(), entry.state) for entry in outlook.unconfirmed] == [
        ("2026-12-01T10:00:00+01:00", EntryState.PLANNED),
        ("2026-12-15T10:00:00+01:00", EntryState.PLANNED),
        ("2026-12-29T10:00:00+01:00", EntryState.PLANNED),
        ("2027-01-12T10:00:00+01:00", EntryState.PLANNED),
    ]
    assert (outlook.confirmed, outlook.undated) == ((), ())


def test_on_christmas_eve_nothing_takes_place_and_the_reason_is_said() -> None:
    christmas_eve = date(2026, 12, 24)
    versions = timetable.versions(timetable.all_schedules(), christmas_eve)

    entries = timetable.dates(versions, christmas_eve, christmas_eve, SUNDAY)

    reason = Reason(ReasonKind.CLOSING_DAY, "Christmas Eve")
    assert {(entry.state, entry.occurrence.reason) for entry in entries} == {(EntryState.CANCELLED, reason)}


def test_places_a_team_visits_name_its_office() -> None:
    visited = Standort.objects.filter(kind__in=(Kind.OUTREACH, Kind.FLEXIBLE))

    assert {place.slug: place.office.slug for place in visited if place.office} == {
        "marten": "luetgendortmund",
        "holtestrasse": "luetgendortmund",
        "lanstrop": "eving-scharnhorst",
        "scharnhorst": "eving-scharnhorst",
        "dorstfeld": "innenstadt-west-ost",
    }


def test_where_nothing_is_known_nothing_is_loaded() -> None:
    assert Standort.objects.exclude(latitude=None).count() == 0
    assert Standort.objects.exclude(directions=Text()).count() == 0
    assert Standort.objects.exclude(step_free="unknown", lift="unknown", accessible_toilet="unknown").count() == 0
    assert Topic.objects.filter(is_sensitive=True).count() == 0


def test_translations_from_the_data_files_are_drafts() -> None:
    states = {topic.name.state(language) for topic in Topic.objects.all() for language in topic.name.translations}

    assert states == {State.DRAFT}


def test_every_evidence_belongs_to_a_fact_that_is_shown() -> None:
    shown = StandortEvidence.objects.filter(standort__is_published=True)

    assert shown.count() == StandortEvidence.objects.count()


def test_a_text_without_words_is_empty() -> None:
    assert text(None) == Text()


@pytest.mark.parametrize(
    ("found", "as_of"), [({"as_of": "2018"}, "2018"), ({"undated": True, "as_of": "2018"}, ""), ({}, "")]
)
def test_an_undated_source_has_no_age(found: dict[str, object], as_of: str) -> None:
    assert evidence({"evidence": found})["as_of"] == as_of
