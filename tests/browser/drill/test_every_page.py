"""Every public page, in every language, light and dark, on a small and on a wide screen."""

import pytest
from playwright.sync_api import Page

from tests.browser.visits import Scheme, visit
from tests.pages import LANGUAGES, PATHS


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    portal: str, page: Page, complaints: list[str], language: str, scheme: Scheme
) -> None:
    visits = [(f"{portal}/{language}/{path}", width) for path in PATHS for width in (320, 1280)]

    faults = {address: found for address, width in visits if (found := visit(page, address, scheme, width))}

    print(f"{language}, {scheme}: {len(visits)} visits, {len(faults)} with faults")  # noqa: T201  # the figure is reported
    assert (faults, complaints) == ({}, [])
