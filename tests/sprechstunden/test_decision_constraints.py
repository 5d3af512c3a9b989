"""What must hold about changes of dates and closures, whoever writes to the database."""

from collections.abc import Callable
from datetime import date, time

import pytest
from django.utils.translation import override

from sprechstunden.models import Change, ChangeKind, Closure
from tests.factories import make_called_off, make_change, make_closure, make_schedule
from tests.violations import NOT_A_CHOICE, Values, Violation, constraints_of

pytestmark = pytest.mark.django_db

TUESDAY, NEXT_TUESDAY = date(2026, 11, 24), date(2026, 12, 1)
NO_REASON = "Please choose a reason."


def _says(**values: object) -> Callable[[], Values]:
    return lambda: values


def _cancelled() -> Change:
    return make_change(make_schedule(), TUESDAY)


def _second_cancelled() -> Change:
    return make_change(_cancelled().schedule, NEXT_TUESDAY)


def _moved() -> Change:
    return make_change(make_schedule(), TUESDAY, ChangeKind.MOVED, opens=time(14), closes=time(16))


def _extra() -> Change:
    return make_change(make_schedule(), TUESDAY, ChangeKind.EXTRA, opens=time(14), closes=time(16))


def _second_extra() -> Change:
    return make_change(_extra().schedule, TUESDAY, ChangeKind.EXTRA, opens=time(17), closes=time(18))


def _called_off() -> Change:
    return make_called_off(_moved())


def _closed() -> Closure:
    return make_closure(TUESDAY, NEXT_TUESDAY)


WHERE_TO = "Please give a new day, new times or a new place."
VIOLATIONS = [
    Violation("change_has_a_known_reason", _cancelled, _says(reason="sonst"), [NOT_A_CHOICE]),
    Violation("change_is_of_a_known_kind", _extra, _says(kind="sonst"), [NOT_A_CHOICE]),
    Violation("change_that_moves_a_date_says_where_to", _cancelled, _says(new_day=NEXT_TUESDAY), [WHERE_TO]),
    Violation("change_that_moves_a_date_says_where_to", _moved, _says(opens=None, closes=None), [WHERE_TO]),
    Violation(
        "change_that_adds_a_date_gives_its_times",
        _extra,
        _says(closes=None),
        ["Please give the times from and to."],
    ),
    Violation(
        "change_that_calls_off_another_is_a_cancellation",
        _called_off,
        _says(kind="extra"),
        ["Constraint “change_that_calls_off_another_is_a_cancellation” is violated."],
    ),
    Violation("change_that_moves_a_date_says_where_to", _called_off, _says(new_day=NEXT_TUESDAY), [WHERE_TO]),
    Violation("change_opens_before_it_closes", _moved, _says(closes=time(14)), ["It must open before it closes."]),
    Violation("change_that_takes_a_date_away_gives_a_reason", _cancelled, _says(reason=""), [NO_REASON]),
    Violation(
        "change_is_the_only_one_of_its_date",
        _second_cancelled,
        _says(day=TUESDAY),
        ["This date has been changed already: please take that back first."],
    ),
    Violation(
        "change_adds_one_date_at_a_time",
        _second_extra,
        _says(opens=time(14)),
        ["There is already an extra date at this time."],
    ),
    Violation("closure_has_a_known_reason", _closed, _says(reason="sonst"), [NOT_A_CHOICE]),
    Violation(
        "closure_first_day_is_not_after_its_last",
        _closed,
        _says(last=date(2026, 11, 23)),
        ["The last day comes before the first day."],
    ),
    Violation("closure_gives_a_reason", _closed, _says(reason=""), [NO_REASON]),
]
TRIED = {violation.constraint for violation in VIOLATIONS}


@pytest.mark.parametrize("violation", VIOLATIONS, ids=str)
def test_the_database_refuses(violation: Violation) -> None:
    violation.is_refused_by_the_database()


@pytest.mark.parametrize("violation", [one for one in VIOLATIONS if one.sentences != [NOT_A_CHOICE]], ids=str)
def test_people_get_a_sentence_about(violation: Violation) -> None:
    violation.is_refused_with_its_sentences()


def test_every_constraint_of_decisions_is_tried() -> None:
    names = [name for name in constraints_of("sprechstunden") if name.startswith(("change_", "closure_"))]

    assert names == sorted(TRIED)


def test_decisions_of_each_kind_are_accepted() -> None:
    held = make_change(make_schedule(), TUESDAY, ChangeKind.HELD)

    for row in (_cancelled(), _moved(), _called_off(), _second_extra(), held, _closed()):
        row.full_clean()

    with override("de"):
        assert [str(held), str(_closed())] == ["24.11.2026: findet trotzdem statt", "24.11.2026 – 01.12.2026"]
