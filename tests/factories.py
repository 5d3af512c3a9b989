"""Rows for tests: whatever is not said is the simplest thing that can be.

Without words of its own a row is a drop-in hour at the office Mengede/Huckarde, on Tuesdays from ten to twelve,
which nobody has confirmed.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Literal, TypedDict, Unpack

from django.utils.text import slugify

from lokalwillkommen.accounts.models import User
from lokalwillkommen.accounts.roles import Role
from lokalwillkommen.notices.models import Notice
from sprechstunden.models import (
    Change,
    ChangeKind,
    Closure,
    Frequency,
    Participation,
    Schedule,
    Sprechstunde,
    SprechstundeKind,
    StaffReason,
    Topic,
)
from sprechstunden.models.closure import places_of_partners
from standorte.models import Answer, Kind, Partner, PostalCode, Stadtbezirk, Stadtteil, Standort
from standorte.models.partner import PartnerKind
from standorte.texts import Text

OFFICE = "Mengede/Huckarde"


class EvidenceFields(TypedDict, total=False):
    """What everything that carries evidence may be given."""

    source: str
    as_of: str
    as_of_earliest: date | None
    as_of_latest: date | None
    stated: bool
    note: str
    confirmed_on: date | None
    confirmed_by: User | None


class StandortFields(TypedDict, total=False):
    """What a place may be given beside its name and kind."""

    other_name: str
    office: Standort | None
    stadtbezirk: Stadtbezirk | None
    building: Text
    directions: Text
    street: str
    postal_code: str
    email: str
    languages: Sequence[str]
    step_free: Answer
    lift: Answer
    accessible_toilet: Answer
    access_checked_on: date | None
    is_published: bool


class SprechstundeFields(TypedDict, total=False):
    """What an offer may be given beside its kind and who is responsible."""

    title: Text
    walk_in: Answer
    bring: Sequence[str]
    is_published: bool


class ScheduleFields(EvidenceFields, total=False):
    """What times may be given; the defaults stand in make_schedule."""

    frequency: Frequency
    interval: int
    weekdays: Sequence[str]
    positions: Sequence[str]
    anchor: date | None
    opens: time | None
    closes: time | None
    valid_from: date | None
    valid_until: date | None
    standort: Standort | None
    languages: Sequence[str]
    words: Text
    held_on_closing_days: bool
    follows_school_holidays: bool


class DecisionFields(TypedDict, total=False):
    """What a decision of staff may be given."""

    reason: StaffReason | Literal[""]
    note: Text
    decided_at: datetime
    decided_by: User | None


class ChangeFields(DecisionFields, total=False):
    """What a change of a date may be given beside its day and kind."""

    new_day: date | None
    opens: time | None
    closes: time | None
    standort: Standort | None


class ClosureFields(DecisionFields, total=False):
    """What a closure may be given beside its days, and what it may be for."""

    standorte: Sequence[Standort]
    partners: Sequence[Partner]
    sprechstunden: Sequence[Sprechstunde]


def make_standort(name: str = "Marten", kind: Kind = Kind.VENUE, **fields: Unpack[StandortFields]) -> Standort:
    """Make a place; somebody else's room needs no office."""
    return Standort.objects.create(name=name, slug=slugify(name.replace("/", "-")), kind=kind, **fields)


def make_office(name: str = OFFICE, **fields: Unpack[StandortFields]) -> Standort:
    """Make one of the offices."""
    return make_standort(name, Kind.OFFICE, **fields)


def make_partner(
    name: str = "Diakonie", kind: PartnerKind = PartnerKind.WELFARE_ASSOCIATION, **fields: Unpack[EvidenceFields]
) -> Partner:
    """Make an organisation."""
    return Partner.objects.create(name=name, slug=slugify(name), kind=kind, **fields)


def make_stadtbezirk(
    name: str = "Mengede", office: Standort | None = None, **fields: Unpack[EvidenceFields]
) -> Stadtbezirk:
    """Make a city district."""
    return Stadtbezirk.objects.create(name=name, slug=slugify(name), office=office, **fields)


def make_stadtteil(
    name: str = "Westerfilde", stadtbezirk: Stadtbezirk | None = None, **fields: Unpack[EvidenceFields]
) -> Stadtteil:
    """Make a neighbourhood; without a district, one in a new district."""
    return Stadtteil.objects.create(name=name, stadtbezirk=stadtbezirk or make_stadtbezirk(), **fields)


def make_postal_code(code: str = "44357", **fields: Unpack[EvidenceFields]) -> PostalCode:
    """Make a postal code with the centre of Dortmund."""
    return PostalCode.objects.create(code=code, latitude="51.51", longitude="7.46", **fields)


