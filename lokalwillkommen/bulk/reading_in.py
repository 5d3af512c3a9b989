"""What a table would change, and changing exactly that: through the forms of the admin, row by row, all or nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from lokalwillkommen.bulk.cells import sent, text_of
from lokalwillkommen.bulk.sheets import Sheet
from lokalwillkommen.spreadsheet import BrokenTableError, check_count, of_row, records
from sprechstunden.deciding import lock_offers
from sprechstunden.models import Sprechstunde
from standorte.primary_keys import primary_keys
from standorte.word_changes import Part, word_changes


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands in one field, and what would."""

    label: str
    before: str
    after: str

    @property
    def parts(self) -> tuple[Part, ...]:
        """Give the words before and after with what is new and gone."""
        return word_changes(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is new or changes."""

    number: int
    name: str
    is_new: bool
    differences: tuple[Difference, ...]


class ChangedMeanwhileError(Exception):
    """What was agreed to is no longer what would happen."""


def look(request: HttpRequest, sheet: Sheet, content: str) -> list[Line]:
    """Give what a table would change. Raises BrokenTableError with every fault of every row; nothing is written."""
    with transaction.atomic():
        lines = _written(request, sheet, content)
        transaction.set_rollback(True)
    return lines


@transaction.atomic
def read_in(request: HttpRequest, sheet: Sheet, content: str, agreed: str) -> int:
    """Write what was agreed to and give how many rows changed. Raises ChangedMeanwhileError: then nothing changed."""
    lines = _written(request, sheet, content)
    if agreement(lines) != agreed:
        raise ChangedMeanwhileError
    return len(lines)


def agreement(lines: Iterable[Line]) -> str:
    """Give a short name for all that would happen; another for whatever else could."""
    return sha256(repr(list(lines)).encode()).hexdigest()


def _written(request: HttpRequest, sheet: Sheet, content: str) -> list[Line]:
    rows = list(records(content, (sheet.heads[sheet.key],)))
    check_count(rows)
    if sheet.model is Sprechstunde:
        lock_offers(map(int, primary_keys(cells[sheet.heads[sheet.key]] for _number, cells in rows)))
    faults = list(_twice(sheet, rows))
    lines: list[Line] = []
    for number, cells in rows:
        try:
            with transaction.atomic():
                lines.extend(_line(request, sheet, number, cells))
        except ValidationError as error:
            faults.extend(of_row(number, reason) for reason in error.messages)
        except IntegrityError:  # pragma: no cover  # somebody else was faster between the check and the write
            faults.append(of_row(number, _("it does not go with the other rows.")))
    if faults:
        raise BrokenTableError(*faults)
    return lines


def _twice(sheet: Sheet, rows: Iterable[tuple[int, Mapping[str, str]]]) -> Iterator[str]:
    unknown = {name for _number, cells in rows for name in cells} - set(sheet.heads.values()) - {""}
    if unknown:
        yield of_row(1, _("these columns are not known here: %(names)s.") % {"names": ", ".join(sorted(unknown))})
    seen: set[str] = set()
    for number, cells in rows:
        key = cells[sheet.heads[sheet.key]]
        if key and key in seen:
            yield of_row(number, _("“%(key)s” stands in the file twice.") % {"key": key})
        seen.add(key)


def _line(request: HttpRequest, sheet: Sheet, number: int, cells: Mapping[str, str]) -> Iterator[Line]:
    """Write one row. Raises ValidationError with all that is wrong with it."""
    row = _row(request, sheet, cells[sheet.heads[sheet.key]])
    typed = {name: cells[head] for name, head in sheet.heads.items() if head in cells}
    if row is None and not sheet.admin.has_add_permission(request):
        raise ValidationError(_("You may not add anything here."))
    # All fields are in the form, so that all of a row is checked together.
    names = sheet.columns if row or sheet.key == "id" else (sheet.key, *sheet.columns)
    form_class = sheet.form(request, row, names)
    present = row or sheet.model()
    stands = {name: text_of(present, name, field) for name, field in form_class.base_fields.items()}
    before = stands if row else dict.fromkeys(stands, "")
    changed = [name for name in stands if name in typed and typed[name] != before[name]]
    _refuse_what_is_decided_elsewhere(sheet, row, changed)
    if not changed:
        return
    form = _filled(form_class, row, stands | {name: typed[name] for name in changed})
    saved = _saved(request, sheet, form, is_new=row is None)
    after = {name: text_of(saved, name, form.fields[name]) for name in changed}
    differences = (Difference(sheet.heads[name], before[name], after[name]) for name in changed)
    yield Line(number, str(saved), row is None, tuple(one for one in differences if one.before != one.after))


def _row(request: HttpRequest, sheet: Sheet, key: str) -> Model | None:
    if not key:
        if sheet.key == "id":
            return None
        raise ValidationError(_("%(head)s is missing."), params={"head": sheet.heads[sheet.key]})
    if sheet.key == "id" and not primary_keys([key]):
        raise ValidationError(_("“%(key)s” is no number of a row."), params={"key": key[:60]})
    # Whoever saves the same row waits.
    found = sheet.rows(request).filter(**{sheet.key: key}).select_for_update(of=("self",)).first()
    if found is None and (sheet.key == "id" or sheet.model._default_manager.filter(**{sheet.key: key}).exists()):  # noqa: SLF001
        raise ValidationError(_("There is no row “%(key)s” that you may change."), params={"key": key[:60]})
    return found


def _refuse_what_is_decided_elsewhere(sheet: Sheet, row: Model | None, changed: Iterable[str]) -> None:
    fixed = [sheet.heads[name] for name in changed if row and name in sheet.only_new]
    if fixed:
        sentence = _("%(heads)s: please change this on the form, where its dates can be seen.")
        raise ValidationError(sentence, params={"heads": ", ".join(fixed)})


def _filled(
    form_class: type[forms.ModelForm[Model]], row: Model | None, typed: Mapping[str, str]
) -> forms.ModelForm[Model]:
    """Give the form with what a row says. Raises ValidationError with the sentences of all its fields."""
    data: dict[str, object] = {}
    faults: list[str] = []
    for name, text in typed.items():
        field = form_class.base_fields[name]
        try:
            data |= sent(name, field, text)
        except ValidationError as error:
            faults.extend(_of_field(field, error.messages))
    form = form_class(data, instance=row) if row else form_class(data)
    if not faults and not form.is_valid():
        for name, sentences in form.errors.items():
            faults.extend(_of_field(form.fields.get(name), sentences))
    if faults:
        raise ValidationError(faults)
    return form


def _of_field(field: forms.Field | None, sentences: Iterable[object]) -> Iterator[str]:
    for sentence in sentences:
        yield f"{capfirst(field.label)}: {sentence}" if field else str(sentence)


def _saved(request: HttpRequest, sheet: Sheet, form: forms.ModelForm[Model], *, is_new: bool) -> Model:
    """Save as the admin does when somebody presses "save"."""
    pages = sheet.admin
    row: Model = pages.save_form(request, form, not is_new)
    pages.save_model(request, row, form, not is_new)
    pages.save_related(request, form, [], not is_new)
    message = pages.construct_change_message(request, form, [], is_new)  # type: ignore[arg-type]  # Django's admin gives it such
    log = pages.log_addition if is_new else pages.log_change
    log(request, row, message)
    return row
