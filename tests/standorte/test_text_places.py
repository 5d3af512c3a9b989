"""Every text that staff write is found, whatever model it stands in."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from sprechstunden.models import ChangeKind
from standorte.fields import TranslatableTextField
from standorte.models import Offer
from standorte.text_places import FoundText, find_text, models_with_texts, open_texts, text_fields, written_texts
from standorte.texts import State, Text
from tests.factories import (
    make_change,
    make_closure,
    make_notice,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_standort,
    make_topic,
    make_undated,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
GERMAN = Text("Im Hof")
DRAFT = GERMAN.translated("tr", "Avluda", State.DRAFT)
CHECKED = GERMAN.translated("tr", "Avluda", State.CHECKED)
OUTDATED = CHECKED.edited({"de": "Im Garten"})


def keys(language: str = "tr") -> list[str]:
    return [found.key for found in open_texts(language, TODAY)]


def test_every_field_for_texts_of_every_app_is_known() -> None:
    known = {f"{model._meta.label}.{field.name}" for model in models_with_texts() for field in text_fields(model)}  # noqa: SLF001  # public as well

    assert known == {
        *("standorte.Standort.building", "standorte.Standort.directions"),
        *("standorte.Partner.description", "standorte.Offer.title"),
        *("sprechstunden.Topic.name", "sprechstunden.Sprechstunde.title", "sprechstunden.Schedule.words"),
        *("sprechstunden.Change.note", "sprechstunden.Closure.note", "notices.Notice.text"),
        *("legal.LegalText.text", "sign_videos.SignVideo.title", "sign_videos.SignVideo.transcript"),
    }
    assert all(isinstance(field, TranslatableTextField) for model in apps.get_models() for field in text_fields(model))


def test_only_open_work_is_listed_and_what_was_once_right_comes_first() -> None:
    rows = [make_standort(f"Ort {n}", building=t) for n, t in enumerate((Text(), DRAFT, GERMAN, OUTDATED, CHECKED))]

    assert keys() == [f"standorte.standort.{rows[n].pk}.building" for n in (3, 2, 1)]
    assert keys("ar") == [f"standorte.standort.{rows[n].pk}.building" for n in (1, 2, 3, 4)]


def test_texts_of_all_kinds_are_found_and_named_for_people() -> None:
    place, partner = make_standort("Marten", directions=GERMAN), make_partner()
    partner.description = GERMAN
    partner.save()
    Offer.objects.create(partner=partner, title=GERMAN)
    schedule = make_undated(make_sprechstunde(title=GERMAN), words=GERMAN)
    make_topic("Wohnen")
    make_change(schedule, TODAY, ChangeKind.CANCELLED, note=GERMAN)
    make_closure(TODAY, TODAY, note=GERMAN)
    make_notice(GERMAN, TODAY, TODAY)

    with translation.override("de"):
        named = sorted(found.where for found in open_texts("tr", TODAY))

    assert named == [
        "Ausfall „25.11.2026 – 25.11.2026“: Hinweis",
        "Hinweis: Hinweis",
        "Ort „Marten“: So findet man hin",
        "Partner „Diakonie“: Beschreibung",
        "Sprechstunde oder Angebot: Name",
        "Thema: Name",
        "Weiteres Angebot: Angebot",
        "Zeiten: In Worten",
        "Änderung eines Termins „25.11.2026: fällt aus“: Hinweis",
    ]
    assert find_text(f"standorte.standort.{place.pk}.directions") == FoundText(place, text_fields(type(place))[1])


def test_what_nobody_reads_any_more_needs_no_translation() -> None:
    schedule = make_schedule(words=GERMAN, valid_from=TODAY, valid_until=TODAY)
    make_schedule(schedule.sprechstunde, words=GERMAN, valid_until=YESTERDAY)
    today = [make_change(schedule, TODAY, note=GERMAN), make_closure(YESTERDAY, TODAY, note=GERMAN)]
    make_change(schedule, YESTERDAY, note=GERMAN)
    moved = make_change(schedule, YESTERDAY - timedelta(days=1), ChangeKind.MOVED, new_day=TOMORROW, note=GERMAN)
    make_closure(YESTERDAY, YESTERDAY, note=GERMAN)
    notice = make_notice(GERMAN, YESTERDAY, TODAY)
    make_notice(GERMAN, YESTERDAY, YESTERDAY)

    found = {one.row for one in written_texts(TODAY)}

    assert found == {schedule, *today, moved, notice}


@pytest.mark.parametrize("count", [1, 3])
def test_finding_open_work_costs_the_same_however_much_there_is(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        schedule = make_undated(make_sprechstunde(title=GERMAN), words=GERMAN)
        make_change(schedule, TOMORROW + timedelta(days=number), note=GERMAN)
        make_standort(f"Ort {number}", building=GERMAN, directions=GERMAN)

    with django_assert_num_queries(len(models_with_texts())):
        assert len([found.where for found in open_texts("tr", TODAY)]) == count * 5


@pytest.mark.parametrize(
    "key",
    [
        *(
            "",
            "x",
            "...",
            "standorte.standort.1.building",
            "standorte.standort.1.name",
            "standorte.standort.x.building",
        ),
        *("standorte.standort.².building", "standorte.standort.-1.building", "accounts.user.1.password"),
        *("standorte.standort.99999999999999999999.building", "standorte.standort..building", "\x00.\x00.1.\x00"),
    ],
)
def test_a_key_of_nothing_finds_nothing(key: str) -> None:
    assert find_text(key) is None
