"""What tells that something residents can see has been written."""

from django.db import models


class ContentWrite(models.Model):
    """One write, noted by a trigger of the database in the transaction of the write; `triggers.py` makes them.

    The version of all contents is the sum of the marks. Marks are random, so that a sum does not come again when an
    older copy of a database is put back and goes another way from there. Rows are only added, so that nobody who
    writes waits here for somebody else; the command `fold_content_writes` makes one row of many.
    """

    mark = models.BigIntegerField()

    class Meta:
        verbose_name = "write"
        verbose_name_plural = "writes"

    def __str__(self) -> str:
        return f"{self.mark}"
