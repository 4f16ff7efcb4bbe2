"""Signals that ask a process to end, and one that ends what takes too long."""

import contextlib
import signal
import threading

_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class Ended(SystemExit):
    """The process was asked to end; where nobody asks, it does, with a shell's exit code for it.

    Attributes
    ----------
    signal : signal.Signals
        Which one asked.
    """

    def __init__(self, number):
        super().__init__(128 + number)
        self.signal = signal.Signals(number)


@contextlib.contextmanager
def tidy():
    """Let a signal that ends the process run through what is open like an error.

    One that is ignored, as nohup ignores SIGHUP, stays so. Outside the main thread, where Python
    has no signals, nothing changes.

    Raises
    ------
    Ended
        In the block, when such a signal comes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {each: signal.getsignal(each) for each in _ENDING}
    caught = [each for each in _ENDING if before[each] is not signal.SIG_IGN]
    try:
        for each in caught:
            signal.signal(each, _raise)
        yield
    finally:
        for each in caught:
            signal.signal(each, before[each])


@contextlib.contextmanager
def within(seconds, late):
    """Interrupt a block that takes longer; only in the main thread, and not on Windows.

    Parameters
    ----------
    seconds : float
        How long it may take.
    late : callable
        Called then, as a handler of signals, in the block: what it raises ends it.
    """
    alone = threading.current_thread() is threading.main_thread()
    if not (alone and hasattr(signal, "setitimer")):
        yield
        return
    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _raise(number, _):
    for each in _ENDING:  # a second one must not interrupt the tidying
        # Were it ignored, Python would complain of one that has already come.
        signal.signal(each, _done)
    raise Ended(number)


def _done(*_):
    """Take a signal whose work is being done."""
