"""Faults that are planted into a running process, and the tests that could find them."""

import gc
import sys
from types import FunctionType

import pytest

from dltcnn.matlab import sums
from dltcnn.matlab.array import lifted
from mutation import reach, watching
from mutation.mutants import mutants
from mutation.planting import Garden, _inner

EVERY = [mutant for file in ("matlab.sums", "matlab.array") for mutant in mutants([file])]


def test_what_runs_is_noted_and_nothing_else():
    with reach.Reach() as noted:
        sums.cumsum([[1.0, 2.0]], 2)
    assert {"matlab.sums cumsum", "matlab.classes floating"} <= noted.functions
    assert "matlab.sums prod" not in noted.functions
    assert noted.seconds > 0
    assert sys.getprofile() is None


def test_what_a_function_keeps_is_dropped_before_a_test_is_noted():
    from dltcnn.matlab import randn

    table = next(each for each in vars(randn).values() if hasattr(each, "cache_clear"))
    table()
    with reach.Reach() as noted:
        table()
    assert f"matlab.randn {table.__name__}" in noted.functions


def test_a_function_that_is_made_in_another_counts_for_both():
    noted = {"a": {"matlab.array lifted.called"}, "b": {"matlab.sums prod"}}
    found = reach.index(noted)
    assert found == {
        "matlab.array lifted.called": ["a"],
        "matlab.array lifted": ["a"],
        "matlab.sums prod": ["b"],
    }


def codes(text, path):
    """List the codes of a text, those of functions in functions too."""
    found = [compile(text, str(path), "exec", dont_inherit=True)]
    for code in found:
        found += _inner(code)
    return {*found}


@pytest.fixture
def live():
    """The functions of the two modules, which get their code back."""
    paths = {str(mutant.path) for mutant in EVERY}
    found = [each for each in gc.get_objects() if isinstance(each, FunctionType)]
    kept = [(each, each.__code__) for each in found if each.__code__.co_filename in paths]
    yield [each for each, _ in kept]
    for function, code in kept:
        function.__code__ = code


@pytest.mark.parametrize("mutant", EVERY[::15], ids=lambda mutant: mutant.operator)
def test_planted_functions_have_the_code_that_an_import_of_the_fault_gives(live, mutant):
    garden = Garden(set())
    right, wrong = (codes(text, mutant.path) for text in (mutant.path.read_text(), mutant.source()))
    here = [each for each in live if each.__code__.co_filename == str(mutant.path)]
    assert {each.__code__ for each in here} <= right
    if garden.takes(mutant):
        garden.plant(mutant)
        assert {each.__code__ for each in here} <= wrong
        assert not {each.__code__ for each in here} <= right
    else:
        assert reach.function_of(mutant) in (None, "matlab.array Array")


def test_planted_faults_show_in_what_was_imported_or_made_before():
    total, same = sums.sum_, lifted(lambda x: x)
    garden = Garden(set())

    def outcome(*planted):
        back = [(function, function.__code__) for each in planted for function, _ in each]
        for function, code in (pair for each in planted for pair in each):
            function.__code__ = code
        try:
            return repr((total([[1.0, 2.0]]), same(3.0)))
        except Exception as error:
            return repr(error)
        finally:
            for function, code in back:
                function.__code__ = code

    right = outcome()
    for name in ("matlab.sums sum_", "matlab.array lifted.called"):
        faults = [each for each in EVERY if reach.function_of(each) == name]
        assert {outcome(list(garden._changed(each))) for each in faults} - {right}
        assert outcome() == right


def test_what_ran_while_tests_were_imported_or_stands_outside_of_functions_needs_an_import():
    for mutant in EVERY[::40]:
        function = reach.function_of(mutant)
        assert not Garden({function}).takes(mutant)
    outside = [mutant for mutant in mutants(["util.sigm"]) if reach.function_of(mutant) is None]
    assert outside
    assert not Garden(set()).takes(outside[0])


def test_tests_are_handed_over_once_they_are_collected():
    class Config:
        items = ("a", "b")

    got = []
    handover = watching.Handover(got.append)
    assert not handover.called
    assert handover.pytest_runtestloop(Config)
    assert (got, handover.called, handover.error) == ([Config.items], True, None)
    handover = watching.Handover(lambda items: 1 / 0)
    assert handover.pytest_runtestloop(Config)
    assert isinstance(handover.error, ZeroDivisionError)
