"""Check all dates by a second, independent computation."""

from argparse import ArgumentTypeError
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from sprechstunden.models import Difference
from sprechstunden.self_check import compare, record


class Command(BaseCommand):
    """Compares every published offer and keeps the result for operators. A difference is exit code 1."""

    help = "Computes the dates of all published offers a second time, by another road, and names each difference."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the first day and how many days ahead."""
        parser.add_argument("--day", type=_day, help="the first day, as in 2026-12-01; without it today")
        parser.add_argument("--days", type=_days, default=400, help="how many days ahead; without it 400")

    def handle(self, *_args: Any, day: date | None, days: int, **_options: Any) -> None:  # noqa: ANN401  # Django's signature
        """Compare, keep, and say what was found."""
        now = timezone.localtime()
        first = day or now.date()
        try:
            last = first + timedelta(days)
        except OverflowError as end:
            message = "The calendar ends before that day."
            raise CommandError(message) from end
        found = compare(first, last, now)
        record(found, first, last, now)
        for difference in found.differences:
            self.stderr.write(sentence(difference))
        compared = f"{found.dates} dates of {found.offers} offers from {first} to {last}"
        if found.differences:
            message = f"{compared}: {len(found.differences)} differences."
            raise CommandError(message)
        self.stdout.write(f"{compared}: both computations agree.")


def sentence(difference: Difference) -> str:
    """Name an offer or a closure, a day, and what each says about it."""
    offer = f"{difference['name']} (offer {difference['offer']})" if difference["offer"] else difference["name"]
    if not difference["day"]:
        return f"{offer}: {difference['second']}"
    engine, second = difference["engine"] or "no date", difference["second"] or "no date"
    return f"{offer}, {difference['day']}: the engine says {engine}; the second computation {second}"


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as fault:
        message = f"“{typed}” is no day: write it like 2026-12-01."
        raise ArgumentTypeError(message) from fault


def _days(typed: str) -> int:
    if not typed.isdecimal() or not int(typed):
        message = f"“{typed}” is no number of days: write 1 or more."
        raise ArgumentTypeError(message)
    return int(typed)
