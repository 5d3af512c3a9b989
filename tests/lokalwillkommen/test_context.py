"""What every page knows: its other languages, and who runs the portal."""

from collections.abc import Mapping

import pytest
from django.conf import settings as project
from django.test import RequestFactory
from django.utils.translation import override
from pytest_django import Settings

from lokalwillkommen import context

CODES = ("de", "de-x-leicht", "en", "ar", "fa", "uk", "ru", "tr", "fr", "ro", "bg", "pl")
OPERATOR = {
    "name": "Stadt Dortmund",
    "address": "Südwall 2",
    "email": "info@example.org",
    "phone": "",
    "represented_by": "",
}


@pytest.mark.parametrize(
    ("path", "rest"),
    [
        ("/de/", ""),
        ("/de/standorte/marten/", "standorte/marten/"),
        ("/en/sprechstunden/?wochentag=1&sprache=ar", "sprechstunden/?wochentag=1&sprache=ar"),
        ("/de-x-leicht/partner/", "partner/"),
        # A page that has no language leads to the start pages.
        ("/admin/login/", ""),
        ("/", ""),
        ("/xx/standorte/", ""),
        # An address that looks like another host stays on this one.
        ("//example.com/de/", ""),
    ],
)
def test_a_page_leads_to_itself_in_every_language(rf: RequestFactory, path: str, rest: str) -> None:
    assert [found.path for found in context.alternates(rf.get(path))] == [f"/{code}/{rest}" for code in CODES]


def test_a_language_is_offered_by_its_own_name_and_the_current_one_is_marked(rf: RequestFactory) -> None:
    with override("ar"):
        alternates = context.alternates(rf.get("/ar/partner/"))

    assert [(found.language, found.name, found.direction, found.is_current) for found in alternates] == [
        ("de", "Deutsch", "ltr", False),
        ("de-x-leicht", "Leichte Sprache", "ltr", False),
        ("en", "English", "ltr", False),
        ("ar", "العربية", "rtl", True),
        ("fa", "فارسی", "rtl", False),
        ("uk", "Українська", "ltr", False),
        ("ru", "Русский", "ltr", False),
        ("tr", "Türkçe", "ltr", False),
        ("fr", "Français", "ltr", False),
        ("ro", "Română", "ltr", False),
        ("bg", "Български", "ltr", False),
        ("pl", "Polski", "ltr", False),
    ]


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("?woche=2026-12-21", ""),
        ("?woche=2026-12-21&seite=2", ""),
        ("?seite=2", "?seite=2"),
        *(("?seite=1", ""), ("?seite=x", ""), ("?seite=²", ""), (f"?seite={'9' * 5000}", ""), ("", "")),
    ],
)
def test_search_engines_get_whole_addresses_without_filters_but_with_the_page_of_a_list(
    rf: RequestFactory, query: str, kept: str
) -> None:
    found = context.page(rf.get(f"/en/sprechstunden/{query}"))
    alternates = context.alternates(rf.get(f"/en/sprechstunden/{query}"))

    assert found["canonical"] == f"http://testserver/en/sprechstunden/{kept}"
    assert found["x_default"] == f"http://testserver/de/sprechstunden/{kept}"
    assert [alternate.url for alternate in alternates] == [
        f"http://testserver/{code}/sprechstunden/{kept}" for code in CODES
    ]


@pytest.mark.parametrize(
    ("operator", "is_known"),
    [
        (OPERATOR, True),
        (OPERATOR | {"name": ""}, False),
        (OPERATOR | {"address": ""}, False),
        (OPERATOR | {"email": ""}, False),
        (dict.fromkeys(OPERATOR, ""), False),
    ],
)
def test_the_portal_is_a_preview_until_name_address_and_email_are_filled_in(
    settings: Settings,
    rf: RequestFactory,
    operator: Mapping[str, str],
    is_known: bool,  # noqa: FBT001
) -> None:
    settings.OPERATOR = operator

    found = context.page(rf.get("/de/"))

    assert (context.operator_is_known(), found["operator_is_known"], found["operator"]) == (
        is_known,
        is_known,
        operator,
    )


def test_the_time_of_a_page_is_the_wall_clock_in_dortmund(rf: RequestFactory) -> None:
    now = context.page(rf.get("/de/"))["now"]

    assert str(getattr(now, "tzinfo", None)) == project.TIME_ZONE == "Europe/Berlin"
