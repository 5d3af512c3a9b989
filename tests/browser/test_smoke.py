"""The browser itself: it starts, reaches the portal and has the fonts for our scripts."""

import pytest
from playwright.sync_api import Page, Response
from pytest_django.live_server_helper import LiveServer

from tests.browser.chromium import launch_options


def test_the_portal_is_served_as_in_production(page: Page, live_server: LiveServer) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 (Playwright needs a function of Python)

    page.goto(f"{live_server.url}/de/standorte/")

    assert page.locator("html").get_attribute("lang") == "de"
    assert {answer.status for answer in answers} == {200}
    stylesheet = next(answer for answer in answers if ".css" in answer.url)
    assert "immutable" in stylesheet.headers["cache-control"]
    assert stylesheet.headers["content-encoding"] == "br"


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
