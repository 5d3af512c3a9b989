"""Things with a printed address go or move: their address remembers what was there."""

from datetime import datetime

from django.db.models import Model

from standorte.models import Partner, Printed, Standort, Tombstone


def bury(kind: Printed, address: str, row: Model, at: datetime, successor: str = "") -> None:
    """Remember that a row is gone, and where it goes on; what was at the address before is forgotten."""
    about = {"row": str(row.pk), "name": str(row)[:200], "gone_at": at, "successor": successor, "has_moved": False}
    Tombstone.objects.update_or_create(kind=kind, address=address, defaults=about)


def note_move(before: Standort | Partner, after: Standort | Partner, at: datetime) -> None:
    """Let the old address of what residents could see lead to the new one."""
    if before.slug == after.slug or not before.is_published:
        return
    about = {"row": str(after.pk), "name": str(after), "gone_at": at, "successor": after.slug, "has_moved": True}
    kind = Printed.PLACE if isinstance(after, Standort) else Printed.PARTNER
    Tombstone.objects.update_or_create(kind=kind, address=before.slug, defaults=about)


def trace(kind: Printed, address: str) -> list[Tombstone]:
    """Give what stood at an address, and what stood where it went on, and so on; nothing twice."""
    found: list[Tombstone] = []
    stones = {stone.address: stone for stone in Tombstone.objects.filter(kind=kind)}
    while (stone := stones.pop(address, None)) is not None:
        found.append(stone)
        address = stone.successor
    return found
