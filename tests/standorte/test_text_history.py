"""History keeps every version of every text, whoever writes it."""

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from lokalwillkommen.accounts.models import User
from standorte.models import Partner, TextVersion
from standorte.text_history import german_before, versions_kept, write_text
from standorte.text_places import FoundText, find_text
from standorte.texts import State, Text
from tests.factories import make_stadtbezirk, make_standort, make_user

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def person() -> User:
    return make_user()


def building(text: Text) -> FoundText:
    found = find_text(f"standorte.standort.{make_standort('Marten', building=text).pk}.building")
    assert found is not None
    return found


def versions() -> list[tuple[object, ...]]:
    return list(TextVersion.objects.order_by("pk").values_list("field", "language", "before", "after", "state"))


def test_each_language_that_changed_is_a_version_with_who_and_when(person: User) -> None:
    found = building(Text("Hof").translated("tr", "Avlu", State.DRAFT))

    write_text(found, found.text.translated("tr", "Avluda", State.CHECKED), person, NOW)

    assert versions() == [("building", "tr", "Avlu", "Avluda", "checked")]
    version = TextVersion.objects.get()
    assert (version.row, version.written_by, version.written_at) == (found.row, person, NOW)
    assert str(version) == "tr: Avluda"
    found.row.refresh_from_db()
    assert found.text.words("tr") == "Avluda"


def test_that_a_draft_was_found_right_is_a_version_too(person: User) -> None:
    found = building(Text("Hof").translated("tr", "Avlu", State.DRAFT))

    write_text(found, found.text.translated("tr", "Avlu", State.CHECKED), person, NOW)

    assert versions() == [("building", "tr", "Avlu", "Avlu", "checked")]


def test_what_stays_as_it_was_is_no_version(person: User) -> None:
    found = building(Text("Hof").translated("tr", "Avlu", State.CHECKED))

    write_text(found, found.text, person, NOW)

    assert versions() == []


def test_german_that_changes_is_a_version_of_the_german_only(person: User) -> None:
    found = building(Text("Hof").translated("tr", "Avlu", State.CHECKED))

    write_text(found, found.text.edited({"de": "Garten"}), person, NOW)

    assert versions() == [("building", "de", "Hof", "Garten", "checked")]


def test_a_translation_that_is_taken_away_stays_in_the_history(person: User) -> None:
    found = building(Text("Hof").translated("tr", "Avlu", State.CHECKED))

    write_text(found, found.text.translated("tr", "", State.CHECKED), person, NOW)

    assert versions() == [("building", "tr", "Avlu", "", "missing")]
    assert str(TextVersion.objects.get()) == "tr: Avlu"


def test_the_first_words_of_a_new_row_are_a_version(person: User) -> None:
    row = type(make_standort())(name="Neu", slug="neu", kind="venue", building=Text("Hof"))

    with versions_kept([row], person, NOW):
        row.save()

    assert versions() == [("building", "de", "", "Hof", "checked")]


def test_a_row_that_was_not_saved_after_all_leaves_no_version(person: User) -> None:
    row = type(make_standort())(building=Text("Hof"))

    with versions_kept([row], person, NOW):
        pass

    assert versions() == []


def test_history_outlives_the_row_and_the_account(person: User) -> None:
    found = building(Text("Hof"))
    write_text(found, Text("Garten"), person, NOW)

    found.row.delete()
    person.delete()

    version = TextVersion.objects.get()
    assert (version.before, version.after, version.row, version.written_by) == ("Hof", "Garten", None, None)


def test_rows_without_texts_cost_nothing(person: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    row = make_stadtbezirk()

    with django_assert_num_queries(0), versions_kept([row], person, NOW):
        pass


def test_the_german_of_an_outdated_translation_is_found_among_the_versions(person: User) -> None:
    found = building(Text("Hof"))
    other = find_text(f"standorte.standort.{make_standort('Eving', building=Text('Hof')).pk}.building")
    assert other is not None
    write_text(found, found.text.translated("tr", "Avlu", State.CHECKED), person, NOW)
    assert german_before(found, "tr") is None
    for german in ("Garten", "Garten links", "Keller"):
        write_text(found, found.text.edited({"de": german}), person, NOW)
    write_text(found, found.text.translated("ar", "قبو", State.DRAFT), person, NOW)
    write_text(found, found.text.edited({"de": "Dach"}), person, NOW)

    assert [german_before(found, code) for code in ("tr", "ar", "fr")] == ["Hof", "Keller", None]
    assert german_before(other, "tr") is None


def test_a_version_of_a_partner_is_none_of_a_place_with_the_same_number(person: User) -> None:
    found = building(Text("Hof").translated("tr", "Avlu", State.CHECKED).edited({"de": "Garten"}))
    partner = Partner.objects.create(pk=found.row.pk, name="Diakonie", slug="diakonie", kind="association")
    described = find_text(f"standorte.partner.{partner.pk}.description")
    assert described is not None
    write_text(described, Text("Hof"), person, NOW)

    assert german_before(found, "tr") is None
