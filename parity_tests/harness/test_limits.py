"""The list of limits is complete, and the tests that it names exist."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from dltparity.checks.limits import gather, limits
from dltparity.report.limits import render

TESTS = Path(__file__).parents[1]
# Threads of the toolbox that name a limit of its network.
THREADS = {
    *("13", "15", "74", "92", "100", "114", "122", "133", "136", "137", "138", "140", "144"),
    *("146", "156", "158", "166", "167", "168", "169", "170", "172", "177", "178"),
    *("PR 76", "PR 88"),
}


@pytest.fixture(scope="module")
def collected():
    """The ids of all tests, from parity_tests on, and those that need a live Octave."""
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", TESTS],
        capture_output=True,
        text=True,
        cwd=TESTS.parent,
        check=True,
    )
    return {line.removeprefix("parity_tests/") for line in run.stdout.splitlines() if "::" in line}


def test_ids_are_in_order_and_rows_complete():
    found = limits()
    assert [limit.id for limit in found] == [f"D{n:02}" for n in range(1, len(found) + 1)]
    for limit in found:
        assert limit.limit and limit.original and limit.cnn and limit.acnn, limit.id
        assert limit.tests and limit.acnn_tests, limit.id


def test_every_thread_has_its_row():
    assert {thread for limit in limits() for thread in limit.threads} == THREADS


def test_the_tests_exist(collected):
    named = {test for limit in limits() for test in limit.tests}
    assert not named - collected
    assert len(named) > 50


@pytest.mark.skipif(
    importlib.util.find_spec("dltcnn.acnn.acnnff") is None, reason="the acnn functions are not here"
)
def test_what_acnn_does_is_tested(collected):
    known = collected | {test.partition("[")[0] for test in collected}
    assert not {test for limit in limits() for test in limit.acnn_tests} - known


def test_the_section_shows_every_row():
    text = render(gather())
    assert "| D01  |" in text
    assert text.count("\n| D") == len(limits())
    assert "#13, #144, #166, #167" in text
    assert "#136, PR 76" in text
