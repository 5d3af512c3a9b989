"""What html-validate finds in pages; all of them are handed to it at once, because starting it takes a second."""

import json
from collections.abc import Mapping

from tests.node.packages import run


def faults(pages: Mapping[str, str]) -> dict[str, list[str]]:
    """Give the faults in the HTML of each faulty page, by its path, each with its line."""
    found: dict[str, list[str]] = json.loads(run("validate_pages.mjs", json.dumps(pages)))
    return found
