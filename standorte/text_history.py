"""History keeps every version of every text: whoever writes rows with texts does it inside `versions_kept`."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db import models

from standorte.models import TextVersion
from standorte.text_places import FoundText, text_fields
from standorte.texts import GERMAN, Text, fingerprint

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@contextmanager
def versions_kept(rows: Iterable[models.Model], by: "AbstractBaseUser | None", at: datetime) -> Iterator[None]:
    """Keep what changes in the texts of some rows while they are written; nobody stands for the data files.

    Use it inside a transaction. A row without such texts costs no query.
    """
    found = [row for row in rows if text_fields(type(row))]
    before = [_stored(row) for row in found]
    yield
    versions = [
        TextVersion(
            content_type=ContentType.objects.get_for_model(row),
            object_id=row.pk,
            field=name,
            language=language,
            before=old.words(language),
            after=new.words(language),
            state=new.state(language).value,
            written_at=at,
            written_by_id=by.pk if by else None,
        )
        for row, texts in zip(found, before, strict=True)
        if row.pk
        for name, new in _texts(row).items()
        for old in (texts.get(name, Text()),)
        for language in _changed(old, new)
    ]
    TextVersion.objects.bulk_create(versions)


def german_before(found: FoundText, language: str) -> str | None:
    """Give the German that a translation was made from, or None where no version of it was kept."""
    translation = found.text.translations.get(language)
    if translation is None:
        return None
    versions = TextVersion.objects.filter(
        content_type=ContentType.objects.get_for_model(found.row),
        object_id=found.row.pk,
        field=found.field.name,
        language=GERMAN,
    )
    words = (german for pair in versions.values_list("before", "after") for german in pair)
    return next((german for german in words if german and fingerprint(german) == translation.of), None)


def write_text(found: FoundText, text: Text, by: "AbstractBaseUser", at: datetime) -> None:
    """Write a text of a row that is locked, and keep its version."""
    with versions_kept([found.row], by, at):
        setattr(found.row, found.field.name, text)
        found.row.save()


def _stored(row: models.Model) -> Mapping[str, Text]:
    stored = type(row)._default_manager.filter(pk=row.pk).first() if row.pk else None  # noqa: SLF001  # public as well
    return _texts(stored) if stored else {}


def _texts(row: models.Model) -> dict[str, Text]:
    return {field.name: field.value_from_object(row) for field in text_fields(type(row))}


def _changed(old: Text, new: Text) -> list[str]:
    """Give the languages whose words or state somebody changed; that German changed is a version of the German only."""
    german = [GERMAN] if old.german != new.german else []
    codes = sorted({*old.translations, *new.translations})
    return german + [code for code in codes if old.translations.get(code) != new.translations.get(code)]
