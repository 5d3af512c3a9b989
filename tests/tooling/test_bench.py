"""What the bench compares is the same on both sides."""

from sprechstunden.precedence import OccurrenceState
from tests.bench.dates import all_dates, as_rruleset, make_offer, next_date, other_all_dates, other_next_date


def test_engine_and_dateutil_are_measured_on_the_same_dates() -> None:
    for number in range(120):
        offer, other = make_offer(number), as_rruleset(number)

        held = [one.starts.replace(tzinfo=None) for one in all_dates(offer) if one.state is OccurrenceState.PLANNED]

        assert held == other_all_dates(other)
        assert next_date(offer).starts.replace(tzinfo=None) == other_next_date(other)
        assert len(held) < len(all_dates(offer))
