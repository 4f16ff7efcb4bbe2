"""All tests as judges: collected once, and asked in forks of the process that has them."""

import contextlib
import gc
import io
from collections import Counter

import pytest

from . import octave_answers, plan, processes, reach, trial
from .planting import Garden
from .replay import replayer
from .watching import Handover

TRACES, OWN, OTHERS = "stored traces", "the module's own tests", "the other tests"
_NOBODY = None, ()  # reaches the mutant


def judging(files, jobs, work):
    """Call something with the judges of some modules.

    Parameters
    ----------
    files : dict of str to (set of str or None)
        Module -> the files with tests that judge it; None: all that the plan names, and traces.
    jobs : int
        Processes at a time, while Octave's answers are taken down.
    work : callable
        Called with a dict: module -> its judges in order, each a name and a function, which gives
        for a mutant what `processes.judge` needs besides it.

    Raises
    ------
    RuntimeError
        If a test fails without a fault.
    """
    groups = {file: _groups(file, by) for file, by in files.items()}
    names = {name: None for group in groups.values() for _, names in group for name in names}
    kept = octave_answers.of_tests(names, jobs)
    acnn = octave_answers.of_acnn()
    traced = octave_answers.of_traces(acnn)

    def within(items):
        trial.import_harness()
        early = {**{name: each["early"] for name, each in kept.items()}, "": traced["early"]}
        garden = Garden({*reach.index(early)})
        tests = _Tests(kept, items, garden)
        gc.collect()
        gc.freeze()  # a fork need not look through what was there before it
        checked = tests.unharmed() | {
            f"traces of {each}": (trial.try_traces, (each, acnn, [*traced[each]]))
            for each in ("cnn", "acnn")
        }
        processes.check_sound(checked, jobs)
        traces = {each: _traces(each, acnn, traced[each], garden) for each in ("cnn", "acnn")}
        work(
            {
                file: [
                    *((TRACES, traces[each]) for each in plan.families(file) if by is None),
                    *((name, tests.of(names)) for name, names in groups[file]),
                ]
                for file, by in files.items()
            }
        )

    _collected(kept, within)


def _groups(file, by):
    """Group the files with tests that judge a module, leaving out empty groups."""
    groups = (OWN, plan.own(file)), (OTHERS, plan.others(file))
    chosen = ((name, tuple(n for n in names if by is None or n in by)) for name, names in groups)
    return [(name, names) for name, names in chosen if names]


def _collected(kept, work):
    """Call something with all tests of some files, within pytest."""
    answers = {test: each for file in kept.values() for test, each in file["answers"].items()}
    trial.forget_imports()
    trial.stand_in(replayer(answers))
    handover = Handover(work)
    with contextlib.redirect_stdout(io.StringIO()) as said:
        pytest.main([*trial.options(kept), "-s"], plugins=[handover])
    if handover.error is not None:
        raise handover.error
    if not handover.called:
        raise RuntimeError(f"the tests cannot be collected: {said.getvalue()}")


def _traces(family, acnn, noted, garden):
    """Return how the stored traces of a family judge."""
    quickest_first = sorted(noted, key=lambda name: noted[name][1])
    reached = reach.index({name: noted[name][0] for name in quickest_first})

    def how(mutant):
        if not garden.takes(mutant):
            return trial.try_traces, (family, acnn)
        names = reached.get(reach.function_of(mutant))
        if not names:
            return _NOBODY
        seconds = sum(noted[name][1] for name in names)
        return trial.try_traces, (family, acnn, names, garden, seconds)

    return how


class _Tests:
    """Collected tests, the quickest first, with what they reach."""

    def __init__(self, kept, items, garden):
        self._answers = {name: each["answers"] for name, each in kept.items()}
        noted = {test: each for file in kept.values() for test, each in file["reach"].items()}
        self._seconds = {test: seconds for test, (_, seconds) in noted.items()}
        tests = sorted(noted, key=self._seconds.get)
        items = {item.nodeid: item for item in items}
        self._items = {test: items[test] for test in tests}
        self._reached = reach.index({test: noted[test][0] for test in tests})
        self._garden = garden

    def unharmed(self):
        """Name ways of judging that must find nothing without a fault: either order, or anew.

        A mutant meets a part of the tests, so that none may need another one before it.
        """
        tests, names = [*self._items], [*self._answers]
        return {
            "tests": self._way(tests),
            "tests in reverse order": self._way(tests[::-1]),
            "tests, imported anew": (trial.try_tests, (names, self._answers)),
        }

    def of(self, names):
        """Return how the tests of some files judge."""
        spent = Counter()
        for test, seconds in self._seconds.items():
            spent[_file(test)] += seconds
        names = sorted(names, key=spent.get)

        def how(mutant):
            if not self._garden.takes(mutant):
                return trial.try_tests, (names, self._answers)
            tests = self._reached.get(reach.function_of(mutant), ())
            chosen = [test for test in tests if _file(test) in names]
            return self._way(chosen) if chosen else _NOBODY

        return how

    def _way(self, tests):
        seconds = sum(map(self._seconds.get, tests))
        return trial.try_items, ([self._items[test] for test in tests], self._garden, seconds)


def _file(test):
    """Name the file of a test, as the plan does."""
    return test.split("::")[0].removeprefix(f"{plan.TESTS.name}/")
