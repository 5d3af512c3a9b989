"""The page of staff as tests ask for it: who asks, what is sent, what is read."""

from datetime import date, datetime

from django.test import Client

from lokalwillkommen.accounts.roles import Role
from sprechstunden.models import ChangeKind, Schedule
from sprechstunden.occurrences import BERLIN
from standorte.models import Standort
from tests.factories import make_user
from tests.pages import FormData, Page

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=BERLIN)
TUESDAY, WEDNESDAY, NEXT_TUESDAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 12, 1)
TODAY, CHANGE, ADD, UNDO = (f"/admin/heute/{path}" for path in ("", "termin/", "zusatz/", "zuruecknehmen/"))


def logged_in(*places: Standort, role: Role = Role.COORDINATION, email: str = "team@example.org") -> Client:
    """Log in who looks after some places; without any, after all."""
    client = Client()
    client.force_login(make_user(email, *places, role=role))
    return client


def about(schedule: Schedule, day: date = TUESDAY, kind: ChangeKind = ChangeKind.CANCELLED, **typed: str) -> FormData:
    return {"schedule": str(schedule.uid), "day": f"{day}", "kind": kind.value, **typed}


def moved(schedule: Schedule, **typed: str) -> FormData:
    where = {"new_day": "2026-11-25", "opens": "14:00", "closes": "16:00", "reason": "event"}
    return about(schedule, kind=ChangeKind.MOVED) | where | typed


def extra(schedule: Schedule, **typed: str) -> FormData:
    return {
        "sprechstunde": str(schedule.sprechstunde_id),
        "day": f"{WEDNESDAY}",
        "opens": "14:00",
        "closes": "16:00",
        **typed,
    }


def anchor(schedule: Schedule, day: date = TUESDAY) -> str:
    return f"termin-{schedule.uid}-{day}"


def post(client: Client, path: str, data: FormData) -> Page:
    response = client.post(path, data, follow=True)
    return Page(response, response.content.decode())


def cards(page: Page) -> list[str]:
    return [page.text(found) for found in page.root.iter() if "duty" in (found.get("class") or "").split()]
