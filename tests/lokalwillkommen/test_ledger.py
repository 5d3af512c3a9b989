"""What the data files say reaches the database, but never overwrites what staff have done."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from lokalwillkommen.facts.ledger import GoneError, Ledger, Values
from lokalwillkommen.facts.models import LoadedFact
from sprechstunden.models import Topic
from standorte.models import Phone, Stadtbezirk, Stadtteil
from standorte.texts import State, Text
from tests.factories import make_partner, make_postal_code, make_stadtbezirk, make_standort

pytestmark = pytest.mark.django_db

LOOKUP = {"slug": "mengede"}
DRAFT = Text("Beratung").translated("en", "Advice", State.DRAFT)


def _load(values: Values, key: str = "stadtbezirk/mengede") -> tuple[Stadtbezirk | None, tuple[int, int, int]]:
    """Load one record in a run of its own; give its row and what the run created, updated and kept."""
    ledger = Ledger()
    row = ledger.load(key, Stadtbezirk, LOOKUP, values)
    return row, (ledger.created, ledger.updated, ledger.kept)


def test_a_new_record_becomes_a_row() -> None:
    row, counts = _load({"name": "Mengede", "as_of_latest": date(2018, 12, 31)})

    assert row == Stadtbezirk.objects.get(name="Mengede", slug="mengede", as_of_latest=date(2018, 12, 31))
    assert counts == (1, 0, 0)


def test_a_second_run_changes_nothing() -> None:
    _load({"name": "Mengede", "as_of_latest": date(2018, 12, 31)})
    before = LoadedFact.objects.values().get()

    row, counts = _load({"name": "Mengede", "as_of_latest": date(2018, 12, 31)})

    assert (row, counts) == (Stadtbezirk.objects.get(), (0, 0, 0))
    assert LoadedFact.objects.values().get() == before


def test_a_changed_file_reaches_a_row_that_staff_left_alone() -> None:
    _load({"name": "Mengede", "as_of": "2018"})

    _row, counts = _load({"name": "Mengede", "as_of": "2026"})

    assert (Stadtbezirk.objects.get().as_of, counts) == ("2026", (0, 1, 0))


def test_a_row_that_follows_the_file_can_follow_it_again() -> None:
    for year in ("2018", "2019", "2020"):
        _load({"name": "Mengede", "as_of": year})

    assert Stadtbezirk.objects.get().as_of == "2020"


def test_what_staff_have_changed_stays_even_where_the_file_changes() -> None:
    _load({"name": "Mengede", "as_of": "2018", "note": ""})
    Stadtbezirk.objects.update(as_of="2026-11-22")

    _row, counts = _load({"name": "Mengede", "as_of": "2020", "note": "Aus der Zeitung."})

    assert (Stadtbezirk.objects.get().as_of, Stadtbezirk.objects.get().note, counts) == ("2026-11-22", "", (0, 0, 1))


def test_what_staff_have_confirmed_stays_even_where_they_changed_nothing() -> None:
    _load({"name": "Mengede", "as_of": "2018"})
    Stadtbezirk.objects.update(confirmed_on=date(2026, 11, 22))

    _row, counts = _load({"name": "Mengede", "as_of": "2020"})

    assert (Stadtbezirk.objects.get().as_of, counts) == ("2018", (0, 0, 1))


def test_what_staff_have_confirmed_elsewhere_stays() -> None:
    _load({"name": "Mengede", "as_of": "2018"})
    ledger = Ledger()

    ledger.load("stadtbezirk/mengede", Stadtbezirk, LOOKUP, {"name": "Mengede", "as_of": "2020"}, confirmed=True)

    assert (Stadtbezirk.objects.get().as_of, ledger.updated, ledger.kept) == ("2018", 0, 1)


def test_what_staff_have_deleted_stays_deleted() -> None:
    _load({"name": "Mengede"})
    Stadtbezirk.objects.all().delete()

    row, counts = _load({"name": "Mengede-Mitte"})

    assert (row, counts, Stadtbezirk.objects.count()) == (None, (0, 0, 0), 0)


def test_a_row_that_staff_made_before_belongs_to_them() -> None:
    own = make_stadtbezirk("Mengede", as_of="2026-11-22")

    row, counts = _load({"name": "Mengede", "as_of": "2018"})

    assert (row, Stadtbezirk.objects.get().as_of, counts) == (own, "2026-11-22", (0, 0, 1))


def test_parts_of_a_record_are_loaded_and_kept_on_their_own() -> None:
    for values in ({"name": "Mengede", "as_of": "2018"}, {"name": "Mengede (Nord)", "as_of": "2020"}):
        ledger = Ledger()
        ledger.load("stadtbezirk/mengede", Stadtbezirk, LOOKUP, {"name": values["name"]})
        ledger.load("stadtbezirk/mengede/age", Stadtbezirk, LOOKUP, {"as_of": values["as_of"]})
        if values["as_of"] == "2018":
            Stadtbezirk.objects.update(name="Mengede/Oestrich")

    assert Stadtbezirk.objects.values_list("name", "as_of").get() == ("Mengede/Oestrich", "2020")


def test_a_translation_that_staff_have_checked_is_theirs() -> None:
    partner = make_partner()
    Ledger().load("partner/x", type(partner), {"slug": "caritas"}, {"name": "C", "kind": "bank", "description": DRAFT})
    loaded = type(partner).objects.get(slug="caritas")
    loaded.description = DRAFT.translated("en", "Advice", State.CHECKED)
    loaded.save()

    changed = {"name": "C", "kind": "bank", "description": Text("Hilfe")}
    Ledger().load("partner/x", type(partner), {"slug": "caritas"}, changed)

    assert type(partner).objects.get(slug="caritas").description == loaded.description


@pytest.mark.parametrize("codes", [["44357", "44369"], ["44369", "44357"]])
def test_what_a_row_belongs_to_has_no_order(codes: list[str]) -> None:
    district, key = make_stadtbezirk(), "stadtteil/westerfilde"
    for code in ("44357", "44369"):
        make_postal_code(code)
    lookup = {"stadtbezirk": district, "name": "Westerfilde"}

    Ledger().load(key, Stadtteil, lookup, {"postal_codes": codes})
    ledger = Ledger()
    ledger.load(key, Stadtteil, lookup, {"postal_codes": codes})

    assert [code.code for code in Stadtteil.objects.get().postal_codes.all()] == ["44357", "44369"]
    assert (ledger.created, ledger.updated, ledger.kept) == (0, 0, 0)


def test_a_record_is_found_by_others_unless_staff_have_deleted_it() -> None:
    row, _counts = _load({"name": "Mengede"})
    found = Ledger().find("stadtbezirk/mengede", Stadtbezirk, LOOKUP)
    Stadtbezirk.objects.all().delete()

    with pytest.raises(GoneError):
        Ledger().find("stadtbezirk/mengede", Stadtbezirk, LOOKUP)

    assert found == row


def test_a_record_that_never_was_is_a_mistake_in_the_file() -> None:
    with pytest.raises(LookupError) as mistake:
        Ledger().find("stadtbezirk/mengede", Stadtbezirk, LOOKUP)

    assert (type(mistake.value), mistake.value.args) == (LookupError, ("stadtbezirk/mengede",))


def test_a_value_that_staff_could_not_type_is_refused() -> None:
    lookup = {"standort": make_standort(), "number": "ruf an"}

    with pytest.raises(ValidationError):
        Ledger().load("phone", Phone, lookup, {})

    assert Phone.objects.count() == 0


def _load_topic(text: Text) -> tuple[Topic, tuple[int, int, int]]:
    ledger = Ledger()
    row = ledger.load("topic/x", Topic, {"slug": "x"}, {"name": text})
    assert row is not None
    return row, (ledger.created, ledger.updated, ledger.kept)


def test_a_text_that_people_translated_into_more_languages_still_follows_its_file() -> None:
    topic, _counts = _load_topic(DRAFT)
    topic.name = topic.name.translated("tr", "Destek", State.CHECKED)
    topic.save()
    assert _load_topic(DRAFT)[1] == (0, 0, 0)

    counts = _load_topic(Text("Beratung und Hilfe"))[1]

    found = Topic.objects.get().name
    assert (counts, str(found), found.words("tr"), found.words("en")) == (
        (0, 1, 0),
        "Beratung und Hilfe",
        "Destek",
        "",
    )
    assert found.state("tr") is State.OUTDATED
    assert _load_topic(Text("Beratung und Hilfe"))[1] == (0, 0, 0)


@pytest.mark.parametrize(
    ("german", "words", "state"), [("Beratung", "Counsel", State.CHECKED), ("Rat", "A", State.DRAFT)]
)
def test_where_a_file_begins_to_speak_a_language_what_fits_the_german_stays(
    german: str, words: str, state: State
) -> None:
    topic, _counts = _load_topic(Text("Beratung"))
    topic.name = topic.name.translated("en", "Counsel", State.CHECKED)
    topic.save()
    in_file = Text(german).translated("en", "A", State.DRAFT)

    assert [_load_topic(in_file)[1] for _run in range(2)] == [(0, 1, 0), (0, 0, 0)]
    found = Topic.objects.get().name
    assert (found.words("en"), found.state("en")) == (words, state)
