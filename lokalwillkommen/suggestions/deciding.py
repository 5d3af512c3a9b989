"""Suggesting a text, and deciding about it: each in one transaction, the suggestion locked before its text."""

from collections.abc import Iterator
from datetime import datetime

from django.db import models, transaction

from lokalwillkommen.accounts.models import User
from lokalwillkommen.suggestions.models import Outcome, Suggestion
from sprechstunden.models import Change, Schedule, Sprechstunde
from standorte.models import Partner
from standorte.text_history import write_text
from standorte.text_places import FoundText, find_text, text_fields
from standorte.texts import GERMAN, words_mark

# Whose texts a partner may suggest, as far as they are its own.
MODELS: tuple[type[models.Model], ...] = (Partner, Sprechstunde, Schedule, Change)


def texts_of(user: User) -> Iterator[FoundText]:
    """Give the texts for which a person may suggest words; one query per model."""
    for model in MODELS:
        for row in user.looks_after.rows(model._default_manager.select_related().order_by("pk")):  # noqa: SLF001  # public as well
            yield from (FoundText(row, field) for field in text_fields(model))


def text_of(user: User, key: str) -> FoundText | None:
    """Give one of these texts by its key, or nothing where it is not theirs."""
    found = find_text(key)
    if found is None or not isinstance(found.row, MODELS):
        return None
    rows = type(found.row)._default_manager.filter(pk=found.row.pk)  # noqa: SLF001  # public as well
    return found if user.looks_after.rows(rows).exists() else None


def suggest(found: FoundText, german: str, partner: Partner, by: User, now: datetime) -> None:
    """Let words wait for a text in place of those that waited; words that it has already need not wait."""
    with transaction.atomic():
        # Who suggests for the same partner waits here.
        list(Partner.objects.select_for_update(no_key=True).filter(pk=partner.pk))
        Suggestion.objects.waiting().filter(key=found.key).delete()
        if german != found.text.german:
            Suggestion.objects.create(key=found.key, partner=partner, german=german, suggested_at=now, suggested_by=by)


def decide(suggestion: Suggestion, outcome: Outcome, seen: str, by: User, now: datetime) -> bool:
    """Accept or refuse what somebody saw, and tell whether it still was that; else nothing is written."""
    with transaction.atomic():
        waits = Suggestion.objects.waiting().select_for_update(no_key=True).filter(pk=suggestion.pk).first()
        found = find_text(suggestion.key, to_write=True)
        if waits is None or seen != mark_of(waits, found):
            return False
        if outcome is Outcome.ACCEPTED:
            if found is None:
                return False
            write_text(found, found.text.edited({GERMAN: waits.german}), by, now)
        waits.outcome, waits.decided_by, waits.decided_at = outcome, by, now
        waits.save()
        return True


def mark_of(suggestion: Suggestion, found: FoundText | None) -> str:
    """Give what changes as soon as the text or the suggestion becomes another."""
    return words_mark(f"{found.text.german if found else ''}\x1f{suggestion.german}")
