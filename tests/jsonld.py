"""Reading the data for machines of a page."""

import json
from typing import Any, TypeAlias

from tests.pages import Page

Data: TypeAlias = dict[str, Any]  # whatever JSON holds


def json_ld(page: Page) -> Data:
    """Give the one element of data for machines."""
    (script,) = (script for script in page.all("script") if script.get("type") == "application/ld+json")
    found: Data = json.loads(script.text or "")
    return found
