"""What the database must refuse, and the sentences people get before it has to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.utils.translation import override

Values = dict[str, object]
NOT_A_CHOICE = "Value 'sonst' is not a valid choice."


@dataclass(frozen=True)
class Violation:
    """A row that is well, what is then done to it, and which constraint says what about that."""

    constraint: str
    row: Callable[[], models.Model]
    values: Callable[[], Values]
    sentences: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return self.constraint

    def is_refused_by_the_database(self) -> None:
        """Force the values in, past every form and every check of the model."""
        row = self.row()

        with pytest.raises(IntegrityError) as refused:
            type(row)._default_manager.filter(pk=row.pk).update(**self.values())  # noqa: SLF001  # public

        # SQLite names the columns of a unique constraint, PostgreSQL each constraint.
        assert self.constraint in str(refused.value) or "UNIQUE constraint failed" in str(refused.value)

    def is_refused_with_its_sentences(self) -> None:
        """Check the row as a form does."""
        row = self.row()
        for name, value in self.values().items():
            setattr(row, name, value)

        found = [sentence for sentences in refusals(row).values() for sentence in sentences]

        assert found == self.sentences


def refusals(row: models.Model) -> dict[str, list[str]]:
    """Give what a person is told in English about a row, by field."""
    with override("en"), pytest.raises(ValidationError) as refused:
        row.full_clean()
    with override("en"):
        return refused.value.message_dict


def constraints_of(*labels: str) -> list[str]:
    """Name every constraint of some apps."""
    found: Iterable[type[models.Model]] = (
        model for label in labels for model in apps.get_app_config(label).get_models()
    )
    return sorted(constraint.name for model in found for constraint in model._meta.constraints)  # noqa: SLF001  # public
