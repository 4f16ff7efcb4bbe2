"""One mutant before its judges, in a process of its own."""

import contextlib
import importlib.abc
import importlib.util
import io
import os
import pickle
import resource
import sys
import warnings
from pathlib import Path

KILLED, SURVIVED = 10, 11
_MEMORY = 3 << 30  # bytes: a fault in a size must not take the machine
# Of the processor's time: a fault in a loop must not take it either. Several times what is needed
# by all traces, and by one file of tests.
_SECONDS_OF_TRACES, _SECONDS_OF_TESTS, _SECONDS_OF_RECORDINGS = 10, 60, 60
_SECONDS_MORE, _TIMES = 10, 5  # where it is known what is needed
_TESTS = Path(__file__).parents[1]
_IMPORTED_ANEW = {"dltcnn", *(path.name for path in _TESTS.iterdir())} - {"mutation"}


def try_traces(mutant, family, kept, names=None, garden=None, seconds=_SECONDS_OF_TRACES):
    """Judge by stored traces: any other bit, class, size or error kills.

    Parameters
    ----------
    mutant : Mutant or None
        None for the port without a fault.
    family : {'cnn', 'acnn'}
        Whose traces: the recordings of the original, or those that were taken down of acnn.
    kept : dict
        Those of acnn, from `take_traces`.
    names : list, optional
        Of the traces; all by default.
    garden : Garden, optional
        Where the mutant is planted; without one everything is imported anew.
    seconds : float
        Of the processor's time that they take.
    """
    _start(mutant, garden, seconds)
    names = TRACES[family] if names is None else names
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            same = _KEPT[family](names, kept)
    except BaseException:
        same = False
    os._exit(SURVIVED if same else KILLED)


def try_items(mutant, items, garden, seconds):
    """Judge by collected tests, with Octave's kept answers.

    Parameters
    ----------
    mutant : Mutant or None
        None for the port without a fault.
    items : list of pytest.Item
        The tests.
    garden : Garden
        Where the mutant is planted.
    seconds : float
        Of the processor's time that they take without a fault.
    """
    _start(mutant, garden, seconds)
    _be_silent()
    try:
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            if item.session.testsfailed:
                os._exit(KILLED)
    except BaseException:
        os._exit(KILLED)
    os._exit(SURVIVED)


def try_recordings(mutant):
    """Judge by the recordings of the standard cases, alone; real images are left to the others."""
    _install(mutant, _SECONDS_OF_RECORDINGS)
    from dltparity.cases.standard import standard

    names = [case.name for case in standard() if case.source == "random"]
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            same = _recordings_are_kept(names, {})
    except BaseException:
        same = False
    os._exit(SURVIVED if same else KILLED)


def try_tests(mutant, names, answers):
    """Judge by tests with Octave's kept answers.

    Parameters
    ----------
    mutant : Mutant or None
        None for the port without a fault.
    names : sequence of str
        The files with the tests.
    answers : dict of str to dict
        File -> what `take_answers` wrote.
    """
    _install(mutant, _SECONDS_OF_TESTS * len(names))
    from .replay import replayer

    known = {test: kept for name in names for test, kept in answers[name].items()}
    sys.exit(SURVIVED if _pass(names, replayer(known)) else KILLED)


def take_answers(name, path):
    """Run a file of tests live and without a fault, and write what was seen.

    That is: 'answers' of Octave to each test, the functions of the port that ran 'early', while
    everything was imported, and 'reach', each test's functions and seconds.
    """
    _install(None, _SECONDS_OF_TESTS * 20)
    from dltparity.octave.session import Octave

    from .replay import recorder
    from .watching import Watcher

    answers, watcher = {}, Watcher()
    if not _pass([name], recorder(Octave, answers), [watcher]):
        sys.exit(KILLED)
    kept = {"answers": answers, "early": watcher.early.functions, "reach": watcher.reach}
    path.write_bytes(pickle.dumps(kept))
    sys.exit(SURVIVED)


def take_reach(kept, path):
    """Write which functions each stored trace reaches, and its seconds, as `reach.Reach` does.

    Those that run 'early', while everything is imported, are written too.
    """
    _install(None, _SECONDS_OF_TESTS)
    from .reach import Reach

    with Reach() as early:
        import_harness()
    found = {"cnn": {}, "acnn": {}, "early": early.functions}
    for family, names in TRACES.items():
        for name in names:
            with Reach() as reach, contextlib.redirect_stdout(io.StringIO()):
                if not _KEPT[family]([name], kept):
                    sys.exit(KILLED)
            found[family][name] = reach.functions, reach.seconds
    path.write_bytes(pickle.dumps(found))
    sys.exit(SURVIVED)


