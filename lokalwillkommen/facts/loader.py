"""How each data file becomes rows."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from decimal import Decimal
from functools import partial

from django.db import transaction

from lokalwillkommen.facts.files import Record, evidence, records, text
from lokalwillkommen.facts.ledger import GoneError, Ledger, snapshot
from lokalwillkommen.facts.models import Figure, LoadedFact
from sprechstunden.models import Change, Closure, Participation, Schedule, Sprechstunde, Topic
from standorte.models import (
    FactGroup,
    Offer,
    Partner,
    PartnerRole,
    Phone,
    PostalCode,
    PostalCodeArea,
    Stadtbezirk,
    Stadtteil,
    Standort,
    StandortEvidence,
)


@transaction.atomic
def load_all() -> Ledger:
    """Load all data files, in the order in which their records refer to each other.

    All or nothing. Rows that staff have changed or deleted stay as staff left them.
    """
    ledger = Ledger()
    _each(_load_stadtbezirk, ledger, records("stadtbezirk"))
    _each(_load_postal_code, ledger, records("postal_code"))
    _each(_load_stadtteil, ledger, records("stadtteil"))
    _each(_load_standort, ledger, sorted(records("standort"), key=lambda found: found["kind"] != "office"))
    _each(_load_responsible_office, ledger, records("stadtbezirk"))
    _each(_load_partner, ledger, records("partner"))
    for position, record in enumerate(records("topic")):
        _load_topic(ledger, record, position)
    _each(_load_sprechstunde, ledger, records("sprechstunde"))
    _each(_load_figure, ledger, records("figure"))
    return ledger


def _each(load: Callable[[Ledger, Record], None], ledger: Ledger, found: Iterable[Record]) -> None:
    """Load records; one that refers to what staff have deleted is not loaded without it."""
    for record in found:
        with suppress(GoneError):
            load(ledger, record)


def _load_stadtbezirk(ledger: Ledger, record: Record) -> None:
    key = f"stadtbezirk/{record['slug']}"
    ledger.load(key, Stadtbezirk, {"slug": record["slug"]}, {"name": record["name"]})


def _load_responsible_office(ledger: Ledger, record: Record) -> None:
    values = {"office": _standort(ledger, record.get("office")), **evidence(record)}
    ledger.load(f"stadtbezirk/{record['slug']}/office", Stadtbezirk, {"slug": record["slug"]}, values)


def _load_postal_code(ledger: Ledger, record: Record) -> None:
    code = record["code"]
    values = {"latitude": _degrees(record["latitude"]), "longitude": _degrees(record["longitude"]), **evidence(record)}
    values["note"] = " ".join(filter(None, (record.get("note"), values["note"])))
    row = ledger.load(f"postal-code/{code}", PostalCode, {"code": code}, values)
    if row is None:
        return
    areas = ({"slug": slug, "certainty": key} for key in ("sure", "possible", "derived") for slug in record[key])
    _each(partial(_load_area, row), ledger, areas)


def _load_area(postal_code: PostalCode, ledger: Ledger, record: Record) -> None:
    lookup = {"postal_code": postal_code, "stadtbezirk": _stadtbezirk(ledger, record["slug"])}
    key = f"postal-code/{postal_code.code}/{record['slug']}"
    ledger.load(key, PostalCodeArea, lookup, {"certainty": record["certainty"]})


def _load_stadtteil(ledger: Ledger, record: Record) -> None:
    stadtbezirk = _stadtbezirk(ledger, record["stadtbezirk"])
    values = {
        "statistical_district": record.get("statistical_district", ""),
        "other_names": "\n".join(record.get("other_names", ())),
        "postal_codes": record.get("postal_codes", []),
        **evidence(record),
    }
    key = f"stadtteil/{record['stadtbezirk']}/{record['name']}"
    ledger.load(key, Stadtteil, {"stadtbezirk": stadtbezirk, "name": record["name"]}, values)


def _load_standort(ledger: Ledger, record: Record) -> None:
    slug = record["slug"]
    serves = Stadtteil.objects.filter(name__in=record.get("serves", ()), stadtbezirk__slug=record.get("stadtbezirk"))
    general = {
        "name": record["name"],
        "other_name": record.get("other_name", ""),
        "kind": record["kind"],
        "office": _standort(ledger, record.get("office")),
        "stadtbezirk": _stadtbezirk(ledger, record.get("stadtbezirk")),
        "serves": sorted(serves.values_list("pk", flat=True)),
        "opened": record.get("opened", ""),
    }
    address = {
        "building": text(record.get("building")),
        "street": record.get("street", ""),
        "postal_code": record.get("postal_code", ""),
        "postal_code_stated": record.get("postal_code_stated", True),
    }
    found = StandortEvidence.objects.filter(standort__slug=slug).exclude(confirmed_on=None)
    confirmed = set(found.values_list("group", flat=True))
    standort = ledger.load(f"standort/{slug}", Standort, {"slug": slug}, general, confirmed="general" in confirmed)
    if standort is None:
        return
    contact, languages = {"email": record.get("email", "")}, {"languages": tuple(record.get("languages", ()))}
    for group, values in (("address", address), ("contact", contact), ("languages", languages)):
        key = f"standort/{slug}/{group}"
        ledger.load(key, Standort, {"slug": slug}, values, confirmed=group in confirmed)
    # A number that staff have not seen would stand under their confirmation.
    for number in record.get("phones", ()) if FactGroup.CONTACT not in confirmed else ():
        ledger.load(f"standort/{slug}/phone/{number}", Phone, {"standort": standort, "number": number}, {})
    for group, found in record.get("evidence", {}).items():
        lookup = {"standort": standort, "group": group}
        ledger.load(f"standort/{slug}/evidence/{group}", StandortEvidence, lookup, evidence({"evidence": found}))


def _load_partner(ledger: Ledger, record: Record) -> None:
    slug = record["slug"]
    values = {
        "name": record["name"],
        "kind": record["kind"],
        "website": record.get("website", ""),
        "description": text(record.get("description")),
        "is_first_address": record.get("first_address_for_newcomers", False),
        **evidence(record),
    }
    partner = ledger.load(f"partner/{slug}", Partner, {"slug": slug}, values)
    if partner is None:
        return
    _each(partial(_load_role, partner), ledger, record.get("role", ()))
    for number, offer in enumerate(record.get("offer", ())):
        lookup = {"partner": partner, "title": text(offer["title"])}
        more = {"stadtteil": offer.get("stadtteil", ""), "since": offer.get("since", ""), **evidence(offer)}
        ledger.load(f"partner/{slug}/offer/{number}", Offer, lookup, more)


def _load_role(partner: Partner, ledger: Ledger, record: Record) -> None:
    place, kind = record.get("standort"), record["role"]
    lookup = {"partner": partner, "kind": kind, "standort": _standort(ledger, place)}
    ledger.load(f"partner/{partner.slug}/{kind}/{place or ''}", PartnerRole, lookup, evidence(record))


def _load_topic(ledger: Ledger, record: Record, position: int) -> None:
    values = {"name": text(record["name"]), "position": position, **evidence(record)}
    values["is_sensitive"] = record.get("sensitive", False)
    ledger.load(f"topic/{record['slug']}", Topic, {"slug": record["slug"]}, values)


def _load_sprechstunde(ledger: Ledger, record: Record) -> None:
    key = record["key"]
    values = {
        "kind": record["kind"],
        "title": text(record.get("title")),
        "office": _standort(ledger, record.get("office")),
        "partner": _partner(ledger, record.get("partner")),
        "walk_in": record.get("walk_in", "unknown"),
    }
    sprechstunde = ledger.load(f"sprechstunde/{key}", Sprechstunde, {"key": key}, values)
    if sprechstunde is None:
        return
    _each(partial(_load_participation, sprechstunde), ledger, record.get("takes_part", ()))
    if _has_times_of_staff(sprechstunde):
        ledger.kept += len(record["schedule"])
        return
    _each(partial(_load_schedule, sprechstunde), ledger, record["schedule"])


def _load_participation(sprechstunde: Sprechstunde, ledger: Ledger, record: Record) -> None:
    slug = record["partner"]
    lookup = {"sprechstunde": sprechstunde, "partner": _partner(ledger, slug)}
    ledger.load(f"participation/{sprechstunde.key}/{slug}", Participation, lookup, evidence(record))


def _has_times_of_staff(sprechstunde: Sprechstunde) -> bool:
    """Tell whether staff have added, changed, confirmed or deleted any times of an offer, or decided about a date.

    Then all are theirs: another version from a file would end or move the dates they have written, and leave what was
    decided about single dates behind.
    """
    prefix = f"sprechstunde/{sprechstunde.key}/"
    facts = LoadedFact.objects.filter(key__startswith=prefix)
    loaded = dict(facts.values_list("key", "values_loaded"))
    found = {f"{prefix}{row.valid_from or ''}": row for row in sprechstunde.schedules.all()}
    uids = {str(row.uid) for row in found.values()}
    is_decided = Change.objects.filter(schedule__in=found.values()).exists() or any(
        uid in uids for closure in Closure.objects.exclude(kept=[]) for uid, _day in closure.keeps()
    )
    return (
        is_decided
        or loaded.keys() != found.keys()
        or any(row.confirmed_on or snapshot(row, loaded[key]) != loaded[key] for key, row in found.items())
    )


def _load_schedule(sprechstunde: Sprechstunde, ledger: Ledger, record: Record) -> None:
    valid_from = record.get("valid_from")
    values = {
        "frequency": record["frequency"],
        "interval": record.get("interval", 1),
        "weekdays": tuple(record.get("weekdays", ())),
        "positions": tuple(str(position) for position in record.get("positions", ())),
        "anchor": record.get("anchor"),
        "opens": record.get("opens"),
        "closes": record.get("closes"),
        "valid_until": record.get("valid_until"),
        "standort": _standort(ledger, record.get("standort")),
        "languages": tuple(record.get("languages", ())),
        "words": text(record.get("words")),
        "held_on_closing_days": record.get("held_on_closing_days", False),
        **evidence(record),
    }
    lookup = {"sprechstunde": sprechstunde, "valid_from": valid_from}
    ledger.load(f"sprechstunde/{sprechstunde.key}/{valid_from or ''}", Schedule, lookup, values)


def _load_figure(ledger: Ledger, record: Record) -> None:
    values = {
        "standort": _standort(ledger, record.get("scope")),
        "period_first": record.get("period_first", ""),
        "period_last": record.get("period_last", ""),
        "qualifier": record.get("qualifier", "exactly"),
        "quantity": record["quantity"],
        "unit": record["unit"],
        **evidence(record),
    }
    ledger.load(f"figure/{record['key']}", Figure, {"key": record["key"]}, values)


def _standort(ledger: Ledger, slug: str | None) -> Standort | None:
    return ledger.find(f"standort/{slug}", Standort, {"slug": slug}) if slug else None


def _stadtbezirk(ledger: Ledger, slug: str | None) -> Stadtbezirk | None:
    return ledger.find(f"stadtbezirk/{slug}", Stadtbezirk, {"slug": slug}) if slug else None


def _partner(ledger: Ledger, slug: str | None) -> Partner | None:
    return ledger.find(f"partner/{slug}", Partner, {"slug": slug}) if slug else None


def _degrees(value: float) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.00001"))
