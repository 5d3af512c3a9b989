"""Two offices and two partners with one row of each kind, for pages of staff: one's own, and a foreign one.

All that is foreign holds the word FOREIGN, but for what residents may read anyway.
"""

from dataclasses import dataclass
from datetime import date, time

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.test import Client

from lokalwillkommen.accounts.models import User
from lokalwillkommen.accounts.roles import Role
from lokalwillkommen.confirming.models import ConfirmationRequest, OfficeAddress
from lokalwillkommen.contact.models import Mail, Message, Report
from lokalwillkommen.facts.models import Figure
from lokalwillkommen.legal.models import LegalText
from lokalwillkommen.legal.sections import Section
from lokalwillkommen.sign_videos.models import SignVideo, VideoPage
from lokalwillkommen.suggestions.models import Suggestion
from sprechstunden.models import Change, DateCheck, Schedule, Sprechstunde
from standorte.models import Kind, Partner, PartnerRole, Standort, TextVersion
from standorte.models.partner import RoleKind
from standorte.texts import Text
from tests.factories import (
    make_change,
    make_closure,
    make_notice,
    make_partner,
    make_postal_code,
    make_schedule,
    make_sprechstunde,
    make_stadtbezirk,
    make_stadtteil,
    make_standort,
    make_topic,
    make_user,
)
from tests.pages import NOW

FOREIGN = "Fremdwort"
TUESDAY, NEXT = date(2026, 12, 1), date(2026, 12, 8)


@dataclass(frozen=True, slots=True)
class Side:
    """An office, a partner, and what is theirs."""

    office: Standort
    partner: Partner
    offer: Sprechstunde
    of_partner: Sprechstunde
    rows: dict[type[Model], Model]


@dataclass(frozen=True, slots=True)
class World:
    """Both sides, and somebody of each role."""

    own: Side
    foreign: Side
    clients: dict[str, Client]


def make_world() -> World:
    """Make both sides, and let somebody of each role log in, and a stranger."""
    own, foreign = make_side("Eigen", is_published=True), make_side(FOREIGN, is_published=False)
    clients = {"stranger": Client()}
    for role, user in _accounts(own).items():
        clients[role] = Client()
        clients[role].force_login(user)
    return World(own, foreign, clients)


def make_side(word: str, *, is_published: bool) -> Side:
    """Make one of the two; its words, names and addresses hold a word."""
    low = word.lower()
    office = make_standort(f"{word}-Büro", Kind.OFFICE, directions=Text(f"{word} links"), is_published=is_published)
    outreach = make_standort(f"{word}-Ort", Kind.OUTREACH, office=office, is_published=is_published)
    partner = make_partner(f"{word}-Verein", note=f"{word} sagt am Telefon")
    Partner.objects.filter(pk=partner.pk).update(is_published=is_published)
    PartnerRole.objects.create(partner=partner, standort=outreach, kind=RoleKind.RUNS, source=word)
    offer = make_sprechstunde(office=office, title=Text(f"{word}-Sprechstunde"))
    of_partner = make_sprechstunde(partner=partner, title=Text(f"{word}-Café"))
    times = [
        make_schedule(offer, standort=outreach, words=Text(f"{word} klingeln"), valid_from=date(2026, 11, 3)),
        make_schedule(of_partner, standort=outreach, opens=time(15), closes=time(17), words=Text(f"{word} Kuchen")),
    ]
    changes = [make_change(row, TUESDAY, note=Text(f"{word} zu")) for row in times]
    district = make_stadtbezirk(f"Bezirk {len(word)}")
    Suggestion.objects.create(
        key=f"sprechstunden.sprechstunde.{of_partner.pk}.title", partner=partner, german=f"{word} neu", suggested_at=NOW
    )
    written = {"received_at": NOW, "text": f"{word} schreibt", "submission": low}
    rows: tuple[Model, ...] = (
        *(office, offer, partner, changes[0], district),
        make_stadtteil(f"Ortsteil {len(word)}", district),
        make_postal_code(f"4413{len(word) % 10}"),
        make_topic(f"Thema {len(word)}"),
        make_closure(NEXT, NEXT, standorte=[outreach], note=Text(f"{word} geschlossen")),
        make_notice(f"{word} zieht um", TUESDAY, NEXT, outreach),
        Message.objects.create(**written, topic="frage", email=f"{low}@example.org", standort=outreach),
        Report.objects.create(**written, kind="zu", standort=outreach, is_backed=True),
        Mail.objects.create(recipient=f"{low}@example.org", subject=word, created_at=NOW, next_attempt_at=NOW),
        Figure.objects.create(quantity=5, unit="people", standort=outreach, note=word, as_of=word),
        DateCheck.objects.create(
            checked_at=NOW,
            first=TUESDAY,
            last=NEXT,
            offers=1,
            dates=1,
            difference_count=1,
            differences=[{"offer": offer.pk, "name": word, "day": "", "engine": word, "second": ""}],
        ),
        _somebody(low),
        OfficeAddress.objects.create(office=office, email=f"{low}@example.org"),
        ConfirmationRequest.objects.create(office=office, email=f"{low}@example.org", fingerprint=low, created_at=NOW),
        LogEntry.objects.create(object_repr=word, action_flag=CHANGE, user=_somebody(low)),
        LegalText.objects.create(section=Section.NAME if is_published else Section.PHONE, text=Text(f"{word} haftet")),
        SignVideo.objects.create(
            page=VideoPage.START if is_published else VideoPage.ABOUT, title=Text(word), film="a.mp4", poster="a.png"
        ),
        TextVersion.objects.create(
            content_type=ContentType.objects.get_for_model(Sprechstunde),
            object_id=offer.pk,
            field="title",
            language="de",
            state="missing",
            after=f"{word} vorher",
            written_at=NOW,
        ),
    )
    return Side(office, partner, offer, of_partner, {type(row): row for row in rows})


def _somebody(low: str) -> User:
    return User.objects.filter(email=f"{low}@example.org").first() or make_user(f"{low}@example.org")


def registered() -> list[type[Model]]:
    """Give the models that have pages in the admin."""
    return list(admin.site._registry)  # noqa: SLF001  # no public name


def dates_of(side: Side) -> tuple[Schedule, Change]:
    """Give times and a change of the office."""
    schedule = side.offer.schedules.get()
    return schedule, schedule.changes.get()


def _accounts(own: Side) -> dict[str, User]:
    """Make an account for each role; offices and partners look after one's own side."""
    return {
        "office": make_user("office@example.org", own.office),
        "partner": make_user("partner@example.org", partner=own.partner),
        "translator": make_user("translator@example.org"),
        "coordination": make_user("coordination@example.org", role=Role.COORDINATION),
        "administration": make_user("administration@example.org", is_superuser=True),
    }
