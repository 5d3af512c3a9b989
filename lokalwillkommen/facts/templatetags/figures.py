"""Figures as phrases, with the plural of each language."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalwillkommen.facts.models import Figure, Qualifier, Unit
from standorte.templatetags.words import decimal

register = template.Library()


@register.filter
def in_words(figure: Figure) -> str:
    """Say a figure as its source limits it: "more than 9,000 people"."""
    phrase = _counted(Unit(figure.unit), figure.quantity) % {"number": decimal(figure.quantity)}
    limits = {
        Qualifier.EXACTLY: "%(phrase)s",
        Qualifier.ABOUT: _("about %(phrase)s"),
        Qualifier.MORE_THAN: _("more than %(phrase)s"),
        Qualifier.AT_LEAST: _("at least %(phrase)s"),
        Qualifier.UP_TO: _("up to %(phrase)s"),
    }
    return limits[Qualifier(figure.qualifier)] % {"phrase": phrase}


def _counted(unit: Unit, number: int) -> str:
    phrases = {
        Unit.PEOPLE: ngettext("%(number)s person", "%(number)s people", number),
        Unit.HOUSEHOLDS: ngettext("%(number)s household", "%(number)s households", number),
        Unit.CONTACTS: ngettext("%(number)s contact", "%(number)s contacts", number),
        Unit.CONSULTATIONS: ngettext("%(number)s consultation", "%(number)s consultations", number),
        Unit.CLIENTS_PER_YEAR: ngettext("%(number)s client a year", "%(number)s clients a year", number),
        Unit.NETWORK_MEETINGS: ngettext("%(number)s network meeting", "%(number)s network meetings", number),
        Unit.OFFERS: ngettext("%(number)s offer", "%(number)s offers", number),
        Unit.PLACES_PLANNED: ngettext(
            "%(number)s flexible place planned", "%(number)s flexible places planned", number
        ),
        Unit.PLACES_OPENED: ngettext("%(number)s flexible place opened", "%(number)s flexible places opened", number),
        Unit.WEEKS_WAITING: ngettext(
            "%(number)s week of waiting for an appointment", "%(number)s weeks of waiting for an appointment", number
        ),
    }
    return phrases[unit]
