"""Places, districts, partners and the evidence for each."""

from standorte.models.evidence import Evidence, is_confirmed_on
from standorte.models.partner import Offer, Partner, PartnerRole
from standorte.models.stadtbezirk import Certainty, PostalCode, PostalCodeArea, Stadtbezirk, Stadtteil
from standorte.models.standort import Answer, FactGroup, Kind, Phone, Standort, StandortEvidence
from standorte.models.street import Street
from standorte.models.text_version import TextVersion
from standorte.models.tombstone import Printed, Tombstone

__all__ = (
    "Answer",
    "Certainty",
    "Evidence",
    "FactGroup",
    "Kind",
    "Offer",
    "Partner",
    "PartnerRole",
    "Phone",
    "PostalCode",
    "PostalCodeArea",
    "Printed",
    "Stadtbezirk",
    "Stadtteil",
    "Standort",
    "StandortEvidence",
    "Street",
    "TextVersion",
    "Tombstone",
    "is_confirmed_on",
)
