"""Signals that ask a process to end: everything is put away first."""

import contextlib
import signal
import sys

_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class Ended(BaseException):
    """The process was asked to end; `args` holds the signal."""


@contextlib.contextmanager
def tidy():
    """Let a signal run through what is open like an error; the exit code is a shell's for it."""
    before = {number: signal.signal(number, _raise) for number in _ENDING}
    try:
        yield
    except Ended as ended:
        sys.exit(128 + ended.args[0])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _raise(number, _):
    for each in _ENDING:  # a second one must not interrupt the tidying
        signal.signal(each, signal.SIG_IGN)
    raise Ended(number)
