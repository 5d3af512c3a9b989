"""Take full-page pictures of a fresh portal with the network's data: `./portal screenshots`."""

import argparse
import itertools
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import launch_options
from tests.portal_copy import ROOT, copy_project, running

PATHS = (
    *("", "finden/", "finden/?stadtbezirk=hoerde"),
    *("standorte/", "standorte/mengede-huckarde/", "standorte/marten/", "standorte/marten/karte/"),
    *("sprechstunden/", "sprechstunden/?sprache=ar&art=event", "sprechstunden/themen/geburt/"),
    *(
        "partner/",
        "partner/migrado/",
        "ueber-uns/",
        "mitmachen/",
        "kontakt/",
        "offline/",
        "impressum/",
        "datenschutz/",
        "barrierefreiheit/",
    ),
)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main(arguments: Sequence[str] | None = None) -> None:
    """Take one picture for every path, language, width and colour scheme that is asked for."""
    asked = _parser().parse_args(arguments)
    asked.into.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running(copy_project(Path(folder))) as portal,
        sync_playwright() as playwright,
        playwright.chromium.launch(**launch_options()) as browser,
    ):
        for language, width, scheme in itertools.product(asked.languages, asked.widths, asked.schemes):
            pages = {path: f"{portal.url}/{language}/{path}" for path in asked.paths}
            _take(browser, pages, width, scheme, f"{asked.into}/{language}-{width}-{scheme}")
    print(f"{len(list(asked.into.glob('*.png')))} pictures in {asked.into}")


def _take(browser: Browser, pages: dict[str, str], width: int, scheme: Literal["light", "dark"], prefix: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    with context, context.new_page() as page:
        for path, address in pages.items():
            response = page.goto(address)
            if response is None or not response.ok:
                print(f"{address} answers {response.status if response else 'nothing'}")
            name = path.strip("/").replace("/", "_") or "start"
            page.screenshot(path=f"{prefix}-{name}.png", full_page=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./portal screenshots", description=__doc__)
    parser.add_argument("paths", nargs="*", default=PATHS, help="what follows the language, e.g. standorte/marten/")
    parser.add_argument("--languages", nargs="+", default=("de", "ar"))
    parser.add_argument("--widths", nargs="+", type=int, default=(360, 1280))
    parser.add_argument("--schemes", nargs="+", choices=SCHEMES, default=SCHEMES)
    parser.add_argument("--into", type=Path, default=ROOT / "var" / "screenshots")
    return parser


if __name__ == "__main__":
    main()
