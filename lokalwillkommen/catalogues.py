"""Interface catalogues: extracted and compiled with Babel, no gettext on the machine.

Staff read German, whatever their browser prefers; so only the German catalogue has what nobody else reads.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.utils.translation import override, to_locale
from django.utils.translation.template import templatize

FOLDER = Path(__file__).parent / "locale"
SOURCES = ("lokalwillkommen", "sprechstunden", "standorte", "templates")
# Sentences that stand nowhere else are for staff.
_OF_STAFF = (
    *("*/admin.py", "*/admin/*", "*/apps.py", "sprechstunden/*_forms.py", "lokalwillkommen/today*"),
    *("lokalwillkommen/confirming/*", "templates/lokalwillkommen/confirming/*", "lokalwillkommen/dashboard.py"),
    *("lokalwillkommen/preview*.py", "templates/lokalwillkommen/preview.html", "templates/admin/*"),
    *("lokalwillkommen/accounts/*", "lokalwillkommen/facts/[!t]*.py", "sprechstunden/templatetags/staff.py"),
    *("lokalwillkommen/sign_videos/*", "lokalwillkommen/legal/admin.py", "lokalwillkommen/legal/apps.py"),
    *(
        "lokalwillkommen/contact/outbox.py",
        "lokalwillkommen/contact/models/mail.py",
        "lokalwillkommen/notices/forms.py",
    ),
    *("sprechstunden/deciding.py", "sprechstunden/preview.py", "sprechstunden/offer_choice.py"),
    *("sprechstunden/validation.py", "sprechstunden/fields.py", "standorte/formfields.py", "standorte/fields.py"),
    *("standorte/history.py", "standorte/deleting.py", "standorte/models/tombstone.py", "lokalwillkommen/history/*"),
    "standorte/meanwhile.py",
    *("standorte/text_places.py", "lokalwillkommen/translating/*", "templates/lokalwillkommen/translating/*"),
    *("lokalwillkommen/bulk/*", "lokalwillkommen/spreadsheet.py", "templates/lokalwillkommen/bulk/*"),
    *("lokalwillkommen/suggestions/*", "templates/lokalwillkommen/suggestions/*"),
    *("templates/components/staff/*", "templates/staff.html", "templates/lokalwillkommen/today.html"),
    *(
        "templates/account/*",
        "templates/mfa/*",
        "templates/usersessions/*",
        "templates/429.html",
        "templates/403_csrf.html",
    ),
)
_KEYWORDS = {
    **dict.fromkeys(("_", "_now", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
# A fixed day: a clock in the header would change every file at every run.
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def translated_languages() -> tuple[str, ...]:
    """Give the languages that need a catalogue: all but English, which the sources are written in."""
    return tuple(code for code, _name in settings.LANGUAGES if code != "en")


def catalogue_file(language: str) -> Path:
    """Give the path of a language's catalogue, whether it is there or not."""
    return FOLDER / to_locale(language) / "LC_MESSAGES" / "django.po"


def compile_all() -> None:
    """Compile each catalogue that is newer than its compiled form."""
    for language in translated_languages():
        source = catalogue_file(language)
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            with compiled.open("wb") as file:
                write_mo(file, read(language))


def update_all() -> None:
    """Extract all messages and merge them into every catalogue; what is gone from the sources goes."""
    everything = extracted()
    for_readers = of_readers(everything)
    for language in translated_languages():
        catalogue = read(language)
        catalogue.update(everything if language == settings.LANGUAGE_CODE else for_readers, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue_file(language).parent.mkdir(parents=True, exist_ok=True)
        with catalogue_file(language).open("wb") as file:
            write_po(file, catalogue, width=110, sort_output=True, omit_header=False, include_lineno=False)


def read(language: str) -> Catalog:
    """Read a language's catalogue, an empty one if there is none."""
    path = catalogue_file(language)
    locale = Locale.parse(language.partition("-")[0])
    if not path.exists():
        return Catalog(locale=locale, project="lokal willkommen", creation_date=_EPOCH, revision_date=_EPOCH)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def extracted() -> Catalog:
    """Give all messages of the sources."""
    catalogue = Catalog(project="lokal willkommen", creation_date=_EPOCH, revision_date=_EPOCH)
    for path in _files():
        for _line, message, comments, context in _messages(path):
            name = path.relative_to(settings.BASE_DIR).as_posix()
            catalogue.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalogue


def of_readers(everything: Catalog) -> Catalog:
    """Give the messages that people who are no staff may read."""
    fields = _words_of_fields()
    found = Catalog(project=everything.project, creation_date=_EPOCH, revision_date=_EPOCH)
    for message in everything:
        files = [name for name, _line in message.locations]
        if message.id and not all(_is_of_staff(name, message.id in fields) for name in files):
            found.add(
                message.id,
                locations=message.locations,
                auto_comments=message.auto_comments,
                context=message.context,
            )
    return found


def _is_of_staff(file: str, names_a_field: bool) -> bool:  # noqa: FBT001  # of one message
    in_models = "/models/" in file or file.endswith("/models.py")
    return (names_a_field and in_models) or any(fnmatchcase(file, pattern) for pattern in _OF_STAFF)


def _words_of_fields() -> set[str]:
    """Give the source words that only the admin shows: names of models and fields, and what helps to fill them in."""
    labels: set[str] = set()
    words: set[str] = set()
    with override("en"):
        for model in apps.get_models():
            about = model._meta  # noqa: SLF001  # public as well
            words |= {str(about.verbose_name), str(about.verbose_name_plural)}
            for field in (*about.fields, *about.many_to_many):
                words |= {str(field.verbose_name), str(field.help_text)}
                labels |= {str(label) for _value, label in field.flatchoices}
            named = getattr(model, "named_to_readers", ())
            labels |= {str(field.verbose_name) for field in about.fields if field.name in named}
    return words - labels


def _files() -> Iterator[Path]:
    for folder in SOURCES:
        root = settings.BASE_DIR / folder
        yield from sorted(path for path in root.rglob("*") if path.suffix in {".py", ".html", ".txt"})


def _messages(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    if path.suffix == ".py":
        yield from extract("python", BytesIO(path.read_bytes()), _KEYWORDS, ("Translators:",))
        return
    # templatize gives what xgettext would read; its calls are valid JavaScript, its rest is not code.
    source = re.sub(r"\bu'", "'", templatize(path.read_text(), origin=str(path)))
    yield from extract("javascript", BytesIO(source.encode()), _KEYWORDS, ("Translators:",))
