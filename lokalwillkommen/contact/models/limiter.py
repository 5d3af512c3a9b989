"""What the limit of forms needs to know, for as short as possible."""

from django.db import models


class DailySecret(models.Model):
    """The random key of one day in Dortmund, with which addresses of visitors are made unreadable."""

    day = models.DateField(unique=True)
    key = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return str(self.day)


class Submission(models.Model):
    """Somebody sent a form; an hour later it no longer counts."""

    mark = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.at)
