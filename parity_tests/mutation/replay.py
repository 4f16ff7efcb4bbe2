"""Octave's answers to the tests, kept, so that a mutant can be judged without asking again."""

import hashlib
import os
import pickle
from collections.abc import Mapping

import numpy as np

from dltparity.octave.session import Octave

_METHODS = ("eval", "push", "pull", "fields", "assign", "info")


def recorder(answers):
    """Return a class in Octave's place that keeps its answers.

    Parameters
    ----------
    answers : dict
        Filled: the test that asks -> its questions and answers, in order.

    Returns
    -------
    type
        A subclass of `Octave`.
    """

    def keeping(name):
        def method(self, *args, **kwargs):
            try:
                answer, error = getattr(Octave, name)(self, *args, **kwargs), None
            except Exception as raised:
                answer, error = None, raised
            kept = pickle.dumps((_digest(name, args, kwargs), answer, error))
            answers.setdefault(_asking(), []).append(kept)
            if error is not None:
                raise error
            return answer

        return method

    return type("Recorder", (Octave,), {name: keeping(name) for name in _METHODS})


def replayer(answers):
    """Return a class in Octave's place that gives kept answers.

    A test that asks something else than it did without a fault fails: so what Octave would
    answer is always what it did answer.
    """
    places = {}

    def giving(name):
        def method(self, *args, **kwargs):
            test = _asking()
            place = places.get(test, 0)
            places[test] = place + 1
            question, answer, error = pickle.loads(answers[test][place])
            if question != _digest(name, args, kwargs):
                raise RuntimeError(f"{test}: another question than without a fault")
            if error is not None:
                raise error
            return answer

        return method

    methods = {name: giving(name) for name in _METHODS}
    methods |= {
        "__init__": lambda self, *args, **kwargs: None,
        "__enter__": lambda self: self,
        "__exit__": lambda self, *args: None,
    }
    return type("Replayer", (), methods)


def _asking():
    return os.environ.get("PYTEST_CURRENT_TEST")


def _digest(*question):
    """Hash a question: its values, whatever their layout in memory."""
    total = hashlib.sha256()
    for part in _flat(question):
        if isinstance(part, np.ndarray | np.generic):
            total.update(f"{part.dtype} {part.shape}".encode())
            total.update(np.asfortranarray(part).tobytes(order="F"))
        else:
            total.update(repr(part).encode())
    return total.hexdigest()


def _flat(value):
    if isinstance(value, Mapping):
        value = sorted(value.items())
    if isinstance(value, tuple | list):
        for part in value:
            yield from _flat(part)
    else:
        yield value
