"""Octave's answers, taken down before the first mutant and given again to each.

They are kept as long as nothing changes that they depend on.
"""

import hashlib
import multiprocessing
import os
import pickle

import numpy as np
from platformdirs import user_cache_path

from dltparity import port_state
from dltparity.paths import matlab_ref

from . import processes, trial
from .plan import TESTS

# Random nets of the acnn family with all kinds of layers, small and quick.
SEEDS = (*range(12), 15, 17, 23, 31)
_METHODS = ("eval", "give", "assign", "compute", "pull", "fields", "info")


def of_tests(names):
    """Take down what Octave answers to tests.

    Parameters
    ----------
    names : iterable of str
        Files of tests.

    Returns
    -------
    dict of str to dict
        File -> answers, for `trial.try_tests`.

    Raises
    ------
    RuntimeError
        If a test fails without a fault, live or with the answers.
    """
    return {name: _kept(name, trial.take_answers, (name,), _check) for name in names}


def _check(name, answers):
    """Refuse tests that the port without a fault does not pass with the answers."""
    processes.check_sound(trial.try_tests, ([name], {name: answers}))


def of_acnn():
    """Take down the traces of random nets of the acnn family; seed -> trace."""
    return _kept("acnn-traces", trial.take_traces, (SEEDS,))


def _kept(name, target, arguments, check=None):
    """Read what is kept, or have it made in a fork of this process and check it."""
    stem = name.removesuffix(".py").replace("/", "-")
    path = _folder() / f"{stem}-{_state(name)}.pickle"
    try:
        return pickle.loads(path.read_bytes())
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    process = multiprocessing.get_context("fork").Process(target=target, args=(*arguments, part))
    process.start()
    process.join()
    if process.exitcode != trial.SURVIVED:
        raise RuntimeError(f"{name}: a test fails without a fault")
    kept = pickle.loads(part.read_bytes())
    if check is not None:
        check(name, kept)
    for earlier in path.parent.glob(f"{stem}-*.pickle"):
        earlier.unlink(missing_ok=True)
    part.replace(path)
    return kept


def _folder():
    """Return the folder of this checkout alone, so that no other one removes what is in it."""
    checkout = hashlib.sha256(os.fsencode(TESTS.resolve())).hexdigest()[:16]
    return user_cache_path("dltcnn") / "mutation" / checkout


def _state(name):
    """Hash all that an answer depends on."""
    helpers = [path for path in TESTS.rglob("*.py") if not path.name.startswith("test_")]
    reference = [*(matlab_ref() / "acnn").glob("*.m"), matlab_ref() / "upstream.toml"]
    itself = [TESTS / name] if name.endswith(".py") else []
    return port_state.of(sorted([*helpers, *reference, *port_state.PORT.rglob("*.py"), *itself]))


def recorder(octave, answers):
    """Return a class in the place of `Octave` that keeps its answers.

    Parameters
    ----------
    octave : type
        `Octave`, as a trial has imported it.
    answers : dict
        Filled: the test that asks -> its questions and answers, in order.

    Returns
    -------
    type
        A subclass of `octave`.
    """

    def keeping(name):
        def method(self, *args, **kwargs):
            try:
                answer, error = getattr(octave, name)(self, *args, **kwargs), None
            except Exception as raised:
                answer, error = None, raised
            kept = pickle.dumps((_digest(name, args, kwargs), answer, error))
            answers.setdefault(_asking(), []).append(kept)
            if error is not None:
                raise error
            return answer

        return method

    return type("Recorder", (octave,), {name: keeping(name) for name in _METHODS})


def replayer(answers):
    """Return a class in the place of `Octave` that gives kept answers.

    A test that asks something else than it did without a fault fails: so what Octave would
    answer is always what it did answer.
    """
    places = {}

    def giving(name):
        def method(self, *args, **kwargs):
            test = _asking()
            place = places.get(test, 0)
            places[test] = place + 1
            question, answer, error = pickle.loads(answers[test][place])
            if question != _digest(name, args, kwargs):
                raise RuntimeError(f"{test}: another question than without a fault")
            if error is not None:
                raise error
            return answer

        return method

    methods = {name: giving(name) for name in _METHODS}
    methods |= {
        "__init__": lambda self, *args, **kwargs: None,
        "__enter__": lambda self: self,
        "__exit__": lambda self, *args: None,
    }
    return type("Replayer", (), methods)


def _asking():
    return os.environ.get("PYTEST_CURRENT_TEST")


def _digest(method, args, kwargs):
    """Hash a question: a method's name and the values it is given, nets and options included."""
    from dltparity.octave.values import leaves  # here: a trial imports everything anew

    total = hashlib.sha256(method.encode())
    for argument in (*args, kwargs):
        for path, leaf in sorted(leaves("", argument), key=lambda pair: pair[0]):
            total.update(f" {path} ".encode())
            if isinstance(leaf, np.ndarray):
                total.update(f"{leaf.dtype} {leaf.shape}".encode())
                total.update(np.asfortranarray(leaf).tobytes(order="F"))
            else:
                total.update(repr(leaf).encode())
    return total.hexdigest()
