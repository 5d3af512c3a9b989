"""What must hold about offers and their times, whoever writes to the database."""

from collections.abc import Callable
from datetime import date, time

import pytest
from django.db import IntegrityError
from django.utils.translation import override

from sprechstunden.models import Frequency, Participation, Schedule
from standorte.models import Partner
from tests.factories import (
    make_participation,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_topic,
    make_undated,
    make_user,
)
from tests.violations import NOT_A_CHOICE, Values, Violation, constraints_of

pytestmark = pytest.mark.django_db

FIRST_DATE = date(2021, 11, 9)
COUNTED = "Please give the first date: the weeks are counted from it."
WEEKDAYS = "Please tick the weekdays; for every month exactly one."


def _says(**values: object) -> Callable[[], Values]:
    return lambda: values


def _fortnightly() -> Schedule:
    return make_schedule(interval=2, anchor=FIRST_DATE)


def _monthly() -> Schedule:
    return make_schedule(frequency=Frequency.MONTHLY, positions=("1",))


def _once() -> Schedule:
    return make_schedule(frequency=Frequency.ONCE, weekdays=(), anchor=FIRST_DATE)


def _second_version() -> Schedule:
    return make_schedule(make_schedule(valid_from=date(2026, 1, 1)).sprechstunde, valid_from=date(2026, 7, 1))


def _version_after_the_first() -> Schedule:
    return make_schedule(make_schedule().sprechstunde, valid_from=date(2026, 7, 1))


def _participation() -> Participation:
    return make_participation(make_sprechstunde(), make_partner("Verein"))


def _second_participation() -> Participation:
    return make_participation(_participation().sprechstunde, make_partner("Malteser"))


# What the forms say about times at their fields stands in test_models.py; these are the database's own sentences.
SENTENCES = {
    "schedule_opens_before_it_closes": "It must open before it closes.",
    "schedule_with_dates_has_times": "Please give the times from and to.",
    "schedule_first_day_is_not_after_its_last": "The last day comes before the first day.",
    "schedule_has_a_first_date_just_where_weeks_are_counted": COUNTED,
    "schedule_has_the_weekdays_its_frequency_needs": WEEKDAYS,
    "schedule_versions_begin_on_different_days": "There are already times that begin on this day.",
    "schedule_without_a_first_day_stands_once": (
        "There are already times without a first day: please say from when the new ones hold."
    ),
}
OF_TIMES = [
    ("schedule_opens_before_it_closes", make_schedule, {"closes": time(9)}),
    ("schedule_opens_before_it_closes", make_schedule, {"closes": time(10)}),
    ("schedule_opens_before_it_closes", make_undated, {"opens": time(12), "closes": time(10)}),
    ("schedule_with_dates_has_times", make_schedule, {"opens": None, "closes": None}),
    (
        "schedule_first_day_is_not_after_its_last",
        make_schedule,
        {"valid_from": date(2026, 7, 1), "valid_until": date(2026, 6, 30)},
    ),
    ("schedule_has_a_first_date_just_where_weeks_are_counted", make_schedule, {"anchor": FIRST_DATE}),
    ("schedule_has_a_first_date_just_where_weeks_are_counted", _fortnightly, {"anchor": None}),
    ("schedule_has_a_first_date_just_where_weeks_are_counted", _once, {"anchor": None}),
    ("schedule_has_a_first_date_just_where_weeks_are_counted", _once, {"interval": 2}),
    ("schedule_has_a_first_date_just_where_weeks_are_counted", _monthly, {"interval": 2}),
    ("schedule_has_a_first_date_just_where_weeks_are_counted", make_undated, {"anchor": FIRST_DATE}),
    ("schedule_has_the_weekdays_its_frequency_needs", make_schedule, {"weekdays": ()}),
    ("schedule_has_the_weekdays_its_frequency_needs", make_schedule, {"positions": ("1",)}),
    ("schedule_has_the_weekdays_its_frequency_needs", _monthly, {"weekdays": ("MO", "TU")}),
    ("schedule_has_the_weekdays_its_frequency_needs", _monthly, {"weekdays": ()}),
    ("schedule_has_the_weekdays_its_frequency_needs", _monthly, {"positions": ()}),
    ("schedule_has_the_weekdays_its_frequency_needs", _once, {"weekdays": ("TU",)}),
    ("schedule_has_the_weekdays_its_frequency_needs", make_undated, {"positions": ("1",)}),
    ("schedule_interval_is_1_to_52_weeks", _fortnightly, {"interval": 53}),
    ("schedule_versions_begin_on_different_days", _second_version, {"valid_from": date(2026, 1, 1)}),
    ("schedule_without_a_first_day_stands_once", _version_after_the_first, {"valid_from": None}),
]
WITH_EVIDENCE = (("topic", make_topic), ("schedule", make_schedule), ("participation", _participation))
OTHERS = [
    Violation(
        "partner_takes_part_once_in_a_sprechstunde",
        _second_participation,
        lambda: {"partner": Partner.objects.get(name="Verein")},
        ["Offer it takes part in with this Offer and Partner already exists."],
    ),
    Violation(
        "sprechstunde_has_an_office_or_a_partner_not_both",
        make_sprechstunde,
        lambda: {"partner": make_partner()},
        ["Please choose a responsible office or a partner, not both."],
    ),
    Violation("sprechstunde_has_a_known_kind", make_sprechstunde, _says(kind="sonst"), [NOT_A_CHOICE]),
    Violation(
        "sprechstunde_has_a_known_walk_in_answer",
        make_sprechstunde,
        _says(walk_in="sonst"),
        [NOT_A_CHOICE],
    ),
    *(
        Violation(
            f"{name}_as_of_begins_before_it_ends",
            row,
            _says(as_of_earliest=date(2019, 1, 1), as_of_latest=date(2018, 12, 31)),
            ["The earliest day comes after the latest day."],
        )
        for name, row in WITH_EVIDENCE
    ),
    *(
        Violation(
            f"{name}_confirmed_by_somebody_has_a_day",
            row,
            lambda: {"confirmed_by": make_user()},
            [f"Constraint “{name}_confirmed_by_somebody_has_a_day” is violated."],
        )
        for name, row in WITH_EVIDENCE
    ),
]


