"""A real browser for the tests of this folder."""

from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, Playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser.chromium import launch_options
from tests.network import put_network


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder, so that a run can leave it out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Tell pytest-playwright which browser to launch."""
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture(scope="session")
def playwright(playwright: Playwright) -> Generator[Playwright]:
    """Let Django use the database beside Playwright.

    From now on this thread has a running event loop, which Django takes for asynchronous code; it stays until
    the last test of this process, whatever folder that is in.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield playwright


@pytest.fixture(scope="session")
def live_server() -> Generator[LiveServer]:
    """Serve static files as in production: by WhiteNoise with hashed names, not by Django's finders."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.contrib.staticfiles.handlers.StaticFilesHandler", lambda application: application)
        server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def portal(live_server: LiveServer) -> str:
    put_network()
    return live_server.url


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """Collect what the browser complains about: blocked by the policy, missing, broken."""
    found: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "404" not in message.text:
            found.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found
