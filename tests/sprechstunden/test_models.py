"""Times as staff type them: put in their one form, or refused with a sentence at the field."""

from datetime import date, time

import pytest
from django.utils.translation import override

from sprechstunden.models import Frequency, Schedule, Sprechstunde, SprechstundeKind
from sprechstunden.recurrence import Monthly, Once, Rule, RuleError, Undated, Weekly
from sprechstunden.series import Series
from standorte.texts import Text
from tests.factories import ScheduleFields, make_office, make_schedule, make_sprechstunde, make_standort, make_topic
from tests.violations import refusals

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 12, 1)
NEAREST = "%s is not one of the weekdays. The nearest date is %s."


def _typed(**fields: object) -> Schedule:
    """Give times as a form fills them in, Tuesdays from ten to twelve unless something else is typed."""
    times = {"weekdays": ("TU",), "opens": time(10), "closes": time(12), **fields}
    return Schedule(sprechstunde=make_sprechstunde(), **times)


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        (
            {"closes": time(9)},
            {"closes": ["It must open before it closes: this end is not after the beginning."]},
        ),
        (
            {"closes": time(10)},
            {"closes": ["It must open before it closes: this end is not after the beginning."]},
        ),
        ({"opens": None, "closes": None}, {"opens": ["Please give the times from and to."]}),
        ({"closes": None}, {"closes": ["Please give the times from and to."]}),
        ({"opens": None}, {"opens": ["Please give the times from and to."]}),
        ({"frequency": Frequency.NONE, "closes": None}, {"closes": ["Please give the times from and to."]}),
        (
            {"valid_from": date(2026, 12, 2), "valid_until": TUESDAY},
            {"valid_until": ["The last day comes before the first day."]},
        ),
        (
            {"frequency": Frequency.ONCE, "anchor": date(2027, 3, 28), "opens": time(2, 30)},
            {"opens": ["This time does not exist on that day: the clocks go forward, from 2:00 to 3:00."]},
        ),
        ({"weekdays": ()}, {"weekdays": ["Please tick at least one weekday."]}),
        (
            {"frequency": Frequency.MONTHLY, "weekdays": (), "positions": ("1",)},
            {"weekdays": ["Please tick the weekdays; for every month exactly one."]},
        ),
        (
            {"frequency": Frequency.MONTHLY, "weekdays": ("MO", "TU"), "positions": ("1",)},
            {"weekdays": ["Please tick the weekdays; for every month exactly one."]},
        ),
        (
            {"frequency": Frequency.MONTHLY},
            {"positions": ["Please tick which one in the month: the first, the second, …"]},
        ),
        ({"interval": 2}, {"anchor": ["Please give the first date: the weeks are counted from it."]}),
        (
            {"frequency": Frequency.ONCE},
            {"anchor": ["Please give the first date: the weeks are counted from it."]},
        ),
        (
            {"interval": 2, "anchor": date(2026, 12, 2)},
            {"anchor": [NEAREST % ("Wednesday, 2 December 2026", "Tuesday, 1 December 2026")]},
        ),
        (
            {"interval": 2, "anchor": date(2026, 12, 5), "weekdays": ("TU", "FR")},
            {"anchor": [NEAREST % ("Saturday, 5 December 2026", "Friday, 4 December 2026")]},
        ),
        (
            {"closes": time(9), "weekdays": ()},
            {
                "closes": ["It must open before it closes: this end is not after the beginning."],
                "weekdays": ["Please tick at least one weekday."],
            },
        ),
    ],
)
def test_what_is_no_time_gets_one_sentence_at_its_field(
    typed: dict[str, object], refused: dict[str, list[str]]
) -> None:
    assert refusals(_typed(**typed)) == refused


def test_times_that_hold_every_week_may_lie_in_an_hour_that_the_clock_skips_once() -> None:
    _typed(weekdays=("SU",), opens=time(2, 30)).full_clean()


def test_times_may_hold_on_a_single_day() -> None:
    _typed(valid_from=TUESDAY, valid_until=TUESDAY).full_clean()


@pytest.mark.parametrize("interval", [0, 53])
def test_an_interval_is_one_to_52_weeks(interval: int) -> None:
    assert list(refusals(_typed(interval=interval, anchor=TUESDAY))) == ["interval"]


