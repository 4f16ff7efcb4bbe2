"""Pieces of a task done here, or on local processes, of which none outlives this one."""

import multiprocessing
import signal
from multiprocessing.connection import wait

from ..errors import NotMeasuredError
from ..signals import Ended, tidy


def here(task, numbers):
    """Do pieces one after the other in this process; yields results."""
    try:
        for number in numbers:
            yield task.do(number)
    finally:
        task.close()


def processes(task, numbers, jobs):
    """Do pieces on several processes.

    Parameters
    ----------
    task : task
        As `jobs` says.
    numbers : iterable of int
        The pieces.
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
            process = context.Process(target=_serve, args=(theirs, task), daemon=True)
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
        for process in workers.values():
            process.join()


def _first(numbers, count):
    return [number for _, number in zip(range(count), numbers, strict=False)]


def _received(connection):
    try:
        result = connection.recv()
    except (EOFError, ConnectionResetError):
        raise NotMeasuredError(
            "a worker process has ended unexpectedly; the same command goes on where it stopped"
        ) from None
    if isinstance(result, Exception):
        raise result
    return result


def _serve(connection, task):
    """Do pieces until the other end is closed, its process has died, or it says stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal: the other process says what to do
    with tidy():
        try:
            _answer(connection, task)
        finally:
            task.close()


def _answer(connection, task):
    try:
        while True:
            number = connection.recv()
            try:
                result = task.do(number)
            except Exception as error:
                result = error
            connection.send(result)
    except (EOFError, OSError, Ended):
        pass
