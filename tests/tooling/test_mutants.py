"""Every pure module is tried by mutants, and the figure counts what no test noticed."""

import tomllib

import pytest

from tests.commands.mutants import share_killed, summary
from tests.portal_copy import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
FIGURE = {"killed": 88, "timeout": 1, "segfault": 1, "survived": 7, "no_tests": 3, "total": 100}


def test_every_pure_module_is_mutated() -> None:
    contracts = PYPROJECT["tool"]["importlinter"]["contracts"]
    (pure,) = (contract for contract in contracts if contract.get("forbidden_modules") == ["django"])

    paths = [f"{module.replace('.', '/')}.py" for module in pure["source_modules"]]

    assert PYPROJECT["tool"]["mutmut"]["only_mutate"] == paths


def test_what_no_test_reaches_has_survived() -> None:
    assert summary(FIGURE) == "90 of 100 mutants killed: 90.0% (at least 90% wanted)"
    assert share_killed(FIGURE) == pytest.approx(0.9)
    assert share_killed(dict.fromkeys(FIGURE, 0)) == 0
