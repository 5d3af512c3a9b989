"""Days on which nothing takes place."""

import logging
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, TypedDict, TypeGuard
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from sprechstunden import changes as values
from sprechstunden.models.decision import Decision
from sprechstunden.models.sprechstunde import Sprechstunde
from sprechstunden.reasons import Reason, ReasonKind
from standorte.history import History
from standorte.models import Partner, PartnerRole, Standort
from standorte.models.partner import RoleKind

_log = logging.getLogger(__name__)


class KeptDate(TypedDict):
    """The identity of a date that takes place in spite of a closure, and the change that keeps it, if one does."""

    uid: str
    day: str
    change: str | None


class Scope(NamedTuple):
    """What a closure is for: everything, or the dates at some places and all dates of some offers."""

    whole_network: bool
    places: frozenset[int]
    offers: frozenset[int]


class ClosureQuerySet(models.QuerySet["Closure"]):
    """Closures in the words pages ask with."""

    def since(self, day: date) -> "ClosureQuerySet":
        """Keep what can matter on a day or later, the day included."""
        return self.filter(last__gte=day)

    def with_scope(self) -> "ClosureQuerySet":
        """Fetch with a fixed number of queries for what each is."""
        return self.prefetch_related("sprechstunden", "standorte", "partner_places")


class Closure(Decision):
    """From the first to the last day, both included, nothing takes place but what staff keep.

    It is for the whole network, or for offers, for places, and for all places of partners: those they had when somebody
    decided it. What becomes of a partner later changes no date that is past (docs/decisions/0015).
    """

    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    whole_network = models.BooleanField(_("the whole network"), default=False)
    standorte: "models.ManyToManyField[Standort, models.Model]" = models.ManyToManyField(
        Standort, blank=True, related_name="closures", verbose_name=_("places")
    )
    partners: "models.ManyToManyField[Partner, models.Model]" = models.ManyToManyField(
        Partner,
        blank=True,
        related_name="closures",
        verbose_name=_("all places of these partners"),
        help_text=_("All places that the partner runs, or where it gives a room, when this is saved."),
    )
    partner_places: "models.ManyToManyField[Standort, models.Model]" = models.ManyToManyField(
        Standort, blank=True, editable=False, related_name="+", verbose_name=_("places of these partners")
    )
    sprechstunden: "models.ManyToManyField[Sprechstunde, models.Model]" = models.ManyToManyField(
        Sprechstunde, blank=True, related_name="closures", verbose_name=_("single offers")
    )
    kept = models.JSONField(_("dates that take place all the same"), default=list, blank=True, editable=False)

    objects = ClosureQuerySet.as_manager()
    history = History(m2m_fields=("standorte", "partners", "partner_places", "sprechstunden"))

    class Meta(Decision.Meta):
        ordering = ("-last", "-pk")
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        constraints = (
            *Decision.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(first__lte=models.F("last")),
                name="closure_first_day_is_not_after_its_last",
                violation_error_message=_("The last day comes before the first day."),
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="closure_gives_a_reason",
                violation_error_message=_("Please choose a reason."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.first:%d.%m.%Y} – {self.last:%d.%m.%Y}"

    def scope(self) -> Scope:
        """Give what it is for; places of partners are those they had when it was decided."""
        places = {place.pk for place in (*self.standorte.all(), *self.partner_places.all())}
        return Scope(self.whole_network, frozenset(places), frozenset(offer.pk for offer in self.sprechstunden.all()))

    def keeps(self) -> frozenset[tuple[str, date]]:
        """Give the identities of the dates that take place all the same."""
        return frozenset((kept["uid"], date.fromisoformat(kept["day"])) for kept in self.kept_dates)

    @property
    def kept_dates(self) -> list[KeptDate]:
        """Give what is kept, as far as it can be read; the rest has no effect, is logged, and found by check_dates."""
        stored = self.kept if isinstance(self.kept, list) else [self.kept]
        readable = [one for one in stored if _is_kept_date(one)]
        if len(readable) < len(stored):
            _log.error("The closure with the primary key %s keeps what is no date; that has no effect.", self.pk)
        return readable

    @property
    def keeps_what_is_no_date(self) -> bool:
        """Tell whether something else than dates is stored, which no form does."""
        return bool(self.kept_dates != self.kept)

    def keep(self, uid: UUID | str, day: date, change: UUID | None = None) -> None:
        """Let a date take place all the same, perhaps because of a change; the caller saves."""
        entry: KeptDate = {"uid": str(uid), "day": day.isoformat(), "change": str(change) if change else None}
        self.kept = [*(kept for kept in self.kept_dates if kept != entry), entry]

    def forget(self, change: UUID) -> bool:
        """Take back what is kept because of a change, and tell whether there was something; the caller saves."""
        before = self.kept_dates
        self.kept = [kept for kept in before if kept["change"] != str(change)]
        return len(self.kept) != len(before)

    def value(self, places: frozenset[int] | None) -> values.Closure:
        """Give this closure as the engine reads it: for dates at some places, or without them for all of a series."""
        return values.Closure(
            key=self.key,
            first=self.first,
            last=self.last,
            reason=Reason(ReasonKind(self.reason)),
            kept=self.keeps(),
            places=None if places is None else frozenset(map(str, places)),
        )


def _is_kept_date(stored: object) -> TypeGuard[KeptDate]:
    """Tell whether something stored names a date in just the way that `keep` writes it."""
    if not isinstance(stored, dict) or stored.keys() != {"uid", "day", "change"}:
        return False
    if not (isinstance(stored["uid"], str) and isinstance(stored["day"], str)):
        return False
    try:
        is_day = date.fromisoformat(stored["day"]).isoformat() == stored["day"]
    except ValueError:
        return False
    return bool(is_day) and isinstance(stored["change"], (str, type(None)))


def places_of_partners(partners: Iterable[Partner]) -> set[int]:
    """Give the primary keys of the places that partners run or host now; one query."""
    roles = PartnerRole.objects.filter(partner__in=[partner.pk for partner in partners], standort__isnull=False)
    there = roles.filter(kind__in=(RoleKind.RUNS, RoleKind.HOSTS)).values_list("standort", flat=True)
    return set(there)