def test_a_frequency_nobody_knows_is_refused_and_breaks_nothing() -> None:
    assert refusals(_typed(frequency="sonst"))["frequency"] == ["Value 'sonst' is not a valid choice."]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        # Every week there is nothing to count: the first date is the day from which it holds.
        ({"anchor": TUESDAY}, (1, ("TU",), (), None, TUESDAY)),
        ({"anchor": TUESDAY, "valid_from": date(2026, 11, 1)}, (1, ("TU",), (), None, date(2026, 11, 1))),
        ({"positions": ("1",)}, (1, ("TU",), (), None, None)),
        ({"interval": 2, "anchor": TUESDAY, "positions": ("1",)}, (2, ("TU",), (), TUESDAY, None)),
        # Somebody changes the frequency and leaves the rest of the form as it was.
        (
            {"frequency": Frequency.MONTHLY, "interval": 2, "anchor": TUESDAY, "positions": ("1", "-1")},
            (1, ("TU",), ("1", "-1"), None, None),
        ),
        (
            {"frequency": Frequency.ONCE, "interval": 2, "anchor": TUESDAY, "positions": ("1",)},
            (1, (), (), TUESDAY, None),
        ),
        (
            {"frequency": Frequency.NONE, "interval": 2, "anchor": TUESDAY, "positions": ("1",)},
            (1, (), (), None, None),
        ),
    ],
)
def test_what_the_frequency_does_not_need_is_dropped(typed: dict[str, object], kept: tuple[object, ...]) -> None:
    schedule = _typed(**typed)

    schedule.full_clean()
    schedule.save()

    found = Schedule.objects.get()
    assert (found.interval, found.weekdays, found.positions, found.anchor, found.valid_from) == kept


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"weekdays": ("FR", "MO")}, Weekly((0, 4))),
        ({"interval": 2, "anchor": TUESDAY}, Weekly((1,), 2, TUESDAY)),
        ({"frequency": Frequency.MONTHLY, "positions": ("-1", "1")}, Monthly(1, (1, -1))),
        ({"frequency": Frequency.ONCE, "weekdays": (), "anchor": TUESDAY}, Once(TUESDAY)),
        ({"frequency": Frequency.NONE, "weekdays": ()}, Undated()),
    ],
)
def test_a_row_is_the_rule_the_engine_reads(fields: ScheduleFields, rule: Rule) -> None:
    make_schedule(**fields)

    assert Schedule.objects.get().rule() == rule


@pytest.mark.parametrize("frequency", [Frequency.ONCE, Frequency.WEEKLY, Frequency.MONTHLY])
def test_a_row_that_lacks_what_its_rule_needs_is_no_rule(frequency: Frequency) -> None:
    with pytest.raises(RuleError):
        Schedule(frequency=frequency).rule()


def test_a_version_is_a_series_with_its_own_key() -> None:
    schedule = make_schedule(
        valid_from=TUESDAY, valid_until=date(2027, 1, 31), held_on_closing_days=True, follows_school_holidays=True
    )

    series = Schedule.objects.get().series()

    assert series == Series(
        key=str(schedule.uid),
        rule=Weekly((1,)),
        opens=time(10),
        closes=time(12),
        valid_from=TUESDAY,
        valid_until=date(2027, 1, 31),
        held_on_closing_days=True,
        follows_school_holidays=True,
        place=str(schedule.standort_id),
    )


@pytest.mark.parametrize(
    ("of_place", "of_hour", "spoken"),
    [
        (("ar",), ("tr", "uk"), ("tr", "uk")),
        (("ar",), (), ("ar",)),
        ((), (), ()),
        (None, ("tr",), ("tr",)),
        (None, (), ()),
    ],
)
def test_languages_of_an_hour_are_its_own_else_those_of_its_place(
    of_place: tuple[str, ...] | None, of_hour: tuple[str, ...], spoken: tuple[str, ...]
) -> None:
    place = None if of_place is None else make_standort(languages=of_place)
    make_schedule(standort=place, languages=of_hour)

    assert Schedule.objects.get().spoken() == spoken


def test_versions_stand_in_the_order_in_which_they_hold_the_oldest_first() -> None:
    sprechstunde = make_sprechstunde()
    days = [date(2026, 7, 1), None, date(2026, 1, 1)]
    for day in days:
        make_schedule(sprechstunde, valid_from=day)

    assert [schedule.valid_from for schedule in Schedule.objects.all()] == [None, date(2026, 1, 1), date(2026, 7, 1)]


def test_an_offer_is_called_by_its_own_name_else_by_its_kind() -> None:
    office = make_office()
    cafe = make_sprechstunde(SprechstundeKind.MEETING_PLACE, office, title=Text("Café International"))
    hour = make_schedule(make_sprechstunde(office=office))
    undated = Schedule(sprechstunde=cafe)

    with override("en"):
        names = [str(row) for row in (cafe, hour.sprechstunde, hour, undated, make_topic())]

    assert names == [
        *("Café International", "consultation hour", "consultation hour 10:00:00"),
        *("Café International", "Wohnen"),
    ]


def test_residents_see_published_offers_at_an_address_that_stays() -> None:
    seen = make_sprechstunde()
    make_sprechstunde(is_published=False)

    with override("de"):
        addresses = [offer.get_absolute_url() for offer in Sprechstunde.objects.published()]

    assert addresses == [f"/de/sprechstunden/{seen.pk}/"]


def test_every_version_has_its_own_identity_in_feeds() -> None:
    sprechstunde = make_sprechstunde()

    uids = {make_schedule(sprechstunde, valid_from=day).uid for day in (None, TUESDAY)}

    assert len(uids) == 2


def test_only_times_with_dates_are_dated() -> None:
    assert {frequency: Schedule(frequency=frequency).is_dated for frequency in Frequency} == {
        Frequency.WEEKLY: True,
        Frequency.MONTHLY: True,
        Frequency.ONCE: True,
        Frequency.NONE: False,
    }
