"""Which details the legal pages need, and which of them the law demands.

What the software does stands in the templates of the pages, because only the code knows it.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class LegalPage(models.TextChoices):
    """The three legal pages; their values name the addresses in urls.py."""

    IMPRINT = "imprint", _("Imprint")
    PRIVACY = "privacy", _("Privacy")
    ACCESSIBILITY = "accessibility", _("Accessibility")


class Section(models.TextChoices):
    """Details that only the operator knows."""

    NAME = "name", _("Name")
    ADDRESS = "address", _("Postal address")
    REPRESENTED_BY = "represented_by", _("Represented by")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    AUTHORITY = "authority", _("Supervisory body")
    EDITOR = "editor", _("Responsible for journalistic content (§ 18 (2) MStV)")
    MORE_IN_IMPRINT = "more_in_imprint", _("Further information")
    OFFICER = "officer", _("Data protection officer")
    BASIS = "basis", _("Legal basis of each purpose (GDPR)")
    HOSTING = "hosting", _("Who runs the servers")
    SERVER_LOG = "server_log", _("What the server in front of this software records, and for how long")
    PROTECTION_AUTHORITY = "protection_authority", _("Data protection authority of North Rhine-Westphalia")
    MORE_IN_PRIVACY = "more_in_privacy", _("Further information")
    MORE_BARRIERS = "more_barriers", _("What else is not accessible, and why")
    TESTED = "tested", _("Date and method of the last test")
    WHO_ANSWERS = "who_answers", _("Who answers when you report a barrier")
    OMBUDS = "ombuds", _("Arbitration body (Ombudsstelle, § 10d BGG NRW), when our answer does not help you")


@dataclass(frozen=True, slots=True)
class Kind:
    """Where a detail is written, and what stands in for it: `setting` is a key of OPERATOR."""

    page: LegalPage
    is_required: bool = True
    setting: str = ""


_IMPRINT, _PRIVACY, _ACCESSIBILITY = LegalPage.IMPRINT, LegalPage.PRIVACY, LegalPage.ACCESSIBILITY
KINDS = {
    Section.NAME: Kind(_IMPRINT, setting="name"),
    Section.ADDRESS: Kind(_IMPRINT, setting="address"),
    Section.REPRESENTED_BY: Kind(_IMPRINT),
    Section.EMAIL: Kind(_IMPRINT, setting="email"),
    Section.PHONE: Kind(_IMPRINT),
    Section.AUTHORITY: Kind(_IMPRINT, is_required=False),
    Section.EDITOR: Kind(_IMPRINT, is_required=False),
    Section.MORE_IN_IMPRINT: Kind(_IMPRINT, is_required=False),
    Section.OFFICER: Kind(_PRIVACY),
    Section.BASIS: Kind(_PRIVACY),
    Section.HOSTING: Kind(_PRIVACY),
    Section.SERVER_LOG: Kind(_PRIVACY),
    Section.PROTECTION_AUTHORITY: Kind(_PRIVACY),
    Section.MORE_IN_PRIVACY: Kind(_PRIVACY, is_required=False),
    Section.MORE_BARRIERS: Kind(_ACCESSIBILITY, is_required=False),
    Section.TESTED: Kind(_ACCESSIBILITY),
    Section.WHO_ANSWERS: Kind(_ACCESSIBILITY),
    Section.OMBUDS: Kind(_ACCESSIBILITY),
}
# Details of the imprint that other pages show too.
SHARED = {
    LegalPage.IMPRINT: (),
    LegalPage.PRIVACY: (Section.NAME, Section.ADDRESS, Section.EMAIL),
    LegalPage.ACCESSIBILITY: (Section.EMAIL, Section.PHONE),
}


def sections_of(page: LegalPage) -> tuple[Section, ...]:
    """Give the details that a page shows."""
    return (*SHARED[page], *(section for section, kind in KINDS.items() if kind.page is page))
