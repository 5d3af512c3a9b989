"""The signed id of a form: it shows that the form is ours, and since when somebody has had it.

It never expires: who writes slowly, or on a phone that sleeps, may send it the next day.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from django.core import signing

# Nobody reads and fills in a form in less time; programs do.
EARLIEST = timedelta(seconds=3)
_SALT = "lokalwillkommen.contact"


@dataclass(frozen=True, slots=True)
class FormId:
    """A form that was handed out: random letters, and the moment in seconds since 1970."""

    nonce: str
    given_at: float

    @classmethod
    def new(cls, now: datetime) -> Self:
        """Make the id of a form that is handed out now."""
        return cls(secrets.token_urlsafe(16), now.timestamp())

    @classmethod
    def read(cls, signed: str) -> Self | None:
        """Give the id that a form brought back, or nothing where it is not ours."""
        try:
            nonce, given_at = signing.loads(signed, salt=_SALT)
        except signing.BadSignature:
            return None
        return cls(nonce, given_at)

    def signed(self) -> str:
        """Give what stands in the form."""
        return signing.dumps([self.nonce, self.given_at], salt=_SALT)

    def is_too_early(self, now: datetime) -> bool:
        """Tell whether the form came back faster than somebody can write; a clock that was put back harms nobody."""
        return 0 <= now.timestamp() - self.given_at < EARLIEST.total_seconds()
