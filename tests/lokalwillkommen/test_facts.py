"""The real facts: loaded as their sources say them, confirmed by nobody, and staff have the last word."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from lokalwillkommen.facts.files import evidence, text
from lokalwillkommen.facts.loader import load_all
from lokalwillkommen.facts.models import Figure
from sprechstunden import timetable
from sprechstunden.entries import EntryState
from sprechstunden.models import Sprechstunde, Topic
from sprechstunden.occurrences import BERLIN
from sprechstunden.reasons import Reason, ReasonKind
from standorte.models import Evidence, Kind, Partner, Phone, PostalCode, Stadtbezirk, Stadtteil, Standort
from standorte.models.standort import StandortEvidence
from standorte.texts import State, Text
from tests.rows import all_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]

SUNDAY = datetime(2026, 11, 22, 15, tzinfo=BERLIN)
TODAY = date(2026, 11, 22)
OFFICES = [
    *("brackel-aplerbeck", "eving-scharnhorst", "hoerde-hombruch", "innenstadt-nord", "innenstadt-west-ost"),
    *("luetgendortmund", "mengede-huckarde"),
]
WITH_EVIDENCE = [model for model in apps.get_models() if issubclass(model, Evidence)]


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
        "Sprechstunde": 28,
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
    before = all_rows()

    ledger = load_all()

    assert (ledger.created, ledger.updated, ledger.kept) == (0, 0, 0)
    assert all_rows() == before


def test_the_command_says_what_it_did() -> None:
    Stadtbezirk.objects.filter(slug="mengede").update(name="Mengede-Mitte")
    said = StringIO()

    call_command("load_facts", stdout=said)

    assert said.getvalue() == "0 created, 0 updated, 1 kept as staff left them.\n"


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
