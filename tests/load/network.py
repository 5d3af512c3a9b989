"""A network far larger than any city's, written into an empty database; for `bench pages` only.

Every place and every offer is made up. Run by itself with the settings of the portal.
"""

from collections.abc import Iterator
from datetime import date, time
from itertools import cycle, islice

import django
from django.db import transaction

PLACES, OFFERS = 7_000, 50_000
CONFIRMED = date(2026, 11, 1)


def main() -> None:
    """Fill the database up to so many places and offers; the first ones are those of the network."""
    from sprechstunden.models import Schedule, Sprechstunde, SprechstundeKind  # noqa: PLC0415  # Django is set up now
    from standorte.models import Kind, Standort  # noqa: PLC0415  # as above

    def places() -> Iterator[Standort]:
        for number in range(PLACES - Standort.objects.count()):
            name = f"Beispielort {number:05}"
            yield Standort(name=name, slug=f"beispielort-{number:05}", kind=Kind.VENUE, street=f"Beispielweg {number}")

    with transaction.atomic():
        office = Standort.objects.offices().first()
        made = Standort.objects.bulk_create(places(), batch_size=1000)
        rows = [Sprechstunde(kind=SprechstundeKind.DROP_IN, office=office) for _ in range(OFFERS)]
        offers = Sprechstunde.objects.bulk_create(rows, batch_size=1000)
        weekdays = ("MO", "TU", "WE", "TH", "FR")
        Schedule.objects.bulk_create(
            (
                Schedule(
                    sprechstunde=offer,
                    standort=standort,
                    weekdays=(weekdays[number % 5],),
                    opens=time(8 + number % 9),
                    closes=time(9 + number % 9, 30),
                    confirmed_on=CONFIRMED,
                )
                for number, (offer, standort) in enumerate(zip(offers, islice(cycle(made), OFFERS), strict=True))
            ),
            batch_size=1000,
        )


if __name__ == "__main__":
    django.setup()
    main()
