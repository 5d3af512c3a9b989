"""What is looked at whenever a page is visited in a real browser."""

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Scheme = Literal["light", "dark"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# The decoration is drawn wider on purpose and clipped; a table of figures scrolls in its own box (WCAG 1.4.10).
WIDER_THAN_THE_SCREEN = """[...document.body.querySelectorAll(":not(svg *, .table *)")]
  .filter(element => element.getBoundingClientRect().width > innerWidth)
  .map(element => element.getAttribute("class") || element.tagName)"""


def visit(page: Page, address: str, scheme: Scheme, width: int) -> list[str]:
    """Open a page; give what axe finds and which elements are wider than the screen."""
    page.set_viewport_size({"width": width, "height": 740})
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    return faults(page)


def faults(page: Page) -> list[str]:
    """Give what axe finds on the page that is shown, and which elements are wider than the screen."""
    found = Axe().run(page, options=RULES)
    violations = [f"{violation['id']}: {violation['nodes'][0]['html']}" for violation in found.response["violations"]]
    return [*violations, *page.evaluate(WIDER_THAN_THE_SCREEN)]