def take_traces(seeds, path):
    """Run random nets of the acnn family in Octave, and write their traces."""
    from dltparity.cases.random_acnn import random_acnn
    from dltparity.octave.session import Octave
    from dltparity.traces.acnn import octave_trace
    from dltparity.traces.references import acnn_folder

    with Octave(paths=[acnn_folder()]) as session:
        kept = {seed: octave_trace(session, random_acnn(seed)) for seed in seeds}
    path.write_bytes(pickle.dumps(kept))
    sys.exit(SURVIVED)


def import_harness():
    """Import what compares traces, so that a fork need not."""
    for name in ("cases.standard", "comparison.rows", "traces.recording", "traces.port"):
        importlib.import_module(f"dltparity.{name}")
    for name in ("cases.random_acnn", "comparison.acnn_rows", "traces.acnn"):
        importlib.import_module(f"dltparity.{name}")


def stand_in(octave):
    """Put a class in the place of `Octave` for what is imported from now on."""
    from dltparity.octave import executable, session

    session.Octave = octave
    if not issubclass(octave, session.Workspace):
        executable.find_octave = lambda: "octave"  # nobody will start it


def options(names):
    """List pytest's options for some files with tests."""
    given = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:hypothesispytest"]
    given += ["--assert=plain", f"--rootdir={_TESTS.parent}"]
    return [*given, *(str(_TESTS / name) for name in names)]


def _pass(names, octave, plugins=()):
    """Say whether tests pass, with a class in the place of `Octave`."""
    _be_silent()
    try:
        import pytest

        stand_in(octave)
        return pytest.main(options(names), plugins=plugins) == 0
    except BaseException:
        return False


def _be_silent():
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)


def _recordings_are_kept(names, _):
    """Compare the port with recordings; what small nets do not show is for the tests."""
    from dltparity.cases.standard import standard
    from dltparity.comparison.rows import compare
    from dltparity.paths import matlab_ref
    from dltparity.traces import recording
    from dltparity.traces.port import port_trace

    cases = {case.name: case for case in standard()}
    for case in map(cases.get, names):
        stored, _ = recording.load(matlab_ref() / "recordings" / f"{case.name}.npz")
        if not all(row.same for row in compare(stored, port_trace(case))):
            return False
    return True


def _acnn_is_kept(seeds, kept):
    """Compare the port with the traces of random nets."""
    from dltparity.cases.random_acnn import random_acnn
    from dltparity.comparison.acnn_rows import compare_acnn
    from dltparity.traces.acnn import port_trace

    for seed in seeds:
        rows = compare_acnn(kept[seed], port_trace(random_acnn(seed))).values()
        if not all(row.same for row in rows):
            return False
    return True


TRACES = {
    "cnn": (
        *("only-i", "one-output", "batch-of-two", "last-c-single", "kernel-2", "scale-3"),
        *("first-s", "single-targets", "logical-targets", "uint8-images", "special-values-single"),
    ),
    # Random nets of the acnn family with all kinds of layers, small and quick.
    "acnn": (*range(12), 15, 17, 23, 31),
}
_KEPT = {"cnn": _recordings_are_kept, "acnn": _acnn_is_kept}


def _start(mutant, garden, seconds):
    """Limit this process, and put the mutant where it is to be."""
    if garden is None:
        _install(mutant, seconds)
    else:
        _limit(int(_SECONDS_MORE + _TIMES * seconds))
        if mutant is not None:
            garden.plant(mutant)


def _limit(seconds):
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _install(mutant, seconds):
    """Import everything anew, with the mutant's text in place of its module's."""
    _limit(seconds)
    warnings.simplefilter("ignore", SyntaxWarning)
    forget_imports()
    if mutant is not None:
        source = mutant.source()
        sys.meta_path.insert(0, _Finder(f"dltcnn.{mutant.file}", mutant.path, source))


def forget_imports():
    """Let the port, the harness and the tests be imported anew."""
    for name, module in list(sys.modules.items()):
        room = name.split(".")[0]
        of_a_test = (getattr(module, "__file__", None) or "").startswith(f"{_TESTS}/")
        if room in _IMPORTED_ANEW or (of_a_test and room != "mutation"):
            del sys.modules[name]


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Imports one module from a text."""

    def __init__(self, name, path, source):
        self._name, self._path, self._source = name, str(path), source

    def find_spec(self, fullname, path, target=None):
        if fullname == self._name:
            return importlib.util.spec_from_loader(fullname, self, origin=self._path)
        return None

    def get_source(self, fullname):
        return self._source

    def get_code(self, fullname):
        return self.source_to_code(self._source, self._path)

    def exec_module(self, module):
        module.__file__ = self._path
        super().exec_module(module)
