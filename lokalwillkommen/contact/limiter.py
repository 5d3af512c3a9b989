"""Who sends forms how often, without knowing who: a mark made of the visitor's address and a random key of the day.

The mark is still personal data: it can be recomputed while the key exists. So both are deleted after a day or two.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from ipaddress import IPv6Address, ip_address
from typing import Self

from django.conf import settings
from django.http import HttpRequest

from lokalwillkommen.contact.models import DailySecret, Report, Submission

# Generous: all people of a shelter may share one address.
MOST_IN_AN_HOUR = 30
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
_HOUSEHOLD = 64  # bits of an IPv6 address that its network gives to one connection


@dataclass(frozen=True, slots=True)
class Sender:
    """The marks of one address: the one of today, and that of yesterday to compare with."""

    today: str
    yesterday: str

    @classmethod
    def of(cls, request: HttpRequest, now: datetime) -> Self:
        """Give the marks of whoever sends a request, and lock: until the transaction ends the next one waits."""
        network = network_of(visitor_address(request))
        day = now.date()
        return cls(*(_mark(_secret(one), network) for one in (day, day - DAY)))

    def may_send(self, now: datetime) -> bool:
        """Tell whether fewer forms than the limit came from this address within the last hour."""
        marks = (self.today, self.yesterday)
        return Submission.objects.filter(mark__in=marks, at__gt=now - HOUR).count() < MOST_IN_AN_HOUR

    def count(self, now: datetime) -> None:
        """Remember for an hour that a form was sent."""
        Submission.objects.create(mark=self.today, at=now)


def visitor_address(request: HttpRequest) -> str:
    """Give the address a request came from; behind a proxy the one the proxy saw, which it adds last."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def network_of(address: str) -> str:
    """Give what one connection keeps: an IPv4 address, or the first half of an IPv6 address."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or int(found) >> _HOUSEHOLD)


def forget(now: datetime) -> None:
    """Delete what is no longer needed: counts after an hour, marks after a day, keys on the day after the next."""
    Submission.objects.filter(at__lte=now - HOUR).delete()
    Report.objects.filter(received_at__lte=now - DAY).exclude(mark="").update(mark="")
    DailySecret.objects.filter(day__lt=now.date() - DAY).delete()


def _secret(day: date) -> bytes:
    DailySecret.objects.get_or_create(day=day, defaults={"key": secrets.token_bytes(32)})
    return bytes(DailySecret.objects.select_for_update().get(day=day).key)


def _mark(key: bytes, network: str) -> str:
    return hmac.new(key, network.encode(), "sha256").hexdigest()
