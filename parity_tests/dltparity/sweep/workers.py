"""Jobs on local processes: each has one Octave session, and none outlives the sweep."""

import multiprocessing
import signal
from multiprocessing.connection import wait

from ..errors import NotMeasuredError
from ..signals import tidy
from . import job


def here(settings, numbers):
    """Do jobs one after the other in this process; yields results."""
    try:
        for number in numbers:
            yield job.do(settings, number)
    finally:
        job.close()


def processes(settings, numbers, jobs):
    """Do jobs on several processes.

    Parameters
    ----------
    settings : Settings
        Those of the sweep.
    numbers : iterable of int
        The nets.
    jobs : int
        How many processes.

    Yields
    ------
    dict
        Results, as they come.

    Raises
    ------
    NotMeasuredError
        If a worker ends; what it had been given is not done.
    """
    # A fresh interpreter each: a forked one would hold the others' ends of their pipes, and so
    # would not see that this process has died.
    context = multiprocessing.get_context("spawn")
    waiting = iter(numbers)
    workers = {}
    try:
        for number in _first(waiting, jobs):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs, settings), daemon=True)
            process.start()
            theirs.close()
            ours.send(number)
            workers[ours] = process
        while workers:
            for connection in wait(list(workers)):
                yield _received(connection)
                number = next(waiting, None)
                if number is None:
                    connection.close()
                    workers.pop(connection).join()
                else:
                    connection.send(number)
    finally:
        for connection, process in workers.items():
            connection.close()
            process.terminate()
            process.join()


def _first(numbers, count):
    return [number for _, number in zip(range(count), numbers, strict=False)]


def _received(connection):
    try:
        result = connection.recv()
    except EOFError:
        raise NotMeasuredError(
            "a worker process has ended unexpectedly; the same command goes on where it stopped"
        ) from None
    if isinstance(result, Exception):
        raise result
    return result


def _serve(connection, settings):
    """Do jobs until the other end is closed, or its process has died."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; the parent decides
    try:
        with tidy():
            _answer(connection, settings)
    finally:
        job.close()


def _answer(connection, settings):
    try:
        while True:
            number = connection.recv()
            try:
                result = job.do(settings, number)
            except Exception as error:
                result = error
            connection.send(result)
    except (EOFError, OSError):
        pass
