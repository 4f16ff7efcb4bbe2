"""Octave's answers, taken down before the first mutant; kept as long as nothing changes."""

import hashlib
import multiprocessing
import os
import pickle

from platformdirs import user_cache_path

from dltparity import fingerprint

from . import processes, trial
from .plan import TESTS

# Random nets of the acnn family with all kinds of layers, small and quick.
SEEDS = (*range(12), 15, 17, 23, 31)


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
    processes.check_sound([(trial.try_tests, ([name], {name: answers}))])


def of_acnn():
    """Take down the traces of random nets of the acnn family; seed -> trace."""
    return _kept("acnn-traces", trial.take_traces, (SEEDS,))


def _kept(name, target, arguments, check=None):
    """Read what is kept, or have it made in a fork of this process and check it."""
    stem = name.removesuffix(".py").replace("/", "-")
    path = _folder() / f"{stem}-{_state()}.pickle"
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


def _state():
    """Hash all that answers depend on."""
    return hashlib.sha256(repr(fingerprint.everything()).encode()).hexdigest()[:16]