@pytest.mark.parametrize(("constraint", "row", "values"), OF_TIMES)
def test_the_database_refuses_times(constraint: str, row: Callable[[], Schedule], values: Values) -> None:
    Violation(constraint, row, lambda: values).is_refused_by_the_database()


def test_the_database_refuses_a_frequency_nobody_knows() -> None:
    make_schedule()

    # It breaks every constraint that names frequencies; which one is told depends on the database.
    with pytest.raises(IntegrityError):
        Schedule.objects.update(frequency="sonst")


@pytest.mark.parametrize("violation", OTHERS, ids=str)
def test_the_database_refuses(violation: Violation) -> None:
    violation.is_refused_by_the_database()


@pytest.mark.parametrize("violation", OTHERS, ids=str)
def test_people_get_a_sentence_about(violation: Violation) -> None:
    violation.is_refused_with_its_sentences()


@pytest.mark.parametrize(("constraint", "row", "values"), OF_TIMES[-2:])
def test_a_second_version_for_the_same_days_gets_a_sentence(
    constraint: str, row: Callable[[], Schedule], values: Values
) -> None:
    Violation(constraint, row, lambda: values, [SENTENCES[constraint]]).is_refused_with_its_sentences()


def test_the_sentences_of_the_database_can_be_read() -> None:
    with override("en"):
        constraints = Schedule._meta.constraints  # noqa: SLF001  # public
        found = {constraint.name: str(constraint.get_violation_error_message()) for constraint in constraints}

    assert {name: found[name] for name in SENTENCES} == SENTENCES


def test_a_schedule_of_each_frequency_is_accepted() -> None:
    rows = [row() for row in (make_schedule, _fortnightly, _monthly, _once, make_undated)]

    for row in rows:
        row.full_clean(exclude=["valid_from"])

    assert Schedule.objects.count() == len(rows)


def test_every_constraint_is_tried() -> None:
    tried = (
        {"schedule_has_a_known_frequency"}
        | {name for name, _row, _values in OF_TIMES}
        | {violation.constraint for violation in OTHERS}
    )

    names = constraints_of("sprechstunden")
    assert sorted(tried) == [name for name in names if not name.startswith(("change_", "closure_"))]
