"""What people need with them, as a list that is translated once for all offers."""

from django.utils.translation import gettext, gettext_noop

from standorte.fields import CodesField

TO_BRING = {
    "letter": gettext_noop("the letter or form you ask about"),
    "identity": gettext_noop("passport or identity card"),
    "residence": gettext_noop("residence permit"),
    "insurance": gettext_noop("health insurance card"),
    "income": gettext_noop("proof of what you earn or get"),
    "bank": gettext_noop("bank card or IBAN"),
}


class ThingsToBringField(CodesField):
    """What people need with them; none means: not known."""

    codes = tuple(TO_BRING)

    def label(self, code: str) -> str:
        """Name a thing in the active language."""
        return gettext(TO_BRING[code])
