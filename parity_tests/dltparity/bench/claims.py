"""What the notes advise under "Making it fast with MATLAB", measured in Octave and in numpy.

Every method of a task is timed in alternation with the others, and its result is checked first.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit

from dltcnn.matlab.convn import convn
from dltcnn.matlab.subscripts import strided
from dltcnn.util.expand import expand

from ..comparison.error_analysis import Arithmetic, ratio
from ..octave.errors import OctaveError
from ..octave.values import matlab_array
from . import timing
from .timing import alternate, median, timed

_SHAPE = (24, 24, 50)  # the first layer's maps in the toolbox's example
_KRON = "kron, the stack as a matrix"
_KRON_EACH = "kron, image by image"
_CONVOLUTION = "convolution with ones, every n-th sample"
_SUM = "reshape and sum"
_LOOP = "tic; for repetition = 1 : {steps}, {code} end; seconds = toc;"


@dataclass(frozen=True)
class Task:
    """One thing that can be done in several ways.

    Attributes
    ----------
    name : str
        What is done.
    claims : tuple of (str, str, str)
        What the notes say, the method that is quicker if it holds, and the other.
    octave : dict of str to str
        Method -> code that sets y from x.
    numpy : dict of str to callable
        Method -> function of x.
    compared : tuple of (str, str)
        Pairs of methods that are worth comparing too and that the notes do not speak of.
    x : numpy.ndarray
        What it is done to.
    truth : Running
        The result and what rounding may change of it.
    """

    name: str
    claims: tuple
    octave: dict
    numpy: dict
    compared: tuple
    x: np.ndarray
    truth: object


def tasks():
    """List the tasks."""
    x = np.random.default_rng(0).random(_SHAPE)
    small = np.ascontiguousarray(x[::2, ::2])
    blocks = [_downsampling(x, 2), _downsampling(x, 4)]
    return [_upsampling(small), *blocks, _sigmoid(x), _derivative(x), _call(x)]


def _upsampling(x):
    rows, cols, n = x.shape
    index = np.arange(2 * rows) // 2
    loop = "y = zeros(2 * size(x, 1), 2 * size(x, 2), size(x, 3)); for n = 1 : size(x, 3), {} end;"
    return Task(
        "upsampling by 2",
        (("upsample with kron, not with imresize", _KRON, "imresize, image by image"),),
        {
            _KRON: "y = reshape(kron(reshape(x, size(x, 1), []), ones(2)), "
            "2 * size(x, 1), 2 * size(x, 2), []);",
            _KRON_EACH: loop.format("y(:, :, n) = kron(x(:, :, n), ones(2));"),
            "imresize, image by image": loop.format(
                "y(:, :, n) = imresize(x(:, :, n), 2, 'nearest');"
            ),
            "expand": "y = expand(x, [2 2 1]);",
            "repelem": "y = repelem(x, 2, 2, 1);",
            "indexing": "y = x(ceil((1 : 2 * end) / 2), ceil((1 : 2 * end) / 2), :);",
        },
        {
            _KRON: lambda x: (
                np.kron(x.transpose(2, 0, 1).reshape(n * rows, cols), np.ones((2, 2)))
                .reshape(n, 2 * rows, 2 * cols)
                .transpose(1, 2, 0)
            ),
            _KRON_EACH: lambda x: np.stack(
                [np.kron(x[:, :, i], np.ones((2, 2))) for i in range(n)], axis=2
            ),
            "expand": lambda x: expand(x, (2, 2, 1)),
            "repelem": lambda x: x.repeat(2, 0).repeat(2, 1),
            "indexing": lambda x: x[index[:, None], index],
        },
        tuple((_KRON, other) for other in ("expand", "repelem", "indexing", _KRON_EACH)),
        x,
        Arithmetic("double").given(x.repeat(2, 0).repeat(2, 1)),
    )


def _downsampling(x, scale):
    rows, cols, n = x.shape
    do = Arithmetic("double")
    blocks = do.given(x.reshape(rows // scale, scale, cols // scale, scale, n))
    return Task(
        f"downsampling by {scale}",
        (("sum blocks by a convolution with ones and every n-th sample", _CONVOLUTION, _SUM),),
        {
            _CONVOLUTION: f"y = convn(x, ones({scale}) / {scale**2}, "
            f"'valid'); y = y(1 : {scale} : end, 1 : {scale} : end, :);",
            _SUM: f"y = reshape(sum(sum(reshape(x, {scale}, size(x, 1) / {scale}, "
            f"{scale}, size(x, 2) / {scale}, []), 1), 3), size(x, 1) / {scale}, "
            f"size(x, 2) / {scale}, []) / {scale**2};",
        },
        {
            _CONVOLUTION: lambda x: strided(
                convn(x, np.ones((scale, scale)) / scale**2, "valid"), scale, scale
            ),
            _SUM: lambda x: (
                x.reshape(rows // scale, scale, cols // scale, scale, n).sum((1, 3)) / scale**2
            ),
        },
        (),
        x,
        do.divide(do.total(blocks, (1, 3)), scale**2),
    )


_SIGMOIDS = {
    "function in a file": "y = sigm(x);",
    "anonymous function": "y = by_anonymous(x);",
    "inline": "y = by_inline(x);",
    "written out": "y = 1 ./ (1 + exp(-x));",
}


def _sigm(x):
    return 1 / (1 + np.exp(-x))


def _sigmoid(x):
    do = Arithmetic("double")
    return Task(
        f"sigmoid of {x.size:,} values",
        (
            ("inline is slower than a function", "function in a file", "inline"),
            ("write the code of the sigmoid out", "written out", "function in a file"),
        ),
        _SIGMOIDS,
        {
            "anonymous function": lambda x: 1 / (1 + np.exp(-x)),
            "function in a file": _sigm,
            "scipy.special.expit": expit,
        },
        (("anonymous function", "function in a file"), ("inline", "anonymous function")),
        x,
        do.sigmoid(do.given(x)),
    )


def _derivative(x):
    do = Arithmetic("double")
    a = do.given(x)
    return Task(
        f"derivative of the sigmoid, {x.size:,} values",
        (
            ("inline is slower than a function", "anonymous function", "inline"),
            ("write the code of the derivative out", "written out", "anonymous function"),
        ),
        {
            "anonymous function": "y = slope_by_anonymous(x);",
            "inline": "y = slope_by_inline(x);",
            "written out": "y = x .* (1 - x);",
        },
        {"function in a file": _slope, "written out": lambda x: x * (1 - x)},
        (),
        x,
        do.multiply(a, do.subtract(do.given(np.ones(x.shape)), a)),
    )


def _slope(a):
    return a * (1 - a)


def _call(x):
    task = _sigmoid(x[:1, :1, 0])
    return replace(task, name="sigmoid of one value (what a call costs)")


def gather(octave, seconds):
    """Measure every task.

    Parameters
    ----------
    octave : Octave or str
        A session with the toolbox's or this project's files on its path; or why there is none.
    seconds : float
        How long to measure each task in each language.

    Returns
    -------
    list of dict
        For each task in each language: the seconds of every method, what was skipped and why,
        the claims, and what else was compared.
    """
    found = []
    for task in tasks():
        if isinstance(octave, str):
            found.append({"task": task.name, "side": "Octave", "skipped": {"all": octave}})
        else:
            found.append(_measured(task, "Octave", *_in_octave(octave, task), seconds))
        found.append(_measured(task, "numpy", *_in_numpy(task), seconds))
    return found


def _in_octave(octave, task):
    """Return the methods that run here, and why the others do not."""
    octave.give("in", {"x": task.x})
    octave.eval(
        "x = in.x; by_anonymous = @(x) 1 ./ (1 + exp(-x)); by_inline = inline('1./(1+exp(-x))');"
        "slope_by_anonymous = @(a) a .* (1 - a); slope_by_inline = inline('a.*(1-a)');"
        "try, pkg('load', 'image'); catch, end"
    )
    found, skipped = {}, {}
    for name, code in task.octave.items():
        try:
            octave.eval(code)
        except OctaveError as error:
            skipped[name] = str(error).splitlines()[0]
            continue
        _check(task, name, np.asarray(octave.pull("y")))
        found[name] = _octave_run(octave, code)
    return found, skipped


def _octave_run(octave, code):
    def run(steps):
        octave.eval(_LOOP.format(steps=steps, code=code))
        return float(np.ravel(octave.pull("seconds"))[0])

    return run


def _in_numpy(task):
    for name, method in task.numpy.items():
        _check(task, name, matlab_array(method(task.x)))
    return {
        name: timed(lambda method=method: method(task.x)) for name, method in task.numpy.items()
    }, {}


def _check(task, name, result):
    """Refuse to time a method that does something else."""
    if not ratio(result, task.truth) <= 1:
        raise AssertionError(f"{task.name} by {name} gives another result")


def _measured(task, side, runs, skipped, seconds):
    times = alternate(runs, seconds)
    claims = [
        {"claim": claim, "methods": [one, other], "ratio": timing.ratio(times[one], times[other])}
        for claim, one, other in (*task.claims, *(("", *pair) for pair in task.compared))
        if one in times and other in times
    ]
    return {
        "task": task.name,
        "side": side,
        "seconds": {name: median(values) for name, values in times.items()},
        "skipped": skipped,
        "claims": [claim for claim in claims if claim["claim"]],
        "compared": [claim for claim in claims if not claim["claim"]],
    }
