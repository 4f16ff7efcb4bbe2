"""Stand-ins for an Octave session: one keeps its answers, one gives them again to each mutant."""

import hashlib
import os
import pickle

import numpy as np

_METHODS = ("eval", "give", "assign", "compute", "pull", "fields", "info")


def recorder(octave, answers):
    """Return a class in the place of `Octave` that keeps its answers.

    Parameters
    ----------
    octave : type
        `Octave`, as a trial has imported it.
    answers : dict
        Filled: the test that asks -> its questions and answers, in order.

    Returns
    -------
    type
        A subclass of `octave`.
    """

    def keeping(name):
        def method(self, *args, **kwargs):
            try:
                answer, error = getattr(octave, name)(self, *args, **kwargs), None
            except Exception as raised:
                answer, error = None, raised
            kept = pickle.dumps((_digest(name, args, kwargs), answer, error))
            answers.setdefault(_asking(), []).append(kept)
            if error is not None:
                raise error
            return answer

        return method

    return type("Recorder", (octave,), {name: keeping(name) for name in _METHODS})


def replayer(answers):
    """Return a class in the place of `Octave` that gives kept answers.

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


def _digest(method, args, kwargs):
    """Hash a question: a method's name and the values it is given, nets and options included."""
    from dltparity.octave.values import leaves  # here: a trial imports everything anew

    total = hashlib.sha256(method.encode())
    for argument in (*args, kwargs):
        for path, leaf in sorted(leaves("", argument), key=lambda pair: pair[0]):
            total.update(f" {path} ".encode())
            if isinstance(leaf, np.ndarray):
                total.update(f"{leaf.dtype} {leaf.shape}".encode())
                total.update(np.asfortranarray(leaf).tobytes(order="F"))
            else:
                total.update(repr(leaf).encode())
    return total.hexdigest()
