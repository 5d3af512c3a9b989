"""Which rows a person looks after: the one rule for lists, forms, choices, actions, pages of staff and files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from lokalwillkommen.accounts.roles import Role
from sprechstunden.models import Change, Closure, Schedule, Sprechstunde
from sprechstunden.models.schedule import ScheduleQuerySet
from standorte.models import PartnerRole, Standort
from standorte.text_places import models_with_texts

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lokalwillkommen.accounts.models import User

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Responsibility:
    """The primary keys of places and partners that somebody looks after, or everything."""

    everything: bool = False
    places: frozenset[int] = frozenset()
    partners: frozenset[int] = frozenset()

    @classmethod
    def of(cls, user: "User | AnonymousUser") -> "Responsibility":
        """Give what a person looks after."""
        return cls() if user.is_anonymous else user.looks_after

    @classmethod
    def by_role(cls, user: "User") -> Self:
        """Find what a person looks after; at most one query."""
        if user.role in {Role.COORDINATION, Role.ADMINISTRATION}:
            return cls(everything=True)
        if user.role == Role.OFFICE:
            told = user.standorte.values("pk")
            found = Standort.objects.filter(Q(pk__in=told) | Q(office__in=told)).values_list("pk", flat=True)
            return cls(places=frozenset(found))
        if user.role == Role.PARTNER and user.partner_id:
            return cls(partners=frozenset({user.partner_id}))
        return cls()

    def rows(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        """Keep the rows that this person looks after; of what is public anyway all, of what no rule knows none."""
        label = rows.model._meta.label_lower  # noqa: SLF001  # public as well
        if self.everything or label in _PUBLIC:
            return rows
        return rows.filter(_RULES[label](self)) if label in _RULES else rows.none()

    def choices(self, model: type[Model], field: str, rows: QuerySet[Row]) -> QuerySet[Row]:
        """Keep the rows that this person may choose in a field of a model."""
        if self.everything:
            return rows
        if (model, field) == (Schedule, "standort"):
            return rows.filter(self._where_dates_go())
        return rows.none() if (model, field) == (Closure, "partners") else self.rows(rows)

    @property
    def writes_texts(self) -> bool:
        """Tell whether what this person writes is public at once; else it is proposed to others."""
        return not self.partners

    def places_for_dates(self, rows: QuerySet[Standort]) -> QuerySet[Standort]:
        """Keep the places at which this person may let a date take place."""
        return rows if self.everything else rows.filter(self._where_dates_go())

    def covers_offer(self, offer: Sprechstunde) -> bool:
        """Tell whether an offer, as it stands in memory, is one of those that this person looks after."""
        return self.everything or offer.office_id in self.places or offer.partner_id in self.partners

    def covers(self, offer: Sprechstunde, place: int | None) -> bool:
        """Tell whether a date of an offer at a place may be changed."""
        return self.covers_offer(offer) or place in self.places

    def covers_date(self, schedule: Schedule, change: Change | None = None) -> bool:
        """Tell whether a date of some times, perhaps one that a change puts elsewhere, may be changed."""
        places = (schedule.place_id, change.standort_id if change else None)
        return any(self.covers(schedule.sprechstunde, place) for place in places)

    def schedules(self, rows: ScheduleQuerySet) -> ScheduleQuerySet:
        """Keep all versions of the offers of which a date may be at one of the places, and of one's own offers."""
        if self.everything:
            return rows
        here = Q(standort__in=self.places) | Q(
            pk__in=Change.objects.filter(standort__in=self.places).values("schedule")
        )
        is_here = Exists(Schedule.objects.filter(here, sprechstunde=OuterRef("sprechstunde")))
        return rows.filter(_of_offers(self, "sprechstunde__") | is_here)

    def _where_dates_go(self) -> Q:
        """Tell where: an office wherever a room is known, a partner where it already is."""
        if self.places:
            return Q(is_published=True) | Q(pk__in=self.places)
        times = Schedule.objects.filter(sprechstunde__partner__in=self.partners)
        roles = PartnerRole.objects.filter(partner__in=self.partners)
        return Q(pk__in=times.values("standort")) | Q(pk__in=roles.values("standort"))


