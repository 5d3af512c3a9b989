"""What pages of staff ask about the account that is logged in: the site says it, this app knows no accounts."""

from typing import Protocol, TypeVar, cast

from django.db.models import Model, QuerySet
from django.http import HttpRequest

Row = TypeVar("Row", bound=Model)


class LooksAfter(Protocol):
    """Which rows a person looks after."""

    @property
    def everything(self) -> bool:
        """Tell whether it is all rows."""
        raise NotImplementedError

    @property
    def writes_texts(self) -> bool:
        """Tell whether what this person writes is public at once."""
        raise NotImplementedError

    def rows(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        """Keep the rows that this person looks after."""
        raise NotImplementedError

    def choices(self, model: type[Model], field: str, rows: QuerySet[Row]) -> QuerySet[Row]:
        """Keep the rows that this person may choose in a field of a model."""
        raise NotImplementedError


class Account(Protocol):
    """An account, as far as pages of staff must know it."""

    def has_perm(self, perm: str) -> bool:
        """Tell whether this person has a permission."""
        raise NotImplementedError

    @property
    def looks_after(self) -> LooksAfter:
        """Give which rows this person looks after."""
        raise NotImplementedError


def looks_after(request: HttpRequest) -> LooksAfter:
    """Give which rows the person who is logged in looks after: nobody else gets into the admin."""
    return cast("Account", request.user).looks_after
