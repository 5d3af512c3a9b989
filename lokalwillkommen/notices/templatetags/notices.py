"""Notices in the pages of every app; base.html asks for them once."""

from datetime import datetime

from django import template

from lokalwillkommen.notices.board import Board, board_of
from lokalwillkommen.notices.models import Notice
from sprechstunden.entries import Outlook
from standorte.models import Standort

register = template.Library()


@register.simple_tag
def notices_at(now: datetime) -> Board:
    """Give all notices in force at a moment, which is aware and in Europe/Berlin; one query."""
    return board_of(now.date())


@register.filter
def at_place(board: Board, standort: Standort) -> tuple[Notice, ...]:
    """Pick what stands on the page of a place."""
    return board.at([standort.pk])


@register.filter
def only_at(board: Board, standort: Standort) -> tuple[Notice, ...]:
    """Pick what is said of a place alone, where those of the whole network stand already."""
    return board.by_place.get(standort.pk, ())


@register.filter
def where_dates_are(board: Board, outlook: Outlook) -> tuple[Notice, ...]:
    """Pick what stands on the page of an offer: the notices of the places to which people will come."""
    by_rule = (schedule.place_id for schedule in (*outlook.dated, *outlook.undated))
    by_date = (entry.standort.pk for entry in (*outlook.confirmed, *outlook.unconfirmed) if entry.standort)
    return board.at(place for place in (*by_rule, *by_date) if place)
