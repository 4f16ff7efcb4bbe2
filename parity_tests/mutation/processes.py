"""Many trials, one process each."""

import multiprocessing
from multiprocessing.connection import wait

import pytest  # noqa: F401 - with it, numpy and scipy: a trial is a fork and need not import them
import scipy.io
import scipy.special  # noqa: F401

from .trial import KILLED, SURVIVED


def judge(trials, jobs):
    """Try mutants.

    Parameters
    ----------
    trials : iterable of (Mutant or None, callable or None, tuple)
        What is to be tried, None being the port without a fault; a function of `trial`, called in
        a fork of this process, or None where nothing can find the mutant; and what it is given
        after the mutant.
    jobs : int
        Processes at a time.

    Yields
    ------
    mutant : Mutant
        One that was tried.
    survived : bool
        Whether it did.
    """
    for (mutant, *_), survived in _try(trials, jobs):
        yield mutant, survived


def check_sound(judges, jobs=1):
    """Refuse judges that the port without any fault does not survive: nothing could be told.

    Parameters
    ----------
    judges : dict of str to (callable, tuple)
        Name -> a function of `trial`, and what it is given after the mutant.
    jobs : int
        Processes at a time.

    Raises
    ------
    RuntimeError
        If one finds a fault where none is.
    """
    named = {id(given): name for name, (_, given) in judges.items()}
    for (_, _, given), sound in _try([(None, *judge) for judge in judges.values()], jobs):
        if not sound:
            raise RuntimeError(f"{named[id(given)]}: the port fails without a fault")


def _try(trials, jobs):
    context = multiprocessing.get_context("fork")  # what a trial needs is imported already
    waiting, running = iter(trials), {}
    try:
        while True:
            while len(running) < jobs and (trial := next(waiting, None)):
                mutant, target, arguments = trial
                if target is None:
                    yield trial, True
                else:
                    process = context.Process(target=target, args=(mutant, *arguments))
                    process.start()
                    running[process] = trial
            if not running:
                return
            wait([process.sentinel for process in running])
            for process, trial in list(running.items()):
                if process.exitcode is not None:
                    del running[process]
                    yield trial, _survived(process.exitcode)
    finally:
        for process in running:
            process.kill()
            process.join()


def _survived(code):
    """A process that ends otherwise has crashed or been stopped: the fault shows."""
    assert code in (KILLED, SURVIVED) or code < 0 or code == 1, f"unexpected exit code {code}"
    return code == SURVIVED
