"""The network's figures in the admin."""

from django.contrib import admin

from lokalwillkommen.facts.models import Figure
from standorte.admin import ConfirmableAdmin


@admin.register(Figure)
class FigureAdmin(ConfirmableAdmin[Figure]):
    """Numbers as their sources word them."""

    list_display = ("quantity", "unit", "period_first", "period_last", "standort", "as_of", "confirmed_on")
    list_filter = ("unit",)
    list_select_related = ("standort",)
    fields = (
        *(("qualifier", "quantity", "unit"), ("period_first", "period_last"), "standort"),
        *("source", "as_of", "stated", "note"),
    )
