"""Many trials, one process each."""

import multiprocessing
from multiprocessing.connection import wait

import pytest  # noqa: F401 - with it, numpy and scipy: a trial is a fork and need not import them
import scipy.io
import scipy.special  # noqa: F401

from .trial import KILLED, SURVIVED


def judge(mutants, target, arguments, jobs):
    """Try mutants.

    Parameters
    ----------
    mutants : list of Mutant
        To be tried; None is the port without a fault.
    target : callable
        Of `trial`; called in a fork of this process.
    arguments : tuple
        What it is given after the mutant.
    jobs : int
        Processes at a time.

    Yields
    ------
    mutant : Mutant
        One that was tried.
    survived : bool
        Whether it did.
    """
    for (mutant, *_), survived in _try([(each, target, arguments) for each in mutants], jobs):
        yield mutant, survived


def check_sound(judges, jobs=1):
    """Refuse judges that the port without any fault does not survive: nothing could be told.

    Parameters
    ----------
    judges : list of (callable, tuple)
        Functions of `trial`, and what each is given after the mutant.
    jobs : int
        Processes at a time.

    Raises
    ------
    RuntimeError
        If one finds a fault where none is.
    """
    trials = [(None, target, arguments) for target, arguments in judges]
    for (_, target, arguments), sound in _try(trials, jobs):
        if not sound:
            raise RuntimeError(f"{target.__name__} {arguments[0]}: the port fails without a fault")


def _try(trials, jobs):
    context = multiprocessing.get_context("fork")  # what a trial needs is imported already
    waiting, running = list(reversed(trials)), {}
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                trial = mutant, target, arguments = waiting.pop()
                process = context.Process(target=target, args=(mutant, *arguments))
                process.start()
                running[process] = trial
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
