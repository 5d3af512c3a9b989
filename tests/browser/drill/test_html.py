"""The HTML of every page search engines may list, in every language, by a validator of other people."""

import pytest
from django.test import Client

from lokalwillkommen.facts.loader import load_all
from sprechstunden.models import Schedule
from tests.sitemap import listed
from tests.validation import faults


@pytest.mark.django_db
@pytest.mark.usefixtures("official")
@pytest.mark.parametrize("confirmed_on", [None, "2026-11-02"])
def test_the_validator_finds_nothing_on_any_page_there_is(confirmed_on: str | None) -> None:
    load_all()
    Schedule.objects.update(confirmed_on=confirmed_on)
    client = Client()

    pages = {path: client.get(path).content.decode() for path in listed()}

    found = faults(pages)
    print(f"{len(pages)} pages validated, {len(found)} with faults")  # noqa: T201  # the figure is reported
    assert found == {}