# What residents may read as well, or what names it.
_PUBLIC = frozenset(
    {"standorte.stadtbezirk", "standorte.stadtteil", "standorte.postalcode", "sprechstunden.topic"},
)
Rule = Callable[[Responsibility], Q]


def _at_places(mine: Responsibility) -> Q:
    return Q(standort__in=mine.places)


def _of_office(mine: Responsibility) -> Q:
    return Q(office__in=mine.places)


def _of_offers(mine: Responsibility, path: str = "") -> Q:
    return Q(**{f"{path}office__in": mine.places}) | Q(**{f"{path}partner__in": mine.partners})


def _partners(mine: Responsibility) -> Q:
    """Let an office name any partner that everybody can read about, and a partner see itself."""
    return Q(pk__in=mine.partners) | (Q(is_published=True) if mine.places else Q(pk__in=()))


def _changes(mine: Responsibility) -> Q:
    at = Q(schedule__standort__in=mine.places) | Q(standort__in=mine.places)
    return at | _of_offers(mine, "schedule__sprechstunde__")


def _closures(mine: Responsibility) -> Q:
    """Give what names only one's own places and offers, never a partner or the whole network."""
    own_offers = Sprechstunde.objects.filter(_of_offers(mine)).values("pk")
    this = {"closure": OuterRef("pk")}
    # The tables between closures and what they name; public as well.
    places = Closure.standorte.through._default_manager.filter(**this)  # noqa: SLF001
    offers = Closure.sprechstunden.through._default_manager.filter(**this)  # noqa: SLF001
    partners = Closure.partners.through._default_manager.filter(**this)  # noqa: SLF001
    is_foreign = (
        Exists(places.exclude(standort__in=mine.places))
        | Exists(offers.exclude(sprechstunde__in=own_offers))
        | Exists(partners)
    )
    return Q(whole_network=False) & ~Q(is_foreign) & Q(Exists(places) | Exists(offers))


def _notices(mine: Responsibility) -> Q:
    """Give what stands at one's own places only."""
    of_this = {"notices": OuterRef("pk")}
    elsewhere = Standort.objects.filter(**of_this).exclude(pk__in=mine.places)
    return Q(whole_network=False) & ~Exists(elsewhere) & Exists(Standort.objects.filter(**of_this))


def _text_versions(mine: Responsibility) -> Q:
    """Give those of one's rows; of a row that is gone nobody can tell any more whose it was."""
    found = Q(pk__in=())
    for model in models_with_texts():
        rows = mine.rows(model._default_manager.all()).order_by().values("pk")  # noqa: SLF001  # public as well
        found |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=rows)
    return found


_RULES: Mapping[str, Rule] = {
    "standorte.standort": lambda mine: Q(pk__in=mine.places),
    "standorte.phone": _at_places,
    "standorte.standortevidence": _at_places,
    "standorte.partnerrole": lambda mine: _at_places(mine) | Q(partner__in=mine.partners),
    "standorte.partner": _partners,
    "standorte.textversion": _text_versions,
    "sprechstunden.sprechstunde": _of_offers,
    "sprechstunden.schedule": lambda mine: _of_offers(mine, "sprechstunde__"),
    "sprechstunden.change": _changes,
    "sprechstunden.closure": _closures,
    "notices.notice": _notices,
    "confirming.confirmationrequest": _of_office,
    "confirming.officeaddress": _of_office,
    "suggestions.suggestion": lambda mine: Q(partner__in=mine.partners),
    "contact.message": _at_places,
    "contact.report": lambda mine: _at_places(mine) | Q(sprechstunde__office__in=mine.places),
}
