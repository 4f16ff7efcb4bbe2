"""Octave's answers, taken down before the first mutant; kept as long as nothing changes."""

import hashlib
import multiprocessing
import os
import pickle
from functools import cache

from platformdirs import user_cache_path

from dltparity import fingerprint

from . import processes, trial
from .plan import TESTS


def of_tests(names, jobs=1):
    """Take down what Octave answers to tests, and what the tests reach.

    Parameters
    ----------
    names : iterable of str
        Files of tests.
    jobs : int
        Processes at a time.

    Returns
    -------
    dict of str to dict
        File -> what `trial.take_answers` wrote.

    Raises
    ------
    RuntimeError
        If a test fails without a fault, live or with the answers.
    """
    names = list(names)
    missing = [(name, _keep, ()) for name in names if not _path(name).exists()]
    for name, kept in processes.judge(missing, jobs):
        if not kept:
            raise RuntimeError(f"{name}: a test fails without a fault")
    return {name: _kept(name, name, trial.take_answers, _check) for name in names}


def _keep(name):
    """Take down those of one file, in a process of its own."""
    _kept(name, name, trial.take_answers, _check)
    os._exit(trial.SURVIVED)


def _check(name, kept):
    """Refuse tests that the port without a fault does not pass with the answers."""
    processes.check_sound({name: (trial.try_tests, ([name], {name: kept["answers"]}))})


def of_acnn():
    """Take down the traces of random nets of the acnn family; seed -> trace."""
    return _kept("acnn-traces", trial.TRACES["acnn"], trial.take_traces)


def of_traces(acnn):
    """Note what the stored traces reach, as `trial.take_reach` does."""
    return _kept("reach-of-traces", acnn, trial.take_reach)


def _kept(name, given, target, check=None):
    """Read what is kept, or have it made in a fork of this process and check it."""
    path = _path(name)
    try:
        return pickle.loads(path.read_bytes())
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    process = multiprocessing.get_context("fork").Process(target=target, args=(given, part))
    process.start()
    process.join()
    if process.exitcode != trial.SURVIVED:
        raise RuntimeError(f"{name}: a test fails without a fault")
    kept = pickle.loads(part.read_bytes())
    if check is not None:
        check(name, kept)
    for earlier in path.parent.glob(f"{_stem(name)}-*.pickle"):
        earlier.unlink(missing_ok=True)
    part.replace(path)
    return kept


def _path(name):
    return _folder() / f"{_stem(name)}-{_state()}.pickle"


def _stem(name):
    return name.removesuffix(".py").replace("/", "-")


def _folder():
    """Return the folder of this checkout alone, so that no other one removes what is in it."""
    checkout = hashlib.sha256(os.fsencode(TESTS.resolve())).hexdigest()[:16]
    return user_cache_path("dltcnn") / "mutation" / checkout


@cache
def _state():
    """Hash all that answers depend on."""
    return hashlib.sha256(repr(fingerprint.everything()).encode()).hexdigest()[:16]
