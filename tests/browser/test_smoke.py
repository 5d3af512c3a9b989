"""The browser itself: it starts, runs pages and has the fonts for our scripts."""

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import launch_options


@pytest.mark.skipif("env" not in launch_options(), reason="the machine's own browser has the machine's fonts")
@pytest.mark.parametrize(
    ("language", "text", "font"),
    [
        ("de", "Grüße aus Dortmund", "Noto Sans"),
        ("uk", "Ласкаво просимо", "Noto Sans"),
        ("ar", "أهلاً وسهلاً", "Noto Sans Arabic"),
        ("fa", "خوش آمدید", "Noto Sans Arabic"),
    ],
)
def test_every_script_has_a_real_font(page: Page, language: str, text: str, font: str) -> None:
    page.set_content(f'<p lang="{language}" style="font-family: system-ui">{text.replace(" ", "")}')

    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": "p"})["nodeId"]
    used = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    assert [found["familyName"] for found in used] == [font]
