"""The pairs of a file at work: argument lists drawn, called on both sides, judged."""

import json
import threading
from contextlib import ExitStack

import numpy as np

from . import draws, python_side
from .inputs import draw, fits
from .judge import FAIL, UNSTABLE
from .octave_side import matlab
from .shrink import shrink
from .trace import first_line

_CHUNK = 50
_SHOWN = 5  # failing inputs of a chunk that are kept

# One thread's sessions, for as long as it works on one file of pairs.
_OPEN = threading.local()


class Task:
    """The pairs of a file in chunks: a task of `jobs`.

    Parameters
    ----------
    spec : Spec
        The file.
    pairs : sequence of Pair
        Its pairs, with the numbers of inputs that are wanted.

    Attributes
    ----------
    chunks : list of tuple
        Number of the pair, first argument list, and how many.
    header : dict
        What the results depend on.
    """

    def __init__(self, spec, pairs):
        self._spec, self._pairs = spec, pairs
        self.chunks = [
            (n, first, min(_CHUNK, pair.inputs - first))
            for n, pair in enumerate(pairs)
            for first in range(0, pair.inputs, _CHUNK)
        ]
        self.header = {"files": spec.files, "inputs": [pair.inputs for pair in pairs]}

    def do(self, number):
        """Compare a chunk."""
        n, first, count = self.chunks[number]
        return {"chunk": number, **self.work().chunk(self._pairs[n], first, count)}

    def work(self):
        """Return this thread's sessions."""
        key = json.dumps(self.header)
        if getattr(_OPEN, "key", None) != key:
            self.close()
            _OPEN.key, _OPEN.work = key, Work(self._spec)
        return _OPEN.work

    def close(self):
        """End this thread's sessions."""
        if getattr(_OPEN, "key", None) is not None:
            _OPEN.key = None
            _OPEN.work.close()


class Work:
    """The pairs of a file in one thread: an Octave session for each limit of time.

    Parameters
    ----------
    spec : Spec
        The file.
    """

    def __init__(self, spec):
        self._spec = spec
        self._sessions, self._stack, self._loaded = {}, ExitStack(), {}

    def close(self):
        """End the sessions."""
        self._stack.close()

    def functions(self, pair):
        """Return Octave's side of a pair."""
        if pair.seconds not in self._sessions:
            manager = matlab(self._spec.matlab, pair.seconds)
            self._sessions[pair.seconds] = self._stack.enter_context(manager)
        return self._sessions[pair.seconds]

    def chunk(self, pair, first, count):
        """Compare some argument lists of a pair.

        Returns
        -------
        dict
            JSON types: counts, and the failing lists.
        """
        lists = [draw(pair, number) for number in range(first, first + count)]
        found = self.judged(pair, lists)
        failing = [
            {"input": first + n, "kind": each.kind, "what": each.what, "arguments": shown(a)}
            for n, (each, a) in enumerate(zip(found, lists, strict=True))
            if each.verdict == FAIL
        ]
        return {
            "inputs": count,
            "failed": len(failing),
            "unstable": sum(each.verdict == UNSTABLE for each in found),
            "unstable_because": next((e.what for e in found if e.verdict == UNSTABLE), ""),
            "values": sum(each.values for each in found),
            "different": sum(each.different for each in found),
            "noise_ratio": max((min(each.noise_ratio, 1e300) for each in found), default=0.0),
            "failing": failing[:_SHOWN],
        }

    def judged(self, pair, lists):
        """Judge argument lists of a pair, one `Judged` for each."""
        function, functions = self._python(pair), self.functions(pair)
        theirs = functions.call(pair, lists)
        ours = [python_side.call(function, each, pair.outputs, pair.seconds) for each in lists]
        return draws.judged(functions, pair, lists, theirs, ours)

    def _python(self, pair):
        if pair.python not in self._loaded:
            self._loaded[pair.python] = python_side.load(pair.python, self._spec.python)
        return self._loaded[pair.python]

    def shrunk(self, pair, number, kind):
        """Shrink a failing argument list of a pair; None where that would not help or take long."""
        if kind in ("time", "missing"):
            return None

        def fails(lists):
            allowed = [each for each in lists if fits(pair, each)]
            found = iter(self.judged(pair, allowed))
            judged = [next(found) if fits(pair, each) else None for each in lists]
            return [
                each is not None and (each.verdict, each.kind) == (FAIL, kind) for each in judged
            ]

        arguments = shrink(draw(pair, number), fails)
        function, functions = self._python(pair), self.functions(pair)
        return {
            "arguments": shown(arguments),
            "what": self.judged(pair, [arguments])[0].what,
            "line": first_line(functions, self._spec.matlab, pair, function, arguments),
        }


def shown(arguments):
    """Write arguments so that they can be read and typed in again."""
    return [_shown(each) for each in arguments]


def _shown(value):
    if isinstance(value, np.ndarray):
        values = ", ".join(str(each) for each in value.ravel(order="F").tolist()[:40])
        more = f", and {value.size - 40} more" if value.size > 40 else ""
        return f"{'x'.join(map(str, value.shape))} {value.dtype} [{values}{more}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_shown(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "{" + ", ".join(map(_shown, value)) + "}"
    return repr(value)
