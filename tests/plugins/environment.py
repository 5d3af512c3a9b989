"""Give every test run the same environment, before pytest-django reads the settings."""

import os
from collections.abc import Generator

import pytest

from tests.plugins import postgres

SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "lokalwillkommen.settings",
    "SECRET_KEY": "known-to-everybody-and-good-for-tests-only-0123456789",
}
# What a developer or an operator may have set would change what the tests see.
FORGOTTEN = (
    "ALLOWED_HOSTS",
    "BACKUP_FOLDER",
    "BEHIND_PROXY",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_URL",
    "HSTS_SUBDOMAINS",
    "HTTPS",
    "KEEP_NAMES_DAYS",
    "MEDIA_FOLDER",
    "OPERATOR_ADDRESS",
    "OPERATOR_EMAIL",
    "OPERATOR_NAME",
)
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}
# These look at what pages say, which is the same on every database: every day on SQLite, on both in the drill.
OF_PAGES = (
    *("accounts/", "today/", "history/test_history_pages", "caching/test_kept_pages", "test_agenda"),
    *("test_budget", "test_bulk", "test_calendar_views", "test_card", "test_changed_dates", "test_copying"),
    *("test_feed", "test_finder", "test_kinds", "test_legal_pages", "test_looking", "test_machine"),
    *("test_notices", "test_offline", "test_outlook", "test_place_", "test_preview", "test_sign_videos"),
    *("test_structured", "test_topics", "test_translating", "test_views"),
)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Choose the database; as a wrapper this runs ahead of pytest-django's own hook."""
    # Workers of pytest-xdist inherit what the first process has set.
    if "PYTEST_XDIST_WORKER" not in os.environ:
        for name in FORGOTTEN:
            os.environ.pop(name, None)
        os.environ.update(SETTINGS)
        os.environ["DATABASE_URL"] = _database_url(early_config)
    return (yield)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run on PostgreSQL what asks the database; the rest runs on SQLite, and only there."""
    if os.environ.get("TEST_DATABASE") == "postgres":
        chosen = [item for item in items if _asks_the_database(item) and not _is_for_sqlite(item)]
    else:
        chosen = [item for item in items if not item.get_closest_marker("postgres")]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


def _is_for_sqlite(item: pytest.Item) -> bool:
    is_of_pages = "DRILL" not in os.environ and any(name in item.nodeid for name in OF_PAGES)
    is_at_once = item.get_closest_marker("postgres") is not None
    return (is_of_pages and not is_at_once) or any(item.get_closest_marker(name) for name in ("browser", "sweep"))


def pytest_report_header() -> str:
    """Say in the first lines which database this run has."""
    return f"database: {os.environ['DATABASE_URL'].partition(':')[0]}"


def _database_url(config: pytest.Config) -> str:
    if os.environ.get("TEST_DATABASE") != "postgres":
        return "sqlite://:memory:"
    if given := os.environ.get("TEST_DATABASE_URL"):
        return given
    server = postgres.start()
    config.add_cleanup(server.stop)
    os.environ["PGUSER"] = postgres.SUPERUSER
    return server.url


def _asks_the_database(item: pytest.Item) -> bool:
    fixtures: list[str] = getattr(item, "fixturenames", [])
    return item.get_closest_marker("django_db") is not None or not DATABASE_FIXTURES.isdisjoint(fixtures)
