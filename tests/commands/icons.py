"""Draw the icons and the picture for shared links anew from their drawings: `python -m tests.commands.icons`."""

from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.browser.chromium import launch_options
from tests.portal_copy import ROOT

STATIC = ROOT / "static"
ICON = STATIC / "icon.svg"
SOCIAL = ROOT / "docs" / "drawings" / "social.svg"
COLOUR = "#0b5f58"  # of the icon itself, so that the drawing reaches the edge where systems cut their own corners
# Systems cut anything out of a maskable icon but a circle of 80 % of its width (W3C Web App Manifest).
SAFE = 0.78


def main() -> None:
    """Write each picture into the static files."""
    with sync_playwright() as playwright, playwright.chromium.launch(**launch_options()) as browser:
        for side in (192, 512):
            _draw(browser, _page(ICON), f"icon-{side}.png", {"width": side, "height": side})
        _draw(browser, _page(ICON, COLOUR), "icon-180.png", {"width": 180, "height": 180})
        _draw(browser, _page(ICON, COLOUR, SAFE), "icon-maskable-512.png", {"width": 512, "height": 512})
        _draw(browser, _page(SOCIAL), "social.png", {"width": 1200, "height": 630})


def _page(drawing: Path, behind: str = "transparent", share: float = 1) -> str:
    frame = f"margin:0;background:{behind};display:grid;place-items:center;block-size:100vh"
    return f'<body style="{frame}"><div style="inline-size:{share:.0%};line-height:0">{drawing.read_text()}</div>'


def _draw(browser: Browser, content: str, name: str, size: ViewportSize) -> None:
    with browser.new_page(viewport=size) as page:
        page.set_content(content)
        page.screenshot(path=STATIC / name, omit_background=True)


if __name__ == "__main__":
    main()
