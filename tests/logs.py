"""What the portal has logged."""

import json
from io import StringIO
from typing import Any


class Log:
    """What the handler of the settings has written."""

    def __init__(self) -> None:
        self.stream = StringIO()

    @property
    def text(self) -> str:
        """Give all of it."""
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Read each line as JSON."""
        return [json.loads(line) for line in self.text.splitlines()]
