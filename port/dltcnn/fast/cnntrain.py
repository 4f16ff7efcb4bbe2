"""The quick engine's cnntrain."""

import math

import numpy as np

from ..cnn.cnntrain import cnntrain as exact
from ..matlab.classes import operand
from ..value_semantics import unshared_copy
from .accept import require_finite, require_finite_weights
from .batch import Crew
from .chain import has_gradient_cells, read_chain
from .training import Training


def cnntrain(net, x, y, opts, rng, verbose=True, threads=1):
    """Train by stochastic gradient descent over shuffled batches.

    The quick form of `dltcnn.cnntrain`: the same shuffles, and the same fields up to rounding.

    Parameters
    ----------
    net : Net
        A net from `cnnsetup`, or a trained one to train further.
    x : numpy.ndarray
        Images (rows, cols, N).
    y : numpy.ndarray
        Targets (classes, N) in [0, 1].
    opts : Opts
        alpha, batchsize (a divisor of N, at least 2) and numepochs.
    rng : OctaveRandom
        Where the shuffles are drawn from: any object with ``randperm(n)``, 0-based.
    verbose : bool
        Whether to print a line per epoch, as the toolbox does.
    threads : int
        How many threads share a batch; give BLAS one thread then (see `dltcnn.fast`).

    Returns
    -------
    Net
        The trained net, with all fields of its last batch and the smoothed loss rL.

    Raises
    ------
    ValueError
        If images, targets or weights are not finite, or weights become so; if `threads` is not
        at least 1.
    MatlabError
        As `dltcnn.cnntrain` does.
    """
    crew = Crew(threads)
    x, y = operand(x), operand(y)
    require_finite(None, x=x, y=y)
    require_finite_weights(net)
    chain = read_chain(net, x)
    if chain is None or not has_gradient_cells(net) or not fit(chain, x, y, opts):
        return exact(net, x, y, opts, rng, verbose)
    with crew:
        training = Training(unshared_copy(net), chain, x, y, opts, crew)
        return run(training, x.shape[2], opts, rng, verbose)


def run(training, images, opts, rng, verbose):
    """Run all epochs; return the trained net with its rL."""
    losses, total = [], math.floor(opts.numepochs) * -(-images // int(opts.batchsize))
    for number, index in enumerate(_batches(images, opts, rng, verbose), 1):
        losses.append(training.step(index, all_fields=number == total))
    net = training.net
    net.rL = _smoothed(losses)
    return net


def are_plain_numbers(opts):
    """Whether the options are numbers to train with: no class of its own, none missing."""
    values = [getattr(opts, name, None) for name in ("batchsize", "numepochs", "alpha")]
    return (
        all(isinstance(value, int | float | np.number) for value in values)
        and not any(isinstance(value, bool) for value in values)
        and values[0] % 1 == 0
        and 1 <= values[1] < math.inf
        and np.isfinite(values[2])
    )


def fit(chain, x, y, opts):
    """Whether targets and options are such that batches can be trained on."""
    return (
        are_plain_numbers(opts)
        and opts.batchsize >= 2
        and x.shape[2] % opts.batchsize == 0
        and y.ndim == 2
        and y.shape[0] == chain.classes
        and y.shape[1] >= x.shape[2]
    )


def _batches(m, opts, rng, verbose):
    """Draw the shuffles; yield the images of one batch after the other."""
    epochs, batchsize = math.floor(opts.numepochs), int(opts.batchsize)
    for epoch in range(epochs):
        if verbose:
            print(f"epoch {epoch + 1}/{opts.numepochs:g}")
        kk = rng.randperm(m)
        yield from (kk[first : first + batchsize] for first in range(0, m, batchsize))


def _smoothed(losses):
    """Return rL: each loss enters the running value with a weight of 0.01."""
    rL = np.empty(len(losses) + 1, np.asarray(losses[0]).dtype)
    rL[0] = losses[0]
    for number, loss in enumerate(losses):
        rL[number + 1] = 0.99 * rL[number] + 0.01 * loss
    return rL
