"""Measure what pages cost under gunicorn with one worker, against a bare Django view that gives the same bytes.

All servers run at once and are asked in turns. What counts is the time of the processor that a worker needs for an
answer, the best of all rounds, so that a busy machine slows all alike. tests/load/traffic.py describes the visitors.
With nginx on the machine, a page that it gives is compared with a file of the same bytes.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.load.edge import NGINX, edge
from tests.load.serving import Server, serving
from tests.load.traffic import ask, fetch
from tests.portal_copy import ROOT

PAGES = {"start": "/de/", "place": "/de/standorte/marten/", "agenda": "/de/sprechstunden/", "places": "/de/standorte/"}
LANGUAGES = ("de", "de-x-leicht", "en", "ar", "fa", "uk", "ru", "tr", "fr", "ro", "bg", "pl")
ROUNDS, SECONDS = 8, 0.5
# In the large network some pages take half a minute; they are made once.
ENOUGH = 10.0
KEPT, ANEW = "lokalwillkommen.wsgi:application", "lokalwillkommen.wsgi:django"
Costs = dict[str, float]


def main() -> None:
    """Print all ratios beside their aims."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        small = _database(folder, "small")
        anew = _in_the_small_network(folder, small)
        large = _database(folder, "large")
        _run([sys.executable, "tests/load/network.py"], large)
        _in_the_large_network(folder, large, anew)


def _in_the_small_network(folder: Path, variables: Mapping[str, str]) -> Costs:
    """Measure all that can be compared; give what pages cost that are made anew."""
    with (
        serving(KEPT, variables, folder / "log") as kept,
        serving(ANEW, variables, folder / "log") as anew,
    ):
        files = folder / "edge" / "files"
        bodies = {name: fetch(kept.port, address)[1].body for name, address in PAGES.items()}
        costs = _against_a_bare_view(folder, bodies, kept, anew)
        if NGINX:
            with edge(files.parent, kept.port) as (nginx, port):
                _against_a_file(bodies, files, nginx, port)
        else:
            print("There is no nginx on this machine, so nothing is measured behind it.")
        for language in LANGUAGES:
            for address in PAGES.values():
                fetch(kept.port, address.replace("/de/", f"/{language}/"))
        print(f"One process: starts in {kept.seconds_to_start:.1f} s (aim: at most 2),")
        print(f"  {kept.megabytes:.0f} MB with these pages in all languages (aim: at most 150)", flush=True)
        return costs


def _against_a_bare_view(folder: Path, bodies: Mapping[str, bytes], kept: Server, anew: Server) -> Costs:
    (folder / "bodies").mkdir()
    for name, body in bodies.items():
        (folder / "bodies" / name).write_bytes(body)
        fetch(anew.port, PAGES[name])
    print("The network of the data files; how much of the bare view's answers in the same time:", flush=True)
    costs = {}
    with serving("tests.load.bare:application", {"BARE_FOLDER": str(folder / "bodies")}, folder / "log") as bare:
        for name, address in PAGES.items():
            of_bare, of_kept, of_anew = _costs([(bare, bare.port, f"/{name}"), *_at(address, kept, anew)])
            costs[name] = of_anew
            print(
                f"  {name}: bare {_in_words(of_bare)}, kept {_in_words(of_kept)}: {of_bare / of_kept:.2f}"
                f" (aim: at least 0.9), made anew {_in_words(of_anew)}: {of_bare / of_anew:.3f} (aim: at least 0.15)",
                flush=True,
            )
    return costs


def _against_a_file(bodies: Mapping[str, bytes], files: Path, nginx: Server, port: int) -> None:
    print("Behind nginx as shipped; how much of the answers with a file of the same bytes in the same time:")
    for name, body in bodies.items():
        (files / name).write_bytes(body)
        of_file, of_page = _costs([(nginx, port, f"/{name}"), (nginx, nginx.port, PAGES[name])])
        print(f"  {name}: {of_file / of_page:.2f} (aim: at least 0.8)", flush=True)


def _in_the_large_network(folder: Path, variables: Mapping[str, str], small: Costs) -> None:
    print("7,000 places and 50,000 offers; how many times as long to make a page anew:", flush=True)
    with serving(ANEW, variables, folder / "log") as anew:
        for name, address in PAGES.items():
            before = anew.processor_seconds
            if fetch(anew.port, address)[0] < ENOUGH:
                before = anew.processor_seconds
                fetch(anew.port, address)
            cost = anew.processor_seconds - before
            print(f"  {name}: {_in_words(cost)}: {cost / small[name]:.1f} (aim: at most 1.5)", flush=True)


def _at(address: str, *servers: Server) -> list[tuple[Server, int, str]]:
    return [(server, server.port, address) for server in servers]


def _costs(targets: Sequence[tuple[Server, int, str]]) -> list[float]:
    """Give the processor's seconds for one answer of each, the best of all rounds."""
    rounds = [[_cost(*target) for target in targets] for _ in range(ROUNDS)]
    return [min(costs) for costs in zip(*rounds, strict=True)]


def _cost(server: Server, port: int, address: str) -> float:
    before = server.processor_seconds
    answers = ask(port, address, SECONDS)
    return (server.processor_seconds - before) / answers


def _in_words(seconds: float) -> str:
    return f"{seconds * 1e6:,.0f} µs"


def _database(folder: Path, name: str) -> dict[str, str]:
    """Make a database with the data files in it; give the settings that lead to it."""
    variables = {
        "DATABASE_URL": f"sqlite:///{folder / name}.sqlite3",
        "DJANGO_SETTINGS_MODULE": "lokalwillkommen.settings",
    }
    _run([sys.executable, "manage.py", "migrate", "--verbosity=0"], variables)
    _run([sys.executable, "manage.py", "load_facts"], variables)
    return variables


def _run(command: list[str], variables: Mapping[str, str]) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
