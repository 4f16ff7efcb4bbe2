"""Many mutants, one process each."""

import multiprocessing
import pickle
import tempfile
from multiprocessing.connection import wait
from pathlib import Path

import pytest  # noqa: F401 - with it, numpy and scipy: a trial is a fork and need not import them
import scipy.io
import scipy.special  # noqa: F401

from .trial import KILLED, SURVIVED, record_answers


def judge(mutants, target, arguments, jobs, progress):
    """Try mutants.

    Parameters
    ----------
    mutants : list of Mutant
        To be tried.
    target : callable
        Of `trial`; called in a fork of this process.
    arguments : tuple
        What it is given after the mutant.
    jobs : int
        Processes at a time.
    progress : callable
        Called with an iterable, and how long it is; yields from it.

    Returns
    -------
    dict of Mutant to bool
        Whether it survived.

    Raises
    ------
    RuntimeError
        If the port without any fault does not survive: then nothing could be told.
    """
    ((_, sound),) = _judged([None], target, arguments, 1)
    if not sound:
        raise RuntimeError(f"{target.__name__}{arguments}: the port fails without a fault")
    return dict(progress(_judged(mutants, target, arguments, jobs), len(mutants)))


def recorded(files):
    """Record Octave's answers to tests.

    Parameters
    ----------
    files : sequence of str
        The tests.

    Returns
    -------
    dict
        For `trial.try_answers`.

    Raises
    ------
    RuntimeError
        If a test fails without a fault.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "answers")
        arguments = (files, path)
        process = multiprocessing.get_context("fork").Process(target=record_answers, args=arguments)
        process.start()
        process.join()
        if process.exitcode != SURVIVED:
            raise RuntimeError(f"{', '.join(files)}: a test fails without a fault")
        return pickle.loads(path.read_bytes())


def _judged(mutants, target, arguments, jobs):
    context = multiprocessing.get_context("fork")  # what a trial needs is imported already
    waiting, running = list(reversed(mutants)), {}
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                mutant = waiting.pop()
                process = context.Process(target=target, args=(mutant, *arguments))
                process.start()
                running[process] = mutant
            wait([process.sentinel for process in running])
            for process, mutant in list(running.items()):
                if process.exitcode is not None:
                    del running[process]
                    yield mutant, _survived(process.exitcode)
    finally:
        for process in running:
            process.kill()
            process.join()


def _survived(code):
    """A process that ends otherwise has crashed or been stopped: the fault shows."""
    assert code in (KILLED, SURVIVED) or code < 0 or code == 1, f"unexpected exit code {code}"
    return code == SURVIVED
