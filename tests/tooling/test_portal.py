"""The commands of ./portal: what people read when something is missing, and what stays as it is."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.portal_copy import ROOT

# `import` of a package that is missing, as on a Debian without python3-venv.
WITHOUT_ENSUREPIP = """
import importlib.util
find_spec = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name == "ensurepip" else find_spec(name, package)
"""
PINS = f"nothing-there==1.0 --hash=sha256:{'0' * 64}\n"
PRINT_ENVIRONMENT = "import os, sys; print(sys.argv[1:], os.environ['SECRET_KEY'])\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a project that is nothing but the commands, pins and a manage.py which prints its environment."""
    return _bare_project(tmp_path / "project")


@pytest.fixture(scope="module")
def installed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = _bare_project(tmp_path_factory.mktemp("installed") / "project")
    assert "Installing Python packages" in portal(folder, "manage").stdout
    return folder


@pytest.fixture
def installed(installed_once: Path, tmp_path: Path) -> Path:
    """Return such a project in which the packages are installed already."""
    return shutil.copytree(installed_once, tmp_path / "project", symlinks=True, ignore=shutil.ignore_patterns("var"))


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def portal(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run ./portal from another folder, without the tools of the machine and without a network."""
    environment = {"PATH": os.defpath, "HOME": str(folder), **variables}
    environment |= {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_NO_CACHE_DIR": "1"}
    command = [sys.executable, str(folder / "portal"), *words]
    return subprocess.run(
        command,
        cwd=folder.parent,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def _bare_project(folder: Path) -> Path:
    (folder / "requirements").mkdir(parents=True)
    shutil.copy(ROOT / "portal", folder)
    for name in ("run", "test"):
        (folder / "requirements" / f"{name}.txt").write_text("# no packages\n")
    (folder / "manage.py").write_text(PRINT_ENVIRONMENT)
    return folder


def test_without_a_command_it_lists_the_commands(folder: Path) -> None:
    said = portal(folder)

    assert said.returncode == 0
    assert all(
        f"./portal {command}" in said.stdout for command in ("start", "test", "drill", "bench", "manage", "lock")
    )


def test_an_unknown_command_is_an_error(folder: Path) -> None:
    assert portal(folder, "stat").returncode == 2


def test_a_taken_port_is_said_before_anything_is_installed(folder: Path, taken_port: int) -> None:
    said = portal(folder, "start", f"127.0.0.1:{taken_port}")

    assert said.returncode == 1
    assert said.stderr == (
        f"Port {taken_port} is taken: stop the other program or choose another, "
        f"e.g. ./portal start 127.0.0.1:{taken_port + 1}\n"
    )
    assert not (folder / ".venv").exists()


@pytest.mark.parametrize("address", ["8000", "localhost", "localhost:http", "127.0.0.1:65536"])
def test_an_address_that_is_none_is_named(folder: Path, address: str) -> None:
    said = portal(folder, "start", address)

    assert said.returncode == 1
    assert said.stderr == f"“{address}” is no address: write it like 127.0.0.1:8000.\n"


def test_a_missing_venv_module_names_the_package_to_install(folder: Path) -> None:
    (folder / "hooks").mkdir()
    (folder / "hooks" / "sitecustomize.py").write_text(WITHOUT_ENSUREPIP)

    said = portal(folder, "start", "127.0.0.1:0", PYTHONPATH=str(folder / "hooks"))

    assert said.returncode == 1
    assert said.stderr == (
        "Python cannot make a virtual environment here: install the package python3-venv, then try again.\n"
    )


def test_a_missing_network_is_one_sentence(folder: Path) -> None:
    (folder / "requirements" / "run.txt").write_text(PINS)

    said = portal(folder, "start", "127.0.0.1:0")

    assert said.returncode == 1
    assert said.stderr == (
        "The Python packages could not be fetched: connect this computer to the internet, then try again.\n"
    )


def test_packages_are_installed_only_when_the_pins_change(installed: Path) -> None:
    announced = "Installing Python packages"

    assert announced not in portal(installed, "manage").stdout
    (installed / "requirements" / "run.txt").write_text("# other packages\n")
    assert announced in portal(installed, "manage").stdout


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(installed: Path) -> None:
    first = portal(installed, "manage", "check").stdout
    second = portal(installed, "manage", "check").stdout

    key = (installed / "var" / "secret-key").read_text()
    assert len(key) >= 50
    assert first == second == f"['check'] {key}\n"
    assert (installed / "var" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert portal(installed, "manage", SECRET_KEY="given").stdout == "[] given\n"  # noqa: S106 (not in use)


def test_a_failing_command_hands_on_its_failure(installed: Path) -> None:
    (installed / "manage.py").write_text("raise SystemExit('no such command')\n")

    said = portal(installed, "manage", "nonsense")

    assert (said.returncode, said.stderr) == (1, "no such command\n")
