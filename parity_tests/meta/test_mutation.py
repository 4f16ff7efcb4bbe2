"""The mutation score: its own operators, its excuses, and that a trial tells good from bad."""

import subprocess
import sys
from pathlib import Path

import pytest
from cosmic_ray.mutating import mutate_code

from dltparity.mutation import judging, trial
from dltparity.mutation.__main__ import equivalents, others, own, summary
from dltparity.mutation.mutants import FILES, PORT, CallReplacer, Mutant, StringChanger, mutants
from dltparity.report import mutation as section


@pytest.mark.parametrize("operator", [StringChanger, CallReplacer])
def test_the_examples_of_our_own_operators_hold(operator):
    for example in operator.examples():
        found = mutate_code(example.pre_mutation_code, operator(), example.occurrence)
        assert found == example.post_mutation_code


def test_texts_are_changed_and_docstrings_are_not():
    code = '"""Module."""\n\n\ndef f(x):\n    """Function."""\n    return x == "s" or g(f"a{x}")\n'
    changed = [mutate_code(code, StringChanger(), n) for n in range(3)]
    assert [text and text.splitlines()[-1].strip() for text in changed] == [
        'return x == "XXs" or g(f"a{x}")',
        'return x == "s" or g(f"XXa{x}")',
        None,
    ]


def test_only_calls_are_replaced():
    code = "from .matlab import plus\nx = plus(1, 2)\ny = a.plus(1)\n"
    assert mutate_code(code, CallReplacer(), 0).splitlines()[1].endswith("matlab.minus(1, 2)")
    assert mutate_code(code, CallReplacer(), 1) is None


def test_all_line_by_line_files_are_mutated():
    found = mutants()
    assert {mutant.file for mutant in found} == set(FILES)
    assert len(found) > 2000
    assert len(set(found)) == len(found)
    assert {"errors", "mfile", "net", "__init__"} | set(FILES) <= {
        p.stem for p in PORT.glob("*.py")
    }


def test_every_excuse_is_of_a_mutant_and_has_a_reason():
    changes = {(m.file, *m.change()[1:]) for m in mutants({file for file, *_ in equivalents()})}
    for excuse, reason in equivalents().items():
        assert excuse in changes
        assert len(reason) > 20


def test_every_module_has_tests_of_its_own():
    folder = Path(__file__).parents[1]
    for mutant in [None, *(Mutant(file, "", 0) for file in FILES)]:
        files = [*own(mutant), *others(mutant)]
        assert all((folder / file).is_file() for file in files)
        assert mutant is None or not set(own(mutant)) & set(others(mutant))


FAULT = Mutant("cnnapplygrads", "dltparity/CallReplacer", 0)


def test_a_trial_by_traces_tells_good_from_bad():
    script = (
        "from dltparity.mutation import judging, trial\n"
        "from dltparity.mutation.mutants import Mutant\n"
        f"print(judging.judge([{FAULT!r}], trial.try_traces, (), 1, lambda r, n: r))\n"
    )
    # In an interpreter of its own: a fork of this one would have pytest's threads and hooks.
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert run.stdout == f"{{{FAULT!r}: False}}\n", run.stderr


@pytest.mark.parametrize("code", [trial.KILLED, -9, 1])
def test_a_trial_that_ends_in_any_other_way_has_found_the_fault(code):
    assert not judging._survived(code)
    assert judging._survived(trial.SURVIVED)


def test_the_score_counts_excuses_apart():
    everything = mutants(["cnnapplygrads"])
    found = summary(everything, [], everything[:1])
    assert found["killed"] == len(everything) - 1
    assert found["score"] == round(found["killed"] / len(everything), 4)
    assert found["verdict"] == "fail"
    assert len(found["survivors"]) == 1
    assert "Survivors:" in section.render(found)
    perfect = summary(everything, [{"stage": "tests", "tried": 9, "killed": 9}], [])
    assert (perfect["verdict"], perfect["score_without_equivalents"]) == ("pass", 1)
    assert "PASS" in section.render(perfect)
