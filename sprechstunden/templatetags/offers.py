"""Offers in the pages of every app."""

from django import template

from sprechstunden.models import Sprechstunde
from sprechstunden.models.sprechstunde import SprechstundeQuerySet
from standorte.models import Partner

register = template.Library()


@register.simple_tag
def offers_of(partner: Partner) -> SprechstundeQuerySet:
    """Give the offers of a partner and those it takes part in; one query."""
    return Sprechstunde.objects.published().of_partner(partner)
