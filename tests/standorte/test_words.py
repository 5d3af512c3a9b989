"""Facts as words in German, English and Arabic."""

from datetime import date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils.translation import override

from sprechstunden.occurrences import BERLIN
from standorte.models import Partner
from standorte.templatetags import words
from standorte.texts import State, Text

LANGUAGES = ("de", "en", "ar")
DAY = date(2026, 11, 24)  # a Tuesday
BOTH = Text("Im Hof").translated("en", "In the yard", State.CHECKED)


def _in(language: str, template: str, value: object) -> str:
    """Write a value as a page in a language does."""
    with override(language):
        return Template("{% load words %}" + template).render(Context({"value": value}))


@pytest.mark.parametrize(
    ("template", "value", "german", "english", "arabic"),
    [
        (
            "{{ value|long_date }}",
            DAY,
            "Dienstag, 24. November 2026",
            "Tuesday, 24 November 2026",
            "الثلاثاء، 24 نوفمبر 2026",
        ),
        ("{{ value|day_in_words }}", DAY, "24. November 2026", "24 November 2026", "24 نوفمبر 2026"),
        ("{{ value|weekday }}", DAY, "Dienstag", "Tuesday", "الثلاثاء"),
        ("{{ value|weekday_short }}", DAY, "Di", "Tue", "الثلاثاء"),
        ("{{ value|month_short }}", DAY, "Nov.", "Nov", "نوفمبر"),
        ("{{ value|partial_date }}", "2018", "2018", "2018", "2018"),
        ("{{ value|partial_date }}", "2018-02", "Februar 2018", "February 2018", "فبراير 2018"),
        ("{{ value|partial_date }}", "2018-02-09", "9. Februar 2018", "9 February 2018", "9 فبراير 2018"),
        ("{{ value|partial_date }}", "ca. 2018", "etwa 2018", "about 2018", "نحو 2018"),
        ("{{ value|partial_date }}", "2018-00", "2018-00", "2018-00", "2018-00"),
        ("{{ value|as_of }}", Partner(as_of="2018-02"), "Februar 2018", "February 2018", "فبراير 2018"),
        ("{{ value|as_of }}", Partner(as_of="Herbst 2020"), "Herbst 2020", "Herbst 2020", "Herbst 2020"),
        ("{{ value|as_of }}", Partner(), "ohne Datum", "undated", "غير مذكور"),
        ("{{ value|decimal }}", 12000, "12.000", "12,000", "12,000"),
    ],
)
def test_days_and_numbers_are_written_as_readers_expect(
    template: str, value: object, german: str, english: str, arabic: str
) -> None:
    assert [_in(language, template, value) for language in LANGUAGES] == [german, english, arabic]


@pytest.mark.parametrize(
    ("moment", "clock", "iso"),
    [
        (datetime(2026, 12, 1, 9, 5, tzinfo=BERLIN), "09:05", "2026-12-01T09:05+01:00"),
        (datetime(2026, 7, 1, 18, 30, tzinfo=BERLIN), "18:30", "2026-07-01T18:30+02:00"),
    ],
)
def test_times_are_written_alike_in_all_languages(moment: datetime, clock: str, iso: str) -> None:
    written = {_in(language, "{{ value|clock }} {{ value|iso }}", moment) for language in LANGUAGES}

    assert written == {f"{clock} {iso}"}


@pytest.mark.parametrize(
    ("days", "written"),
    [
        (-1, ["", "", ""]),
        (0, ["heute", "today", "اليوم"]),
        (1, ["morgen", "tomorrow", "غدًا"]),
        (2, ["", "", ""]),
    ],
)
@pytest.mark.parametrize("hour", [0, 23])
def test_near_days_have_a_word(days: int, written: list[str], hour: int) -> None:
    now = datetime(2026, 11, 24, hour, 59, tzinfo=BERLIN)
    found = []

    for language in LANGUAGES:
        with override(language):
            found.append(words.relative_day(DAY + timedelta(days=days), now))

    assert found == written


@pytest.mark.parametrize(
    ("language", "text", "written"),
    [
        ("de", BOTH, "Im Hof"),
        ("en", BOTH, "In the yard"),
        ("ar", BOTH, '<span lang="de" dir="ltr">Im Hof</span> (بالألمانية)'),
        ("ar", Text("Im Hof").translated("ar", "في الفناء", State.DRAFT), "في الفناء (مسودة)"),
        ("de-x-leicht", BOTH, '<span lang="de" dir="ltr">Im Hof</span> (in schwerer Sprache)'),
        ("de-x-leicht", BOTH.translated("de-x-leicht", "Im Hof hinten", State.CHECKED), "Im Hof hinten"),
        ("ar", Text(), ""),
        ("de", Text("<b>Hof & Garten"), "&lt;b&gt;Hof &amp; Garten"),
        ("en", Text("<b>Hof"), '<span lang="de" dir="ltr">&lt;b&gt;Hof</span> (in German)'),
    ],
)
def test_words_that_are_not_translated_are_marked_as_german_and_drafts_as_drafts(
    language: str, text: Text, written: str
) -> None:
    assert _in(language, "{% passage value %}", text) == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_spoken_languages_have_their_own_names_in_every_language(language: str) -> None:
    template = "{% for one in value|languages_spoken %}{{ one.code }} {{ one.name }} {{ one.direction }};{% endfor %}"

    assert _in(language, template, ("de", "fa", "rom")) == "de Deutsch ltr;fa فارسی rtl;rom Romani ltr;"


def test_easy_german_shortens_neither_weekdays_nor_months() -> None:
    day = date(2026, 11, 26)
    said = []
    for language in ("de", "de-x-leicht"):
        with override(language):
            said.append((words.weekday_short(day), words.month_short(day)))

    assert said == [("Do", "Nov."), ("Donnerstag", "November")]


def test_easy_german_writes_hours_as_they_are_spoken() -> None:
    span = datetime(2026, 11, 26, 9, 0, tzinfo=BERLIN), datetime(2026, 11, 26, 12, 30, tzinfo=BERLIN)
    said = []
    for language in ("de", "de-x-leicht"):
        with override(language):
            said.append((words.clock(span[0]), words.until(*span)))

    assert said == [("09:00", "09:00 – 12:30"), ("9", "9 Uhr bis 12:30 Uhr")]  # a dash