def make_topic(name: str = "Wohnen", **fields: Unpack[EvidenceFields]) -> Topic:
    """Make something people come for."""
    return Topic.objects.create(name=Text(name), slug=slugify(name), **fields)


def make_sprechstunde(
    kind: SprechstundeKind = SprechstundeKind.DROP_IN,
    office: Standort | None = None,
    partner: Partner | None = None,
    **fields: Unpack[SprechstundeFields],
) -> Sprechstunde:
    """Make an offer without times; without anybody responsible, one of the default office."""
    if office is None and partner is None:
        office = _default_office()
    return Sprechstunde.objects.create(kind=kind, office=office, partner=partner, **fields)


def make_participation(sprechstunde: Sprechstunde, partner: Partner, **fields: Unpack[EvidenceFields]) -> Participation:
    """Let a partner take part in an offer."""
    return Participation.objects.create(sprechstunde=sprechstunde, partner=partner, **fields)


def make_schedule(sprechstunde: Sprechstunde | None = None, **fields: Unpack[ScheduleFields]) -> Schedule:
    """Make times; those without a place are at the office of their offer."""
    sprechstunde = sprechstunde or make_sprechstunde()
    return Schedule.objects.create(**{**default_times(sprechstunde), **fields}, sprechstunde=sprechstunde)


def make_undated(sprechstunde: Sprechstunde | None = None, **fields: Unpack[ScheduleFields]) -> Schedule:
    """Make times of which no dates are known."""
    times: ScheduleFields = {"frequency": Frequency.NONE, "weekdays": (), "opens": None, "closes": None}
    times.update(fields)
    return make_schedule(sprechstunde, **times)


def make_change(
    schedule: Schedule, day: date, kind: ChangeKind = ChangeKind.CANCELLED, **fields: Unpack[ChangeFields]
) -> Change:
    """Change one date; one that is cancelled or moved is so because of a training."""
    needs_reason = kind in {ChangeKind.CANCELLED, ChangeKind.MOVED}
    reason: DecisionFields = {"reason": StaffReason.TRAINING} if needs_reason else {}
    return Change.objects.create(**{**reason, **fields}, schedule=schedule, day=day, kind=kind)


def make_called_off(change: Change, **fields: Unpack[DecisionFields]) -> Change:
    """Call off a moved or an extra date where people have been told that it is, because of an event."""
    off = call_off(change, **fields)
    off.save()
    return off


def call_off(change: Change, **fields: Unpack[DecisionFields]) -> Change:
    """Make what calls off a moved or an extra date, because of an event; it is not saved yet."""
    reason: DecisionFields = {"reason": StaffReason.EVENT}
    off = Change(**{**reason, **fields}, schedule=change.schedule, day=change.lands_on, kind=ChangeKind.CANCELLED)
    off.opens, off.closes, off.standort, off.calls_off = change.opens, change.closes, change.standort, change
    return off


def make_closure(first: date, last: date, **fields: Unpack[ClosureFields]) -> Closure:
    """Close some places or offers because of an event; without any, the whole network."""
    scope = {name: fields.pop(name) for name in ("standorte", "partners", "sprechstunden") if name in fields}
    reason: DecisionFields = {"reason": StaffReason.EVENT}
    closure = Closure.objects.create(**{**reason, **fields}, first=first, last=last, whole_network=not scope)
    for name, rows in scope.items():
        getattr(closure, name).set(rows)
    closure.partner_places.set(places_of_partners(closure.partners.all()))
    return closure


def make_notice(text: Text | str, first: date, last: date, *standorte: Standort) -> Notice:
    """Make a notice for some places; without any, for the whole network."""
    words = Text(text) if isinstance(text, str) else text
    notice = Notice.objects.create(text=words, first=first, last=last, whole_network=not standorte)
    notice.standorte.set(standorte)
    return notice


def default_times(sprechstunde: Sprechstunde) -> ScheduleFields:
    """Give the times that hold where a test says nothing else."""
    return {
        "frequency": Frequency.WEEKLY,
        "weekdays": ("TU",),
        "opens": time(10),
        "closes": time(12),
        "standort": sprechstunde.office,
    }


def make_user(
    email: str = "team@example.org",
    *places: Standort,
    is_superuser: bool = False,
    role: Role = Role.TRANSLATOR,
    partner: Partner | None = None,
) -> User:
    """Make somebody who edits the portal; nobody can log in with this account's password."""
    role = Role.ADMINISTRATION if is_superuser else Role.OFFICE if places else Role.PARTNER if partner else role
    user = User.objects.create_user(email, role=role)
    user.partner = partner
    user.save()
    user.standorte.set(places)
    return user


def _default_office() -> Standort:
    return Standort.objects.filter(name=OFFICE).first() or make_office()
