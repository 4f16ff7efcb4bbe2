"""All tests as judges: faults planted into a running process are found as imported ones are."""

import re
import subprocess
import sys

TESTS = """
import pytest
from dltcnn.matlab import sums

START = float(sums.sum_([[1.0]]))  # so `sum_` ran before any test, and faults in it are imported


@pytest.mark.parametrize("x", [[[2.0, 3.0]], [[2.0], [3.0]]])
def test_products(x):
    assert sums.prod(x) == 6


def test_sums(capsys):
    assert sums.sum_([[1.0, 2.0]]) == 3 * START
    print("said")
    assert capsys.readouterr().out == "said\\n"


def test_running_sums():
    assert sums.cumsum([[1.0, 2.0]], 2).tolist() == [[1, 3]]
"""

SCRIPT = """
import sys
from pathlib import Path

folder = Path(sys.argv[1])
from mutation import by_tests, octave_answers, plan, processes, reach, trial
from mutation.mutants import mutants

NAME = "test_small.py"
plan.TESTS = trial._TESTS = folder
plan.own, plan.others, plan.families = (lambda _: (NAME,)), (lambda _: ()), (lambda _: ())
octave_answers.user_cache_path = lambda name: folder / "cache"
octave_answers._state = lambda: "today"
octave_answers.of_acnn = dict
octave_answers.of_traces = lambda acnn: {"cnn": {}, "acnn": {}, "early": frozenset()}


def work(judges):
    ((name, how),) = judges["matlab.sums"]
    assert name == by_tests.OWN
    for function, way in {
        "prod": trial.try_items,
        "_along": trial.try_items,
        "cumsum": trial.try_items,
        "sum_": trial.try_tests,
        "find": None,
    }.items():
        name = f"matlab.sums {function}"
        faults = [each for each in mutants(["matlab.sums"]) if reach.function_of(each) == name]
        assert {how(each)[0] for each in faults} == {way}, function
        faults = faults[::4]
        planted = dict(processes.judge(((each, *how(each)) for each in faults), 2))
        given = [NAME], {NAME: octave_answers.of_tests([NAME])[NAME]["answers"]}
        imported = dict(processes.judge(((each, trial.try_tests, given) for each in faults), 2))
        assert planted == imported
        assert all(planted.values()) == (way is None), function


by_tests.judging({"matlab.sums": None}, 2, work)
"""


def judging(folder, tests):
    """Let the functions of a text judge."""
    (folder / "test_small.py").write_text(tests)
    return subprocess.run([sys.executable, "-c", SCRIPT, folder], capture_output=True, text=True)


def test_planted_faults_are_found_as_imported_ones_are(tmp_path):
    run = judging(tmp_path, TESTS)
    assert run.returncode == 0, run.stderr


def test_tests_that_need_one_another_do_not_judge(tmp_path):
    text = "seen = []\n\ndef test_a():\n    seen.append(1)\n\ndef test_b():\n    assert seen\n"
    run = judging(tmp_path, text)
    assert run.returncode == 1
    # The quickest come first, so that it may be either order.
    words = "RuntimeError: tests( in reverse order)?: the port fails without a fault"
    assert re.search(words, run.stderr)


def test_traces_that_the_port_does_not_keep_do_not_judge(tmp_path):
    differing = SCRIPT.replace('"acnn": {}', '"acnn": {0: (frozenset(), 0.0)}')
    assert differing != SCRIPT
    (tmp_path / "test_small.py").write_text(TESTS)
    run = subprocess.run(
        [sys.executable, "-c", differing, tmp_path], capture_output=True, text=True
    )
    assert run.returncode == 1
    assert "RuntimeError: traces of acnn: the port fails without a fault" in run.stderr
