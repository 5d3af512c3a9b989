"""What is shipped for a server fits the portal and itself."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from tests.portal_copy import ROOT

DEPLOY = ROOT / "deploy"
SERVICES = ("lokalwillkommen.service", "lokalwillkommen-daily.service", "lokalwillkommen-mails.service")


def _unit(name: str) -> list[str]:
    return (DEPLOY / "systemd" / name).read_text().splitlines()


def test_the_example_of_an_environment_names_every_setting_and_no_other() -> None:
    source = (ROOT / "lokalwillkommen" / "settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))

    lines = (DEPLOY / "environment.example").read_text().splitlines()

    assert {found[1] for line in lines if (found := re.match(r"(?:# )?([A-Z_]+)=", line))} == read


def test_the_example_of_an_environment_holds_no_secret() -> None:
    lines = (DEPLOY / "environment.example").read_text().splitlines()

    assert [line for line in lines if line.startswith("SECRET_KEY=")] == ["SECRET_KEY="]


def test_all_services_are_locked_up_alike() -> None:
    comment = "# It may write its database and nothing else, open no device, gain no right."
    rules = [[*_unit(name)[_unit(name).index(comment) :], ""] for name in SERVICES]

    assert [found[: found.index("")] for found in rules] == [rules[1][:-1]] * 3


@pytest.mark.parametrize(
    ("service", "rest"),
    [
        (SERVICES[0], "-m gunicorn --config python:lokalwillkommen.server lokalwillkommen.wsgi:application"),
        (SERVICES[1], "manage.py daily"),
        (SERVICES[2], "manage.py send_mails"),
    ],
)
def test_services_run_what_stands_in_the_project(service: str, rest: str) -> None:
    (start,) = [line for line in _unit(service) if line.startswith("ExecStart=")]

    assert start == f"ExecStart=/srv/lokalwillkommen/.venv/bin/python {rest}"


def test_nginx_records_nobody_and_tells_the_portal_only_the_address_of_who_sends_a_form() -> None:
    lines = [line.strip() for line in (DEPLOY / "nginx" / "lokalwillkommen.conf").read_text().splitlines()]

    servers = lines.count("server {")
    assert servers == 2
    assert [line for line in lines if line.startswith("access_log")] == ["access_log off;"] * servers
    assert [line for line in lines if line.startswith("error_log")] == [
        *["error_log /var/log/nginx/lokalwillkommen.log crit;"] * servers,
        *["error_log /dev/null;"] * 2,  # where addresses are secrets
    ]
    told = lines[lines.index("map $request_method $told_address {") :][1:3]
    assert told == ['default "";', "POST $remote_addr;"]
    # A place that sets a header of its own would lose these.
    assert [line for line in lines if line.startswith("proxy_set_header")] == [
        "proxy_set_header Host $host;",
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "proxy_set_header X-Forwarded-For $told_address;",
        'proxy_set_header Forwarded "";',
        'proxy_set_header X-Real-IP "";',
    ]


def test_what_is_too_long_for_nginx_gets_the_page_in_every_language_that_the_portal_would_give() -> None:
    config = (DEPLOY / "nginx" / "lokalwillkommen.conf").read_text()

    assert "error_page 413 /400.html;" in config
    assert "root /srv/lokalwillkommen/var/static;" in config
    assert (Path(settings.STATIC_ROOT) / "400.html").read_text() == render_to_string("400.html")


def test_the_container_holds_all_that_the_portal_is_made_of() -> None:
    copied = re.findall(r"^COPY (.+) \S+$", (DEPLOY / "Containerfile").read_text(), re.MULTILINE)

    named = {name for line in copied for name in line.split()}
    assert named == {
        "requirements/run.txt",
        *("manage.py", "pyproject.toml", "lokalwillkommen", "sprechstunden", "standorte", "templates", "static"),
    }
    assert {name for name in named if not Path(ROOT, name).exists()} == set()
