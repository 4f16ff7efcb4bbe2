"""The contestants in Octave: the toolbox's own files, and this project's .m files."""

import numpy as np

from ..cases.shorthand import parse
from ..octave.blas import SYSTEM, environment
from ..octave.session import Octave
from ..original.cache import octave_paths
from ..traces.references import acnn_paths
from .python_steps import ALPHA

_SETUP = "rand('state', 0); net = {f}setup(net, in.x, in.y);"
_STEPS = """
    tic;
    for number = 1 : {steps}
        net = {f}ff(net, in.x);
        net = {f}bp(net, in.y);
        net = {f}applygrads(net, opts);
    end
    seconds = toc;
"""


def session(original, threads):
    """Start Octave on the system's BLAS with that many threads.

    Parameters
    ----------
    original : Path or None
        The toolbox's files.
    threads : int
        How many OpenBLAS may use.

    Returns
    -------
    Octave
        To be used in a with block; it starts there.
    """
    folders = [*(octave_paths(original) if original else []), *acnn_paths()]
    return _Threaded(blas=SYSTEM, paths=folders, threads=threads)


class _Threaded(Octave):
    def __init__(self, threads, **options):
        super().__init__(**options)
        self._threads = threads

    def __enter__(self):
        with environment({"OPENBLAS_NUM_THREADS": str(self._threads)}):
            return super().__enter__()


class Family:
    """The functions of one family, timed inside Octave.

    Parameters
    ----------
    octave : Octave
        The session.
    family : {'cnn', 'acnn'}
        Whose functions.
    size : Size
        What a step works on.
    """

    def __init__(self, octave, family, size):
        self._octave, self._family = octave, family
        _, x, y = size.start()
        octave.give("in", {"x": x, "y": y})
        octave.give("opts", {"alpha": ALPHA})
        octave.give("net", {"layers": list(parse(size.layers))})
        octave.eval(_SETUP.format(f=family))
        octave.eval(f"net_{family} = net;")

    def run(self, steps):
        """Take steps; return their seconds."""
        name = f"net_{self._family}"
        self._octave.eval(
            f"net = {name}; {_STEPS.format(f=self._family, steps=steps)} {name} = net;"
        )
        return float(np.ravel(self._octave.pull("seconds"))[0])

    def weights(self):
        """Return the present weights by path."""
        return self._octave.fields(f"net_{self._family}", ["ffW", "layers{2}.k"])

    def close(self):
        """Let go of the net."""
        self._octave.eval(f"clear('net_{self._family}');")
